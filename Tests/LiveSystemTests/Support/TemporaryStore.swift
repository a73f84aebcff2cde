import ClaraModel
import Foundation
import LiveSystem
import Planning
import SQLDatabase

/// A store in a directory of its own.
struct TemporaryStore: Sendable {
    let directory: String
    var path: String { directory + "/clara.db" }
    var location: StoreLocation { StoreLocation(sqlite: path) }

    /// Runs a test on an empty store.
    static func with(_ test: (TemporaryStore, LiveStore) async throws -> Void) async throws {
        let temporary = try TemporaryStore()
        defer { temporary.remove() }
        try await test(temporary, try await temporary.open())
    }

    init() throws {
        directory =
            FileManager.default.temporaryDirectory.path + "/clara-store-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: true
        )
    }

    func remove() {
        // What cannot be removed is in the system's temporary directory.
        try? FileManager.default.removeItem(atPath: directory)
    }

    func open(_ access: LiveStore.Access = .writing) async throws -> LiveStore {
        try await LiveStore.open(location, for: access, now: .testNow)
    }

    /// Runs statements as somebody with `sqlite3` would: past Clara, on another connection.
    func byHand(_ statements: String...) async throws {
        let driver = try SQLiteDriver(path: path, access: .writing)
        let guarded = statements.map {
            GuardedStatement(SQLStatement($0), expects: .any, subject: "by hand")
        }
        let outcomes = try await driver.commit([
            SQLTransaction(label: "by hand", statements: guarded)
        ])
        guard outcomes == [.committed] else { throw Refused(outcomes: outcomes) }
    }

    /// The database did not let somebody do what they tried by hand.
    struct Refused: Error {
        let outcomes: [TransactionOutcome]
    }

    /// The rows of a query, each with its columns as text.
    func rows(_ sql: String) async throws -> [[String?]] {
        let driver = try SQLiteDriver(path: path, access: .reading)
        return try await driver.read { (snapshot) throws(SQLError) in
            var rows: [[String?]] = []
            try snapshot.forEachRow(SQLStatement(sql)) { row in
                rows.append(
                    (0..<row.count).map { row.integer($0).map(String.init) ?? row.text($0) }
                )
            }
            return rows
        }
    }
}

extension Instant {
    /// 2026-11-23T14:00:00Z, the present of all tests.
    static let testNow = Instant(seconds: 1_795_442_400)
}

extension Provenance {
    /// An apply of the first commit.
    static let first = Provenance(fleet: "agency", revision: "main@sha1:1", now: .testNow)
    /// An apply of the second commit, an hour later.
    static let second = Provenance(
        fleet: "agency",
        revision: "main@sha1:2",
        now: Instant.testNow + .hours(1)
    )
}

extension LiveStore {
    /// Performs the steps of one tenant.
    func perform(
        _ steps: Step...,
        settles: Digest? = nil,
        by provenance: Provenance = .first
    ) async -> PerformOutcome? {
        let tenant = steps.first?.address.tenant ?? "acme"
        return await perform(
            [TenantPlan(tenant: tenant, steps: steps, settles: settles)],
            by: provenance
        ).first?.outcome
    }

    /// The resource as it is observed.
    func resource(_ address: ResourceAddress) async throws -> LiveResource? {
        try await observe(now: .testNow).tenants[address.tenant]?.resources[address]
    }

    /// The live content as JSON.
    func content(_ address: ResourceAddress) async throws -> JSONValue? {
        try await resource(address)?.content?.value()
    }
}
