import ClaraModel
import Foundation
import LiveSystem
import Planning
import Scheduling
import Synchronization
import TestSupport

@testable import Applying

/// A store of its own, its lock, and a clock that stands until it is moved.
struct World: Sendable {
    let folder: String
    let clock: TestClock
    let store: LiveStore
    let applier: Applier

    static func with(_ test: (World) async throws -> Void) async throws {
        let folder =
            FileManager.default.temporaryDirectory.path + "/clara-apply-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // What cannot be removed is in the system's temporary directory.
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let clock = TestClock()
        let store = try await LiveStore.open(
            StoreLocation(sqlite: "\(folder)/clara.db"),
            for: .writing,
            in: StoreEnvironment(
                clock: { clock.now },
                random: { [UInt8](repeating: 7, count: $0) },
                isGone: { _ in false }
            )
        )
        let applier = Applier(try await store.acquire(1))
        try await test(World(folder: folder, clock: clock, store: store, applier: applier))
    }

    /// Takes the lock, which must be free, or its lease over.
    func acquire(_ number: Int32) async throws -> LockedStore { try await store.acquire(number) }

    /// Applies a plan with a lock of its own.
    func apply(_ plan: Plan, as order: ApplyOrder = ApplyOrder(.apply)) async -> ApplyReport {
        guard let holder = try? await store.lockHolder(),
            (try? await store.unlock(token: holder.token)) == true,
            let locked = try? await store.acquire(Int32(holder.token) + 1)
        else { return await applier.apply(plan, upkeep: Upkeep([]), as: order) }
        return await Applier(locked).apply(plan, upkeep: Upkeep([]), as: order)
    }

    /// Changes the store as a person would, past Clara.
    func sql(_ statement: String) throws {
        let run = try Program(path: "/bin/sh", environment: ["PATH": "/usr/bin:/bin"])
            .run(["-c", "sqlite3 clara.db \"\(statement)\""], in: folder)
        if run.status != 0 { throw ProgramFailure("\(statement): \(run.errors)") }
    }

    /// Makes a table refuse a sort of change, as a full disk would.
    func refuse(_ change: String, of table: String) throws {
        try sql(
            "CREATE TRIGGER refused_\(table) BEFORE \(change) ON \(table) "
                + "BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
    }

    /// A plan that creates tenants.
    func plan(count: Int) -> Plan {
        plan(
            (0..<count).map { number in
                let tenant = "tenant-\(number)"
                let client = ResourceAddress(tenant: tenant, kind: .tenant, name: tenant)
                return TenantPlan(
                    tenant: tenant,
                    steps: [.create(client, ["displayName": .string(tenant)])]
                )
            }
        )
    }

    func plan(_ tenants: [TenantPlan]) -> Plan {
        let window = Instant.testNow..<(Instant.testNow + .days(1))
        return Plan(
            fleet: "agency",
            revision: "main@sha1:1",
            plannedAt: .testNow,
            tenants: tenants,
            impact: Impact([TenantImpact](), in: window)
        )
    }
}

/// A clock that stands until it is moved.
final class TestClock: Sendable {
    private let time = Mutex(Instant.testNow)

    var now: Instant { time.withLock { $0 } }

    func advance(_ span: TimeSpan) { time.withLock { $0 = $0 + span } }
}

extension LiveStore {
    /// Takes the lock in the name of a process that exists in tests only.
    func acquire(_ number: Int32) async throws -> LockedStore {
        let request = LockRequest(
            holder: "person-\(number)",
            host: "host",
            process: ProcessIdentity(boot: "b", namespace: "n", id: number, startTime: 1),
            operation: OperationID(at: .testNow, random: UInt32(number))
        )
        switch try await lock(request) {
        case .acquired(let locked): return locked
        case .held(let holder): throw Held(holder: holder)
        }
    }

    /// Somebody else holds the lock.
    struct Held: Error {
        let holder: LockHolder
    }
}

extension Instant {
    /// 2026-11-23T14:00:00Z, the present of all tests.
    static let testNow = Instant(seconds: 1_795_442_400)
}

extension Step {
    static func create(
        _ address: ResourceAddress,
        _ content: JSONValue,
        slots: SlotChange? = nil
    ) -> Step {
        Step(
            address: address,
            action: .create,
            reason: .added,
            before: nil,
            after: CanonicalJSON(content),
            slots: slots
        )
    }
}

extension Slot {
    /// A slot some hours after the tests' present.
    static func at(hours: Int64) -> Slot {
        let fires = Instant.testNow + .hours(hours)
        return Slot(
            localTime: LocalDateTime(minutes: Int32(fires.seconds / 60)),
            occurrence: 0,
            scheduledAt: fires,
            firesAt: fires
        )
    }
}
