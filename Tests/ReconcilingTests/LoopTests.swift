import ClaraModel
import Foundation
import LiveSystem
import Planning
import Reconciling
import Synchronization
import TestSupport
import Testing

/// The loop over a real repository and a real store, with a clock that a test sets.
@Suite("The loop")
struct LoopTests {
    /// Runs so many turns; between two of them a minute passes, and what the test wants happens.
    private func run(
        _ world: FleetWorld,
        _ store: LiveStore,
        turns: Int,
        between: @escaping @Sendable (Int) throws -> Void = { _ in }
    ) async throws -> [LoopTurn] {
        let results = Mutex<[LoopTurn]>([])
        let failures = Mutex<[String]>([])
        var loop = ReconcileLoop(
            try world.poller,
            store,
            LoopOrders(actor: "controller", host: "localhost", turns: turns),
            in: LoopWorld(
                sleep: { span in
                    world.advance(by: span)
                    let turn = results.withLock { $0.count }
                    do {
                        try between(turn)
                    } catch {
                        failures.withLock { $0.append("\(error)") }
                    }
                },
                chance: { 0.5 },
                isStopping: { false },
                report: { turn in results.withLock { $0.append(turn) } }
            )
        )
        await loop.run()
        #expect(failures.withLock { $0 } == [])
        return results.withLock { $0 }
    }

    @Test("applies a commit once and then has nothing to do")
    func applies() async throws {
        let world = try FleetWorld(tenants: 2)
        let store = try await world.store()
        let turns = try await run(world, store, turns: 4)
        #expect(turns.map(\.isIdle) == [false, true, true, true])
        let operations = try await store.operations()
        #expect(operations.map(\.operation.kind) == [.apply])
        #expect(operations.map(\.operation.actor) == ["controller"])
    }

    @Test("a newer commit is applied in the turn that sees it")
    func follows() async throws {
        let world = try FleetWorld(tenants: 2)
        let store = try await world.store()
        _ = try await run(world, store, turns: 3) { turn in
            guard turn == 1 else { return }
            try world.write(FleetWorld.name(1), Manifests.tenant(1, perDay: 5))
            try world.commit()
        }
        let live = try await store.observe(now: world.now)
        #expect(live.text(of: "client-1/Quota/default").contains("5"))
    }

    @Test("drift is reported where the fleet says so, once, and healed where it says that")
    func drift() async throws {
        let world = try FleetWorld(tenants: 2)
        let store = try await world.store()
        _ = try await run(world, store, turns: 5) { turn in
            guard turn == 1 else { return }
            try world.sql("UPDATE quotas SET posts_per_day=99 WHERE tenant='client-0'")
        }
        var live = try await store.observe(now: world.now)
        #expect(live.text(of: "client-0/Quota/default").contains("99"))
        let events = try await store.events(limit: 50).filter { $0.note.reason == "Drifted" }
        #expect(events.map(\.count) == [1])
        #expect(events.first?.note.tenant == "client-0")
        try world.write("fleet.yaml", Manifests.fleet(drift: "heal"))
        try world.commit()
        _ = try await run(world, store, turns: 1)
        live = try await store.observe(now: world.now)
        #expect(!live.text(of: "client-0/Quota/default").contains("99"))
        #expect(try await store.operations().first?.operation.kind == .heal)
    }

    @Test("drift that is only reported counts against no limit")
    func uncounted() async throws {
        let world = try FleetWorld(tenants: 3)
        let limited = Manifests.fleet().replacing(
            "updates: {share: 1}",
            with: "updates: {count: 1}"
        )
        try world.write("fleet.yaml", limited)
        try world.commit()
        let store = try await world.store()
        _ = try await run(world, store, turns: 1)
        try world.sql("UPDATE quotas SET posts_per_day=99 WHERE tenant <> 'client-2'")
        try world.write(FleetWorld.name(2), Manifests.tenant(2, perDay: 5))
        try world.commit()
        let turns = try await run(world, store, turns: 3)
        #expect(turns.map(\.isRefusal) == [false, false, false])
        var live = try await store.observe(now: world.now)
        #expect(live.text(of: "client-2/Quota/default").contains("5"))
        #expect(live.text(of: "client-0/Quota/default").contains("99"))
        try world.write("fleet.yaml", limited.replacing("report", with: "heal"))
        try world.commit()
        let healing = try await run(world, store, turns: 1)
        #expect(healing.map(\.isRefusal) == [true], "what would be healed is counted")
        live = try await store.observe(now: world.now)
        #expect(live.text(of: "client-0/Quota/default").contains("99"))
    }

