/// # SQLDatabase
///
/// The driver over a SQL database: statements, rows, transactions as values, numbered migrations
/// and errors that a caller can explain. SQLite is the embedded default; PostgreSQL is to follow
/// behind the same protocol.
///
/// - `SQLDriver.swift`: what a driver does.
/// - `SQLTransaction.swift`: a transaction as a value of guarded statements.
/// - `TransactionGroup.swift`: transactions that share one durable commit.
/// - `SQLError.swift`: what can go wrong, with the database's own code.
/// - `SQLite/`: the driver over SQLite (GRDB).
///
/// This target must never know a table of Clara's; it is the only one that imports GRDB and
/// SQLite.
///
/// SQL is written once for all databases: parameters are `$1`, `$2`, …, and first appear in that
/// order, because SQLite numbers them by first appearance and PostgreSQL by name.
public enum SQLDatabase {}
