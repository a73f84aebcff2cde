import SQLDatabase
import Testing

/// The history of a schema, on every driver.
@Suite struct MigrationTests {
    private let second = Migration(
        version: 2,
        name: "tags",
        sql: "CREATE TABLE tags (id INTEGER); CREATE TABLE more (id INTEGER)"
    )
    private let broken = Migration(
        version: 2,
        name: "broken",
        sql: "CREATE TABLE tags (id INTEGER); CREATE TABLE notes (x TEXT)"
    )

    @Test("migrations run once, in order, each with its mark", arguments: DriverUnderTest.allCases)
    func inOrder(_ subject: DriverUnderTest) async throws {
        let database = try subject.makeDatabase()
        defer { database.remove() }
        let driver = try database.open()
        #expect(try await driver.schemaVersion() == 0)
        try await driver.migrate([noteTable], at: "2026-11-23T14:00:00Z")
        try await driver.migrate([noteTable, second], at: "2026-11-24T14:00:00Z")
        try await driver.migrate([noteTable, second], at: "2026-11-25T14:00:00Z")
        #expect(try await driver.schemaVersion() == 2)
        let marks = try await driver.rows("SELECT * FROM schema_migrations ORDER BY version")
        #expect(
            marks == [
                ["1", "notes", "2026-11-23T14:00:00Z"], ["2", "tags", "2026-11-24T14:00:00Z"],
            ]
        )
    }

    @Test("a migration that fails leaves nothing of itself", arguments: DriverUnderTest.allCases)
    func allOrNothing(_ subject: DriverUnderTest) async throws {
        let database = try subject.makeDatabase()
        defer { database.remove() }
        let driver = try database.open()
        await #expect(throws: SQLError.self) {
            try await driver.migrate([noteTable, broken], at: "2026-11-23T14:00:00Z")
        }
        #expect(try await driver.schemaVersion() == 1)
        await #expect(throws: SQLError.self) { try await driver.rows("SELECT * FROM tags") }
        try await driver.migrate([noteTable, second], at: "2026-11-23T14:00:00Z")
        #expect(try await driver.schemaVersion() == 2)
    }

    @Test("a database newer than the program is left as it is", arguments: DriverUnderTest.allCases)
    func newer(_ subject: DriverUnderTest) async throws {
        let database = try subject.makeDatabase()
        defer { database.remove() }
        let driver = try database.open()
        try await driver.migrate([noteTable, second], at: "2026-11-23T14:00:00Z")
        let error = await #expect(throws: SQLError.self) {
            try await driver.migrate([noteTable], at: "2026-11-23T14:00:00Z")
        }
        #expect(error?.reason == .newerSchema(found: 2, known: 1))
        #expect(try await driver.schemaVersion() == 2)
    }

    @Test("a database of another program is refused", arguments: DriverUnderTest.allCases)
    func foreign(_ subject: DriverUnderTest) async throws {
        let database = try subject.makeDatabase()
        defer { database.remove() }
        let driver = try database.open()
        _ = try await driver.run(GuardedStatement("CREATE TABLE theirs (id INTEGER)"))
        let error = await #expect(throws: SQLError.self) {
            try await driver.migrate([noteTable], at: "2026-11-23T14:00:00Z")
        }
        #expect(error?.reason == .foreign)
        await #expect(throws: SQLError.self) { try await driver.rows("SELECT * FROM notes") }
    }

    @Test("programs that start at once migrate once", arguments: DriverUnderTest.allCases)
    func atOnce(_ subject: DriverUnderTest) async throws {
        let database = try subject.makeDatabase()
        defer { database.remove() }
        let migrations = [noteTable, second]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await database.open().migrate(migrations, at: "2026-11-23T14:00:00Z")
                }
            }
            try await group.waitForAll()
        }
        #expect(try await database.open().schemaVersion() == 2)
    }
}
