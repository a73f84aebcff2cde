import SQLDatabase

/// The history of the store's tables, oldest first.
let storeMigrations: [Migration] = [migration1, migration2]
