import ClaraModel
import Foundation
import LiveSystem
import Planning
import SQLDatabase
import Synchronization

/// A store in a directory of its own, with a clock that stands until it is moved.
struct TemporaryStore: Sendable {
    let directory: String
    let clock = TestClock()
    var path: String { directory + "/clara.db" }
    var location: StoreLocation { StoreLocation(sqlite: path) }

    /// Runs a test on an empty store whose lock is held.
    static func with(_ test: (TemporaryStore, LockedStore) async throws -> Void) async throws {
        let temporary = try TemporaryStore()
        defer { temporary.remove() }
        try await test(temporary, try await temporary.lock())
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

    /// - Parameter gone: the processes that are known to have ended.
    func open(
        _ access: LiveStore.Access = .writing,
        gone: [ProcessIdentity] = []
    ) async throws -> LiveStore {
        let clock = clock
        let environment = StoreEnvironment(
            clock: { clock.now },
            random: { count in (0..<count).map { _ in UInt8.random(in: 0...255) } },
            isGone: { gone.contains($0) }
        )
        return try await LiveStore.open(location, for: access, in: environment)
    }

    /// Opens the store and takes its lock.
    func lock(_ request: LockRequest = .test(1)) async throws -> LockedStore {
        try await open().acquired(request)
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
    /// Takes the lock.
    func acquired(_ request: LockRequest) async throws -> LockedStore {
        switch try await lock(request) {
        case .acquired(let locked): return locked
        case .held(let holder): throw Held(holder: holder)
        }
    }

    /// Somebody else holds the lock.
    struct Held: Error {
        let holder: LockHolder
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

extension LockedStore {
    /// Performs plans as an operation of its own, from its beginning to its end.
    func perform(
        _ plans: [TenantPlan],
        by provenance: Provenance = .first
    ) async throws -> [TenantOutcome] {
        var run = try await begin(.test(in: self), plans)
        var outcomes: [TenantOutcome] = []
        for group in run.groups.indices {
            outcomes += try await perform(group, of: &run, by: provenance)
        }
        try await finish(run)
        return outcomes
    }

    /// Performs the steps of one tenant.
    func perform(
        _ steps: Step...,
        settles: Digest? = nil,
        by provenance: Provenance = .first
    ) async throws -> PerformOutcome? {
        let tenant = steps.first?.address.tenant ?? "acme"
        return try await perform(
            [TenantPlan(tenant: tenant, steps: steps, settles: settles)],
            by: provenance
        ).first?.outcome
    }

    /// Everything live at the tests' present.
    func observe(now: Instant) async throws -> LiveState { try await store.observe(now: now) }

    /// The resource as it is observed.
    func resource(_ address: ResourceAddress) async throws -> LiveResource? {
        try await store.resource(address)
    }

    /// The live content as JSON.
    func content(_ address: ResourceAddress) async throws -> JSONValue? {
        try await store.content(address)
    }
}
