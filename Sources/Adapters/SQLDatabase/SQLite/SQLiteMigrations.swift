import GRDB

extension SQLiteConnection {
    /// Runs the migrations that the database has not seen.
    func migrate(_ migrations: [Migration], at time: String) throws(SQLError) {
        let known = migrations.last?.version ?? 0
        // Read without the write lock first: nearly every time there is nothing to do.
        guard try pending(migrations, known: known).first != nil else { return }
        while try migrateNext(migrations, known: known, at: time) {}
    }

    /// Runs one migration with its mark. Another process may have run it in the meantime, so what
    /// is pending is read again under the write lock.
    ///
    /// - Returns: whether there was one to run.
    private func migrateNext(
        _ migrations: [Migration],
        known: Int,
        at time: String
    ) throws(SQLError) -> Bool {
        try inTransaction { () throws(SQLError) in
            guard let next = try pending(migrations, known: known).first else { return false }
            try execute(Self.createTable)
            try runScript(next.sql)
            try execute(
                SQLStatement(
                    Self.addMark,
                    [.integer(Int64(next.version)), .text(next.name), .text(time)]
                )
            )
            return true
        }
    }

    private func pending(
        _ migrations: [Migration],
        known: Int
    ) throws(SQLError) -> ArraySlice<Migration> {
        let found = try schemaVersion()
        guard found <= known else {
            throw SQLError(.newerSchema(found: found, known: known), place: place)
        }
        return migrations.drop { $0.version <= found }
    }

    /// The number of the last migration; 0 in an empty database.
    ///
    /// - Throws: `SQLError` with reason `foreign` where there are tables but no migrations.
    func schemaVersion() throws(SQLError) -> Int {
        switch try firstInteger(Self.hasTable) {
        case nil: return 0
        case 1?: return Int(try firstInteger(Self.readVersion) ?? 0)
        default:
            throw SQLError(
                .foreign,
                message: "it has tables, but not schema_migrations",
                place: place
            )
        }
    }

    private func runScript(_ sql: String) throws(SQLError) {
        do {
            try database.execute(sql: sql)
        } catch {
            throw SQLError(error, place: place)
        }
    }

    private static let createTable = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            version    INTEGER NOT NULL PRIMARY KEY,
            name       TEXT NOT NULL,
            applied_at TEXT NOT NULL
        ) STRICT
        """
    private static let addMark =
        "INSERT INTO schema_migrations (version, name, applied_at) VALUES ($1, $2, $3)"
    private static let readVersion = SQLStatement("SELECT max(version) FROM schema_migrations")
    /// 1 where it is there, 0 where only others are, NULL in an empty database. One question, since
    /// another process may make it between two.
    private static let hasTable = SQLStatement(
        "SELECT max(type = 'table' AND name = 'schema_migrations') FROM sqlite_master"
    )
}
