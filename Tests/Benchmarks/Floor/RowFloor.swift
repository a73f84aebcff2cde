import GRDBSQLite

/// Steps over every live row that an observation reads, and touches every column.
enum RowFloor {
    /// The tables that an observation reads.
    static let tables = [
        "clients", "credentials", "quotas", "knowledge_bases", "knowledge_documents", "prompts",
        "schedules", "slots", "applied_resources", "tenant_settlements",
    ]

    static func run(_ store: String) throws {
        let file = try SQLiteFile(store)
        try file.run("BEGIN")
        var touched = 0
        for table in tables { touched += try read(table, of: file) }
        // What was read must matter to somebody, or the optimiser may leave it out.
        guard touched > 0 else { throw FloorFailure(library: "SQLite", code: SQLITE_EMPTY) }
    }

    private static func read(_ table: String, of file: SQLiteFile) throws -> Int {
        let rows = try file.prepare("SELECT * FROM \(table)")
        let columns = rows.columns
        var touched = 0
        while try rows.step() {
            for column in 0..<columns { touched += touch(rows.pointer, column) }
        }
        return touched
    }

    private static func touch(_ row: OpaquePointer?, _ column: Int32) -> Int {
        switch sqlite3_column_type(row, column) {
        case SQLITE_NULL: return 0
        case SQLITE_INTEGER: return sqlite3_column_int64(row, column) == 0 ? 0 : 1
        case SQLITE_FLOAT: return sqlite3_column_double(row, column) == 0 ? 0 : 1
        default:
            guard let text = sqlite3_column_text(row, column) else { return 0 }
            return Int(text[0]) + Int(sqlite3_column_bytes(row, column))
        }
    }
}