    @Test("an object that is changed again and again is left alone for a while")
    func fight() async throws {
        let world = try FleetWorld(tenants: 1)
        try world.write("fleet.yaml", Manifests.fleet(drift: "heal"))
        try world.commit()
        let store = try await world.store()
        _ = try await run(world, store, turns: 20) { _ in
            try world.sql("UPDATE quotas SET posts_per_day=99 WHERE tenant='client-0'")
        }
        let heals = try await store.operations().filter { $0.operation.kind == .heal }.count
        #expect((2...8).contains(heals), "\(heals) in 20 minutes")
        let events = try await store.events(limit: 50)
        #expect(events.contains { $0.note.reason == "Fighting" })
    }

    @Test("a commit that is broken is told once and not tried again, and the next one is applied")
    func broken() async throws {
        let world = try FleetWorld(tenants: 1)
        let store = try await world.store()
        let turns = try await run(world, store, turns: 6) { turn in
            if turn == 1 {
                try world.write("fleet.yaml", "kind: Nonsense\n")
                try world.commit()
            }
            if turn == 4 {
                try world.write("fleet.yaml", Manifests.fleet())
                try world.write(FleetWorld.name(0), Manifests.tenant(0, perDay: 7))
                try world.commit()
            }
        }
        #expect(turns.filter(\.isFailure).count == 1)
        let events = try await store.events(limit: 50).filter { $0.note.reason == "BrokenRevision" }
        #expect(events.map(\.count) == [1])
        let live = try await store.observe(now: world.now)
        #expect(live.text(of: "client-0/Quota/default").contains("7"))
    }

    @Test("a tenant with errors is told of and delays no other")
    func blocked() async throws {
        let world = try FleetWorld(tenants: 2)
        try world.write("tenants/client-0/broken.yaml", "kind: Quot\n")
        try world.commit()
        let store = try await world.store()
        _ = try await run(world, store, turns: 3)
        let conditions = try await store.conditions()
        #expect(conditions["client-0"]?.contains { $0.reason == "Blocked" } ?? false)
        #expect(
            conditions["client-1"]?.contains { $0.type == .ready && $0.status == .yes } ?? false
        )
        let events = try await store.events(limit: 50).filter { $0.note.reason == "Blocked" }
        #expect(events.map(\.count) == [1])
    }

    @Test("the interval is the usual one again where fleet.yaml no longer says another")
    func interval() async throws {
        let world = try FleetWorld(tenants: 1)
        let store = try await world.store()
        let start = world.now
        let passed = Mutex<[Int64]>([])
        try world.write(
            "fleet.yaml",
            Manifests.fleet().replacing("interval: 1m", with: "interval: 10m")
        )
        try world.commit()
        _ = try await run(world, store, turns: 3) { turn in
            passed.withLock { $0.append((world.now - start).seconds) }
            guard turn == 1 else { return }
            try world.write("fleet.yaml", Manifests.fleet().replacing("interval: 1m, ", with: ""))
            try world.commit()
        }
        // Half of the greatest jitter comes on top of both.
        #expect(passed.withLock { $0 } == [630, 630 + 63])
    }

    @Test("what is too old is forgotten although nothing is applied")
    func forgets() async throws {
        let world = try FleetWorld(tenants: 1)
        let store = try await world.store()
        _ = try await run(world, store, turns: 1)
        #expect(try await store.events(limit: 50).contains { $0.note.reason == "Applied" })
        world.advance(by: .days(31))
        let turns = try await run(world, store, turns: 1)
        #expect(turns.map(\.isIdle) == [true])
        #expect(try await store.events(limit: 50).isEmpty)
    }

    @Test("a lock that somebody holds is waited for, turn by turn")
    func held() async throws {
        let world = try FleetWorld(tenants: 1)
        let store = try await world.store()
        let other = try await world.locked(store)
        let first = try await run(world, store, turns: 1)
        #expect(first.allSatisfy { !$0.isIdle })
        #expect(try await store.operations().isEmpty)
        _ = try await other.release()
        _ = try await run(world, store, turns: 1)
        #expect(try await store.operations().count == 1)
    }

    @Test("needs no more memory after ten thousand turns")
    func memory() async throws {
        let world = try FleetWorld(tenants: 3)
        let store = try await world.store()
        _ = try await run(world, store, turns: 200)
        let before = try residentKibibytes()
        _ = try await run(world, store, turns: 10_000)
        let after = try residentKibibytes()
        // The other tests of this process run beside this one and take their share.
        #expect(after - before < 100_000, "\(before) KiB before, \(after) KiB after")
    }

    private func residentKibibytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return Int(line?.filter(\.isNumber) ?? "") ?? 0
    }
}

extension LoopTurn {
    fileprivate var isIdle: Bool { if case .idle = self { true } else { false } }
    fileprivate var isRefusal: Bool { if case .refused = self { true } else { false } }
    fileprivate var isFailure: Bool { if case .failed = self { true } else { false } }
}

extension LiveState {
    /// The live content of a resource as text; empty where there is none.
    fileprivate func text(of address: String) -> String {
        guard let address = ResourceAddress(parsing: address) else { return "" }
        return tenants[address.tenant]?.resources[address]?.content?.text ?? ""
    }
}
