import Foundation
import SQLDatabase
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// What is particular to a file: its mode, its directory, its damage.
@Suite struct SQLiteFileTests {
    @Test("the file and what SQLite puts beside it are the owner's alone")
    func mode() async throws {
        let file = try TemporaryFile()
        defer { file.remove() }
        let driver = try file.open()
        try await driver.migrate([noteTable], at: "2026-11-23T14:00:00Z")
        for path in [file.path, file.path + "-wal", file.path + "-shm"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(path)")
        }
    }

    @Test(
        "a connection is durable and strict",
        arguments: [
            ("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"),
            ("recursive_triggers", "1"),
        ]
    )
    func settings(_ pragma: String, _ value: String) async throws {
        let file = try TemporaryFile()
        defer { file.remove() }
        #expect(try await file.open().rows("PRAGMA \(pragma)") == [[value]])
    }

    @Test("reading never creates a file")
    func readingMissing() throws {
        let file = try TemporaryFile()
        defer { file.remove() }
        let error = #expect(throws: SQLError.self) {
            try SQLiteDriver(path: file.path, access: .reading)
        }
        #expect(error?.reason == .missing)
        #expect(!FileManager.default.fileExists(atPath: file.path))
    }

    @Test("what was opened for reading refuses to write")
    func readingOnly() async throws {
        let file = try TemporaryFile()
        defer { file.remove() }
        try await file.open().migrate([noteTable], at: "2026-11-23T14:00:00Z")
        let reader = try SQLiteDriver(path: file.path, access: .reading)
        let group = [
            SQLTransaction(
                label: "a",
                statements: [GuardedStatement("INSERT INTO notes VALUES (1, 'x')")]
            )
        ]
        #expect(await failure(of: group, on: reader)?.reason == .readOnly)
        #expect(try await reader.schemaVersion() == 1)
    }

    @Test("a directory that does not exist is named")
    func noDirectory() throws {
        let file = try TemporaryFile()
        defer { file.remove() }
        let error = #expect(throws: SQLError.self) {
            try SQLiteDriver(path: file.directory + "/none/test.db", access: .writing)
        }
        #expect(error?.reason == .noSuchDirectory)
        #expect(error?.description.contains(file.directory + "/none") == true)
    }

    @Test(
        "a directory in place of the file cannot be opened",
        arguments: [
            SQLiteDriver.Access.reading, .writing,
        ]
    )
    func directory(_ access: SQLiteDriver.Access) throws {
        let file = try TemporaryFile()
        defer { file.remove() }
        let error = #expect(throws: SQLError.self) {
            try SQLiteDriver(path: file.directory, access: access)
        }
        #expect(error?.reason == .cannotOpen)
    }

    @Test(
        "another file is no database and stays as it is",
        arguments: [
            SQLiteDriver.Access.reading, .writing,
        ]
    )
    func notADatabase(_ access: SQLiteDriver.Access) async throws {
        let file = try TemporaryFile()
        defer { file.remove() }
        let text = String(repeating: "These are the minutes of a meeting.\n", count: 200)
        try text.write(toFile: file.path, atomically: true, encoding: .utf8)
        let error = await #expect(throws: SQLError.self) {
            try await SQLiteDriver(path: file.path, access: access).schemaVersion()
        }
        #expect(error?.reason == .notADatabase)
        #expect(error?.code == 26)
        #expect(try String(contentsOfFile: file.path, encoding: .utf8) == text)
    }

    @Test("an empty file is an empty database to a reader")
    func emptyFile() async throws {
        let file = try TemporaryFile()
        defer { file.remove() }
        try Data().write(to: URL(fileURLWithPath: file.path))
        let reader = try SQLiteDriver(path: file.path, access: .reading)
        #expect(try await reader.schemaVersion() == 0)
    }

    @Test(
        "a path is a path, whatever it looks like",
        arguments: [
            "with space.db", "100%?#.db", ":memory:", "file:x.db",
        ]
    )
    func oddNames(_ name: String) async throws {
        let file = try TemporaryFile()
        defer { file.remove() }
        let path = file.directory + "/" + name
        try await SQLiteDriver(path: path, access: .writing)
            .migrate([noteTable], at: "2026-11-23T14:00:00Z")
        #expect(FileManager.default.fileExists(atPath: path))
        #expect(try await SQLiteDriver(path: path, access: .reading).schemaVersion() == 1)
    }

    @Test("a full disk keeps nothing of a group, and the database works on")
    func diskFull() async throws {
        let file = try TemporaryFile()
        defer { file.remove() }
        let driver = try file.open()
        try await driver.migrate([noteTable], at: "2026-11-23T14:00:00Z")
        let pages = try #require(try await driver.rows("PRAGMA page_count").first?.first ?? nil)
        _ = try await driver.rows("PRAGMA max_page_count = \(pages)")
        let large = SQLValue.text(String(repeating: "x", count: 100_000))
        let group = [
            SQLTransaction(
                label: "small",
                statements: [GuardedStatement("INSERT INTO notes VALUES (1, 'x')")]
            ),
            SQLTransaction(
                label: "large",
                statements: [GuardedStatement("INSERT INTO notes VALUES (2, $1)", large)]
            ),
        ]
        #expect(await failure(of: group, on: driver)?.reason == .diskFull)
        #expect(try await driver.rows("SELECT id FROM notes WHERE id = 2").isEmpty)
        #expect(
            try await driver.run(GuardedStatement("INSERT INTO notes VALUES (3, 'x')"))
                == .committed
        )
    }

    /// The error of the group, or of the first transaction that failed.
    private func failure(of group: [SQLTransaction], on driver: any SQLDriver) async -> SQLError? {
        do {
            for case .failed(let error) in try await driver.commit(group) { return error }
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "a cleanly closed database in a directory that cannot be written can be read",
        .disabled(if: geteuid() == 0, "permissions do not bind root")
    )
    func readOnlyDirectory() async throws {
        let file = try TemporaryFile()
        defer { file.remove() }
        try await file.open().migrate([noteTable], at: "2026-11-23T14:00:00Z")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o500],
            ofItemAtPath: file.directory
        )
        defer {
            try? FileManager.default.setAttributes(
                [.posixPermissions: 0o700],
                ofItemAtPath: file.directory
            )
        }
        let reader = try SQLiteDriver(path: file.path, access: .reading)
        #expect(try await reader.schemaVersion() == 1)
    }

    @Test(
        "a file that may not be read says so",
        .disabled(if: geteuid() == 0, "permissions do not bind root"),
        arguments: [SQLiteDriver.Access.reading, .writing]
    )
    func unreadable(_ access: SQLiteDriver.Access) async throws {
        let file = try TemporaryFile()
        defer { file.remove() }
        try await file.open().migrate([noteTable], at: "2026-11-23T14:00:00Z")
        try FileManager.default.setAttributes([.posixPermissions: 0o000], ofItemAtPath: file.path)
        let error = await #expect(throws: SQLError.self) {
            try await SQLiteDriver(path: file.path, access: access).schemaVersion()
        }
        #expect(error?.reason == .cannotOpen)
    }
}
