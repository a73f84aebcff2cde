import Foundation
import SQLDatabase
import Testing

/// A driver that must keep the contract. Another driver joins by another case.
enum DriverUnderTest: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqlite

    var testDescription: String { rawValue }

    /// An empty database of its own.
    func makeDatabase() throws -> any DatabaseUnderTest {
        switch self {
        case .sqlite: try TemporaryFile()
        }
    }
}

/// A database that several drivers may open at once.
protocol DatabaseUnderTest: Sendable {
    func open() throws -> any SQLDriver
    func remove()
}

/// A path in a directory of its own.
final class TemporaryFile: DatabaseUnderTest {
    let directory: String
    var path: String { directory + "/test.db" }

    init() throws {
        directory = FileManager.default.temporaryDirectory.path + "/clara-sql-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: true
        )
    }

    func remove() {
        // What cannot be removed is in the system's temporary directory.
        try? FileManager.default.removeItem(atPath: directory)
    }

    func open() throws -> any SQLDriver { try SQLiteDriver(path: path, access: .writing) }
}

extension SQLDriver {
    /// The rows of a query, each with its columns as text.
    func rows(_ sql: String, _ arguments: [SQLValue] = []) async throws -> [[String?]] {
        try await read { (snapshot) throws(SQLError) in
            var rows: [[String?]] = []
            try snapshot.forEachRow(SQLStatement(sql, arguments)) { row in
                rows.append(
                    (0..<row.count).map { column in
                        row.integer(column).map(String.init) ?? row.real(column).map { "\($0)" }
                            ?? row.text(column)
                    }
                )
            }
            return rows
        }
    }

    /// Runs statements in one transaction and tells what became of it.
    func run(_ statements: GuardedStatement...) async throws -> TransactionOutcome? {
        try await commit([SQLTransaction(label: "test", statements: statements)]).first
    }
}

extension GuardedStatement {
    /// A statement that meets whatever is there.
    init(_ sql: String, _ arguments: SQLValue...) {
        self.init(SQLStatement(sql, arguments), expects: .any, subject: "test")
    }

    /// A guarded statement.
    init(_ sql: String, _ arguments: SQLValue..., expects: ExpectedRows, subject: String = "test") {
        self.init(SQLStatement(sql, arguments), expects: expects, subject: subject)
    }
}

/// One table, for the tests of statements.
let noteTable = Migration(
    version: 1,
    name: "notes",
    sql: "CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT)"
)
