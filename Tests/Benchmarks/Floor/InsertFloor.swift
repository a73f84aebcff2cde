import ArgumentParser
import GRDBSQLite

/// The least that an apply into an empty store has to write: the rows of a full store, inserted
/// into an empty one of the same tables, a hundred tenants in a transaction. The journal and the
/// change feed are none of these rows: recording a change is part of what Clara costs beside them.
struct InsertFloor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "insert-floor",
        shouldDisplay: false
    )

    /// The name of the part.
    static let part = "rows inserted, SQLite"
    /// As many tenants in a transaction as Clara has.
    private static let tenantsPerCommit = 100
    /// The tables that an apply fills, each after those that it refers to.
    static let tables =
        ["clients"] + RowFloor.tables.filter { $0 != "clients" } + [
            "prompt_versions", "conditions",
        ]

    @Argument var full: String
    @Argument var empty: String

    func run() async throws {
        let source = try SQLiteFile(full)
        let target = try SQLiteFile(empty, creating: true)
        try Self.createTables(in: target, like: source)
        let inserts = try Self.tables.map { try RowCopy($0, from: source, to: target) }
        var cost = PartialCost()
        for batch in try Self.batches(of: source) {
            for insert in inserts { try insert.read(batch) }
            cost.start()
            try target.run("BEGIN IMMEDIATE")
            for insert in inserts { try insert.write() }
            try target.run("COMMIT")
            cost.stop()
        }
        var stopwatch = Stopwatch()
        stopwatch.add(Self.part, cost)
        try stopwatch.write()
    }

    /// With the pragmas under which Clara writes, and without the triggers that record what it
    /// does. SQLite makes its own tables itself, such as the one that counts for AUTOINCREMENT.
    private static func createTables(in target: SQLiteFile, like source: SQLiteFile) throws {
        try target.run(
            """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
            PRAGMA recursive_triggers = ON
            """
        )
        let schema = try source.prepare(
            """
            SELECT sql FROM sqlite_master
            WHERE sql IS NOT NULL AND type IN ('table', 'index') AND name NOT GLOB 'sqlite_*'
            ORDER BY rowid
            """
        )
        while try schema.step() { try target.run(schema.text(0)) }
    }

    /// The first and the last tenant of each transaction.
    private static func batches(of source: SQLiteFile) throws -> [ClosedRange<String>] {
        let rows = try source.prepare("SELECT tenant FROM clients ORDER BY tenant")
        var names: [String] = []
        while try rows.step() { names.append(rows.text(0)) }
        return stride(from: 0, to: names.count, by: tenantsPerCommit).map { start in
            names[start]...names[min(start + tenantsPerCommit, names.count) - 1]
        }
    }
}

/// Takes rows of one table from one database to another.
private final class RowCopy {
    private let select: SQLiteFile.Statement
    private let insert: SQLiteFile.Statement
    private let columns: Int32
    /// Copies of values, row after row.
    private var values: [OpaquePointer?] = []

    init(_ table: String, from source: SQLiteFile, to target: SQLiteFile) throws {
        select = try source.prepare("SELECT * FROM \(table) WHERE tenant BETWEEN ?1 AND ?2")
        columns = select.columns
        let places = Array(repeating: "?", count: Int(columns)).joined(separator: ", ")
        insert = try target.prepare("INSERT INTO \(table) VALUES (\(places))")
    }

    deinit { free() }

    /// Takes the rows of a range of tenants into memory.
    func read(_ tenants: ClosedRange<String>) throws {
        free()
        bind(tenants.lowerBound, at: 1)
        bind(tenants.upperBound, at: 2)
        while try select.step() {
            for column in 0..<columns {
                values.append(sqlite3_value_dup(sqlite3_column_value(select.pointer, column)))
            }
        }
        sqlite3_reset(select.pointer)
    }

    /// Inserts what was read.
    func write() throws {
        var index: Int32 = 0
        for value in values {
            index += 1
            sqlite3_bind_value(insert.pointer, index, value)
            guard index == columns else { continue }
            _ = try insert.step()
            sqlite3_reset(insert.pointer)
            index = 0
        }
    }

    private func bind(_ text: String, at index: Int32) {
        // SQLITE_TRANSIENT, a cast that Swift does not import: SQLite copies the text.
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        sqlite3_bind_text(select.pointer, index, text, -1, copied)
    }

    private func free() {
        for value in values { sqlite3_value_free(value) }
        values.removeAll(keepingCapacity: true)
    }
}
