import GRDBSQLite

/// A database file, through SQLite's own calls.
final class SQLiteFile {
    private var connection: OpaquePointer?

    init(_ path: String, creating: Bool = false) throws {
        let flags = creating ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY
        try check(sqlite3_open_v2(path, &connection, flags, nil))
    }

    deinit { sqlite3_close_v2(connection) }

    /// Runs statements that give no rows.
    func run(_ sql: String) throws { try check(sqlite3_exec(connection, sql, nil, nil, nil)) }

    func prepare(_ sql: String) throws -> Statement {
        var pointer: OpaquePointer?
        try check(sqlite3_prepare_v2(connection, sql, -1, &pointer, nil))
        return Statement(pointer: pointer)
    }

    fileprivate func check(_ code: Int32) throws {
        if code != SQLITE_OK { throw FloorFailure(library: "SQLite", code: code) }
    }

    /// The owner of a prepared statement.
    struct Statement: ~Copyable {
        let pointer: OpaquePointer?

        deinit { sqlite3_finalize(pointer) }

        var columns: Int32 { sqlite3_column_count(pointer) }

        /// - Returns: whether there is a row.
        func step() throws -> Bool {
            switch sqlite3_step(pointer) {
            case SQLITE_ROW: return true
            case SQLITE_DONE: return false
            case let code: throw FloorFailure(library: "SQLite", code: code)
            }
        }

        func text(_ column: Int32) -> String {
            sqlite3_column_text(pointer, column).map { String(cString: $0) } ?? ""
        }
    }
}
