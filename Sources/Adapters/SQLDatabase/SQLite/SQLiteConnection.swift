import GRDB
import GRDBSQLite

/// The connection while its queue lends it: prepared statements, run with SQLite's own calls,
/// because GRDB's conveniences cost more than the statements of a bulk read or apply.
struct SQLiteConnection: SQLSnapshot {
    let database: Database
    let place: String

    /// Runs a statement to its end.
    ///
    /// - Returns: rows changed, or rows found where it is a query.
    @discardableResult
    func execute(_ statement: SQLStatement) throws(SQLError) -> Int64 {
        let prepared = try prepare(statement)
        defer { prepared.release() }
        var rows: Int64 = 0
        while try step(prepared.pointer) { rows += 1 }
        return sqlite3_column_count(prepared.pointer) > 0 ? rows : changes
    }

    @discardableResult
    func execute(_ sql: String) throws(SQLError) -> Int64 { try execute(SQLStatement(sql)) }

    func forEachRow(
        _ query: SQLStatement,
        _ body: (borrowing SQLRow) -> Void
    ) throws(SQLError) {
        let prepared = try prepare(query)
        defer { prepared.release() }
        let count = Int(sqlite3_column_count(prepared.pointer))
        let cells = UnsafeMutableBufferPointer<SQLRow.Cell>.allocate(capacity: count)
        cells.initialize(repeating: .null)
        defer { cells.deallocate() }
        while try step(prepared.pointer) {
            for column in 0..<count {
                cells[column] = SQLRow.Cell(prepared.pointer, Int32(column))
            }
            body(SQLRow(lending: UnsafeBufferPointer(cells)))
        }
    }

    /// The integer in the first column of the first row; nil where there is none.
    func firstInteger(_ query: SQLStatement) throws(SQLError) -> Int64? {
        var found: Int64?
        try forEachRow(query) { row in found = found ?? row.integer(0) }
        return found
    }

    /// Whether no transaction is open; SQLite ends one by itself where a disk is full.
    var isIdle: Bool { sqlite3_get_autocommit(database.sqliteConnection) != 0 }

    private var changes: Int64 { sqlite3_changes64(database.sqliteConnection) }

    /// - Returns: whether there is a row.
    private func step(_ statement: OpaquePointer) throws(SQLError) -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: true
        case SQLITE_DONE: false
        default: throw lastError
        }
    }

    private func prepare(_ statement: SQLStatement) throws(SQLError) -> PreparedStatement {
        do {
            let prepared = try database.cachedStatement(sql: statement.sql)
            let pointer = prepared.sqliteStatement
            for (index, argument) in statement.arguments.enumerated() {
                guard argument.bind(to: pointer, at: Int32(index + 1)) == SQLITE_OK else {
                    throw lastError
                }
            }
            return PreparedStatement(pointer: pointer)
        } catch {
            throw SQLError(error, place: place)
        }
    }

    private var lastError: SQLError {
        let connection = database.sqliteConnection
        return SQLError(
            code: sqlite3_extended_errcode(connection),
            message: String(cString: sqlite3_errmsg(connection)),
            place: place
        )
    }
}

/// A statement in use. The connection's cache owns it; it goes back with its values cleared, so
/// that nothing keeps a read transaction open or a text alive.
private struct PreparedStatement {
    let pointer: OpaquePointer

    func release() {
        // The code that reset returns is that of the last step, which has been reported.
        sqlite3_reset(pointer)
        sqlite3_clear_bindings(pointer)
    }
}

extension SQLRow.Cell {
    /// Reads a column of the statement's current row.
    fileprivate init(_ statement: OpaquePointer, _ column: Int32) {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_NULL: self = .null
        case SQLITE_INTEGER: self = .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: self = .real(sqlite3_column_double(statement, column))
        default:
            // Asked in this order, because the call for the bytes may move them.
            let start = sqlite3_column_text(statement, column)
            let count = Int(sqlite3_column_bytes(statement, column))
            self = .bytes(UnsafeBufferPointer(start: start, count: start == nil ? 0 : count))
        }
    }
}

extension SQLValue {
    /// - Returns: SQLite's result code.
    fileprivate func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch self {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let value): return sqlite3_bind_int64(statement, index, value)
        case .real(let value): return sqlite3_bind_double(statement, index, value)
        case .text(let value):
            return value.utf8Span.span.withUnsafeBufferPointer { bytes in
                bytes.withMemoryRebound(to: CChar.self) { text in
                    // SQLite reads a null pointer as NULL, which is not the empty text.
                    guard let start = text.baseAddress, !text.isEmpty else {
                        return sqlite3_bind_text(statement, index, "", 0, Self.copied)
                    }
                    return sqlite3_bind_text(
                        statement,
                        index,
                        start,
                        Int32(clamping: text.count),
                        Self.copied
                    )
                }
            }
        }
    }

    /// SQLITE_TRANSIENT, a cast that Swift does not import: SQLite copies the text.
    private static var copied: sqlite3_destructor_type {
        unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }
}
