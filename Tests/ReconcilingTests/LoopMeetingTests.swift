import ClaraModel
import LiveSystem
import Planning
import Reconciling
import Synchronization
import Testing

/// What happens between a loop's look and the moment at which it holds the lock.
@Suite("A loop that is overtaken between its look and its lock")
struct LoopMeetingTests {
    private let world: FleetWorld
    private let store: LiveStore

    init() async throws {
        world = try FleetWorld(tenants: 2)
        store = try await world.store()
    }

    /// Runs one turn of a loop that starts anew.
    ///
    /// - Parameter meanwhile: what somebody does in the store after the look; the loop asks for a
    ///   random number first thing when it takes the lock.
    private func run(
        meanwhile: String? = nil,
        isStopping: @escaping @Sendable () -> Bool = { false }
    ) async throws -> [LoopTurn] {
        let turns = Mutex<[LoopTurn]>([])
        let failures = Mutex<[String]>([])
        let world = world
        var loop = ReconcileLoop(
            try world.poller,
            store,
            LoopOrders(actor: "controller", host: "localhost", turns: 1),
            in: LoopWorld(
                sleep: { _ in },
                chance: {
                    do {
                        if let meanwhile { try world.sql(meanwhile) }
                    } catch {
                        failures.withLock { $0.append("\(error)") }
                    }
                    return 0.5
                },
                isStopping: isStopping,
                report: { turn in turns.withLock { $0.append(turn) } }
            )
        )
        await loop.run()
        #expect(failures.withLock { $0 } == [])
        return turns.withLock { $0 }
    }

    private func text(of address: String) async throws -> String {
        let address = try #require(ResourceAddress(parsing: address))
        let live = try await store.observe(now: world.now)
        return live.tenants[address.tenant]?.resources[address]?.content?.text ?? ""
    }

    @Test("a tenant that is protected meanwhile is not retired")
    func protected() async throws {
        _ = try await run()
        try world.remove("tenants/client-1")
        try world.commit()
        let protection = """
            INSERT OR IGNORE INTO protections (tenant, kind, name, reason, ordered_by, since) \
            VALUES ('client-1', 'Tenant', 'client-1', 'r', 'dana', '2026-11-23T12:00:00Z')
            """
        let turns = try await run(meanwhile: protection)
        #expect(turns.map(\.isRefusal) == [true])
        #expect(try await store.retirements().isEmpty)
        _ = try await run()
        #expect(try await store.retirements().isEmpty)
    }

    @Test("a pin that is set meanwhile holds, and outlives the turn")
    func pinned() async throws {
        _ = try await run()
        let old = try world.head()
        try world.write(FleetWorld.name(0), Manifests.tenant(0, perDay: 7))
        try world.commit()
        let head = try world.head()
        let pin = """
            INSERT OR IGNORE INTO pins \
            (fleet, revision, commit_id, head, reason, ordered_by, since) VALUES \
            ('agency', 'sha1:\(old)', '\(old)', '\(head)', 'r', 'dana', '2026-11-23T12:00:00Z')
            """
        let turns = try await run(meanwhile: pin)
        #expect(turns.map(\.isRefusal) == [true])
        #expect(try await text(of: "client-0/Quota/default").contains("2"))
        #expect(try await store.pins()["agency"]?.commit == old)
        _ = try await run()
        #expect(try await text(of: "client-0/Quota/default").contains("2"))
    }

    @Test("a stop that is asked for during the look begins nothing")
    func stopped() async throws {
        let asked = Mutex(0)
        let turns = try await run(
            isStopping: {
                // The loop asks before its turn and then before its lock.
                asked.withLock { count in
                    defer { count += 1 }
                    return count > 0
                }
            }
        )
        #expect(turns.map(\.isRefusal) == [true])
        #expect(try await store.operations().isEmpty)
    }
}

extension LoopTurn {
    fileprivate var isRefusal: Bool { if case .refused = self { true } else { false } }
}
