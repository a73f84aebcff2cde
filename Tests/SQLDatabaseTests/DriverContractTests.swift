import Dispatch
import SQLDatabase
import Testing

/// What every driver must do. The same tests run on each.
@Suite struct DriverContractTests {
    @Test("values come back as they went in", arguments: DriverUnderTest.allCases)
    func values(_ subject: DriverUnderTest) async throws {
        let database = try subject.makeDatabase()
        defer { database.remove() }
        let driver = try database.open()
        try await driver.migrate([noteTable], at: "2026-11-23T14:00:00Z")
        let texts: [SQLValue] = [
            .text(""), .text("naïve ☕️"), .text("two\nlines \"quoted\" \\ \u{1}"), .null,
        ]
        for (index, value) in texts.enumerated() {
            let outcome = try await driver.run(
                GuardedStatement("INSERT INTO notes VALUES ($1, $2)", .integer(Int64(index)), value)
            )
            #expect(outcome == .committed)
        }
        let rows = try await driver.rows("SELECT body FROM notes ORDER BY id")
        #expect(rows == [[""], ["naïve ☕️"], ["two\nlines \"quoted\" \\ \u{1}"], [nil]])
        let numbers = try await driver.rows(
            "SELECT $1, $2, $3",
            [.integer(.min), .integer(.max), .real(0.1)]
        )
        #expect(numbers == [["\(Int64.min)", "\(Int64.max)", "0.1"]])
    }

    @Test("a parameter may be used twice", arguments: DriverUnderTest.allCases)
    func repeatedParameter(_ subject: DriverUnderTest) async throws {
        let database = try subject.makeDatabase()
        defer { database.remove() }
        let rows = try await database.open().rows("SELECT $1, $2, $1", [.text("a"), .text("b")])
        #expect(rows == [["a", "b", "a"]])
    }

    @Test("a refused transaction is undone alone", arguments: DriverUnderTest.allCases)
    func refusal(_ subject: DriverUnderTest) async throws {
        let database = try subject.makeDatabase()
        defer { database.remove() }
        let driver = try database.open()
        try await driver.migrate([noteTable], at: "2026-11-23T14:00:00Z")
        let outcomes = try await driver.commit([
            SQLTransaction(label: "a", statements: [GuardedStatement(insert, .integer(1))]),
            SQLTransaction(
                label: "b",
                statements: [
                    GuardedStatement(insert, .integer(2)),
                    GuardedStatement(
                        "UPDATE notes SET body = $1 WHERE id = $2",
                        .text("x"),
                        .integer(7),
                        expects: .exactly(1),
                        subject: "note 7"
                    ),
                ]
            ),
            SQLTransaction(label: "c", statements: [GuardedStatement(insert, .integer(3))]),
        ])
        let refusal = TransactionOutcome.Refusal(
            index: 1,
            subject: "note 7",
            expected: .exactly(1),
            found: 0
        )
        #expect(outcomes == [.committed, .refused(refusal), .committed])
        #expect(try await driver.rows("SELECT id FROM notes ORDER BY id") == [["1"], ["3"]])
    }

    @Test("a transaction that breaks a rule fails alone", arguments: DriverUnderTest.allCases)
    func constraint(_ subject: DriverUnderTest) async throws {
        let database = try subject.makeDatabase()
        defer { database.remove() }
        let driver = try database.open()
        try await driver.migrate([noteTable], at: "2026-11-23T14:00:00Z")
        let outcomes = try await driver.commit([
            SQLTransaction(
                label: "a",
                statements: [
                    GuardedStatement(insert, .integer(1)), GuardedStatement(insert, .integer(1)),
                ]
            ),
            SQLTransaction(label: "b", statements: [GuardedStatement(insert, .integer(1))]),
        ])
        guard case .failed(let error) = outcomes[0] else {
            Issue.record("expected a failure, got \(outcomes[0])")
            return
        }
        #expect(error.reason == .constraint)
        #expect(outcomes[1] == .committed)
    }

    @Test("a query can be a guard, by the rows that it finds", arguments: DriverUnderTest.allCases)
    func queryGuard(_ subject: DriverUnderTest) async throws {
        let database = try subject.makeDatabase()
        defer { database.remove() }
        let driver = try database.open()
        try await driver.migrate([noteTable], at: "2026-11-23T14:00:00Z")
        let found = try await driver.run(
            GuardedStatement(insert, .integer(1)),
            GuardedStatement("SELECT id FROM notes", expects: .exactly(1))
        )
        #expect(found == .committed)
        let missed = try await driver.run(
            GuardedStatement("SELECT id FROM notes", expects: .exactly(0))
        )
        #expect(missed != .committed)
    }

    @Test(
        "expected rows admit what they say",
        arguments: [
            (ExpectedRows.any, [0, 1, 9], []), (.exactly(1), [1], [0, 2]),
            (.atMost(1), [0, 1], [2]),
        ] as [(ExpectedRows, [Int64], [Int64])]
    )
    func expectedRows(_ rows: ExpectedRows, admits: [Int64], refuses: [Int64]) {
        #expect(admits.allSatisfy(rows.admits))
        #expect(!refuses.contains(where: rows.admits))
    }

    @Test("queries of one read see one moment", arguments: DriverUnderTest.allCases)
    func snapshot(_ subject: DriverUnderTest) async throws {
        let database = try subject.makeDatabase()
        defer { database.remove() }
        let reader = try database.open()
        let writer = try database.open()
        try await writer.migrate([noteTable], at: "2026-11-23T14:00:00Z")
        let counts = try await reader.read { (snapshot) throws(SQLError) in
            let before = try count(snapshot)
            waitForInsert(writer)
            return [before, try count(snapshot)]
        }
        #expect(counts == [0, 0])
        #expect(try await reader.rows("SELECT count(*) FROM notes") == [["1"]])
    }

    @Test("two writers at once both get everything done", arguments: DriverUnderTest.allCases)
    func twoWriters(_ subject: DriverUnderTest) async throws {
        let database = try subject.makeDatabase()
        defer { database.remove() }
        let drivers = [try database.open(), try database.open()]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, driver) in drivers.enumerated() {
                group.addTask {
                    try await driver.migrate([noteTable], at: "2026-11-23T14:00:00Z")
                    for index in 0..<50 {
                        let id = SQLValue.integer(Int64(number * 1000 + index))
                        #expect(try await driver.run(GuardedStatement(insert, id)) == .committed)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await drivers[0].rows("SELECT count(*) FROM notes") == [["100"]])
    }
}

private let insert = "INSERT INTO notes (id) VALUES ($1)"

private func count(_ snapshot: any SQLSnapshot) throws(SQLError) -> Int64 {
    var count: Int64 = 0
    try snapshot.forEachRow(SQLStatement("SELECT count(*) FROM notes")) { row in
        count = row.integer(0) ?? -1
    }
    return count
}

/// Has another driver insert a row, and waits for it where waiting means blocking.
private func waitForInsert(_ writer: any SQLDriver) {
    let done = DispatchSemaphore(value: 0)
    Task.detached {
        let outcome = try await writer.run(GuardedStatement(insert, .integer(1)))
        #expect(outcome == .committed)
        done.signal()
    }
    done.wait()
}
