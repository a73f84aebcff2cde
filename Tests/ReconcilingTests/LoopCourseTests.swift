import ClaraModel
import Foundation
import GitSource
import LiveSystem
import Planning
import Reconciling
import Synchronization
import Testing

/// Where a loop goes when its branch breaks, goes away, goes back or is pinned.
@Suite("The course of the loop")
struct LoopCourseTests {
    private let world: FleetWorld
    private let store: LiveStore

    init() async throws {
        world = try FleetWorld(tenants: 2)
        try world.write("fleet.yaml", Manifests.fleet(drift: "heal"))
        try world.commit()
        store = try await world.store()
    }

    /// A loop that goes on where the last call has left it.
    private func loop(_ source: any PolledSource, turns: Int) -> (ReconcileLoop, TurnLog) {
        let log = TurnLog()
        let loop = ReconcileLoop(
            source,
            store,
            LoopOrders(actor: "controller", host: "localhost", turns: turns),
            in: LoopWorld(
                sleep: { _ in },
                chance: { 0.5 },
                isStopping: { false },
                report: { [world] turn in
                    log.add(turn)
                    world.advance(by: .minutes(1))
                }
            )
        )
        return (loop, log)
    }

    @discardableResult
    private func run(_ source: any PolledSource, turns: Int = 1) async -> [LoopTurn] {
        var (loop, log) = loop(source, turns: turns)
        await loop.run()
        return log.turns
    }

    private func perDay(_ tenant: Int) async throws -> String {
        let live = try await store.observe(now: world.now)
        let name = FleetWorld.name(tenant)
        let address = ResourceAddress(tenant: name, kind: .quota, name: "default")
        return live.tenants[name]?.resources[address]?.content?.text ?? ""
    }

    private func editByHand() throws {
        try world.sql("UPDATE quotas SET posts_per_day=99 WHERE tenant='client-0'")
    }

    private func reasons() async throws -> [String] {
        try await store.events(limit: 50).map(\.note.reason)
    }

    private func pin(at commit: String, head: String) async throws {
        let locked = try await world.locked(store)
        try await locked.pin(
            Pin(
                fleet: "agency",
                revision: "sha1:\(commit)",
                commit: commit,
                head: head,
                reason: "it was better",
                by: "dana",
                since: world.now
            )
        )
        _ = try await locked.release()
    }

    @Test("while the source is away, the fleet is kept as its last revision says")
    func outage() async throws {
        let source = FlakySource(try world.poller)
        let world = world
        var (loop, log) = loop(source, turns: 1)
        await loop.run()
        source.fail(with: GitError(.unreachable(host: "git.example", why: "no route")))
        try editByHand()
        await loop.run()
        #expect(try await perDay(0).contains("99") == false)
        #expect(try await reasons().contains("SourceUnavailable"))
        await loop.run()
        #expect(log.turns.last?.isFailure == true)
        source.fail(with: nil)
        try world.write(FleetWorld.name(1), Manifests.tenant(1, perDay: 7))
        try world.commit()
        await loop.run()
        #expect(try await perDay(1).contains("7"))
        let told = try await store.events(limit: 50)
            .filter { $0.note.reason == "SourceUnavailable" }
        #expect(told.map(\.count) == [1])
    }

    @Test("beside a broken head, the fleet is kept as the last sound one says")
    func brokenHead() async throws {
        let source = try world.poller
        var (loop, _) = loop(source, turns: 1)
        await loop.run()
        try world.write("fleet.yaml", "kind: Nonsense\n")
        try world.commit()
        await loop.run()
        try editByHand()
        await loop.run()
        #expect(try await perDay(0).contains("99") == false)
        // A controller that starts anew goes by what was applied last.
        try editByHand()
        await run(try world.poller, turns: 2)
        #expect(try await perDay(0).contains("99") == false)
        #expect(try await reasons().filter { $0 == "BrokenRevision" }.count == 1)
    }

    @Test("a branch that was set back is not followed, until it is ahead again")
    func backwards() async throws {
        let old = try world.head()
        await run(try world.poller)
        try world.write(FleetWorld.name(0), Manifests.tenant(0, perDay: 7))
        try world.commit()
        await run(try world.poller)
        try world.git("reset -q --hard \(old)")
        let turns = await run(try world.poller, turns: 3)
        #expect(try await perDay(0).contains("7"))
        #expect(turns.map(\.isRefusal) == [true, false, false])
        #expect(try await reasons().contains("Backwards"))
    }

    @Test("a pin holds the fleet at its commit, drift and all, until a newer commit comes")
    func pinned() async throws {
        let old = try world.head()
        await run(try world.poller)
        try world.write(FleetWorld.name(0), Manifests.tenant(0, perDay: 7))
        try world.commit()
        await run(try world.poller)
        try await pin(at: old, head: try world.head())
        await run(try world.poller, turns: 2)
        #expect(try await perDay(0).contains("2"))
        try editByHand()
        await run(try world.poller, turns: 2)
        #expect(try await perDay(0).contains("2"))
        try world.write(FleetWorld.name(1), Manifests.tenant(1, perDay: 8))
        try world.commit()
        await run(try world.poller, turns: 2)
        #expect(try await perDay(0).contains("7"))
        #expect(try await perDay(1).contains("8"))
        #expect(try await store.pins().isEmpty)
    }

    @Test("a fleet that is pinned is held to the rules of the head")
    func pinnedByRules() async throws {
        try world.write(FleetWorld.name(0), Manifests.tenant(0, perDay: 50))
        try world.commit()
        let old = try world.head()
        try world.write(FleetWorld.name(0), Manifests.tenant(0))
        try world.write("policies/quota.yaml", Self.policy)
        try world.commit()
        await run(try world.poller)
        try await pin(at: old, head: try world.head())
        let turns = await run(try world.poller, turns: 3)
        #expect(turns.first?.isRefusal == true)
        #expect(try await perDay(0).contains("50") == false)
    }

    @Test("a newer commit ends a pin although it changes nothing, and is noted")
    func emptyCommit() async throws {
        await run(try world.poller)
        let head = try world.head()
        try await pin(at: head, head: head)
        try world.commit()
        await run(try world.poller, turns: 2)
        #expect(try await store.pins().isEmpty)
        let applied = try await store.fleets()["agency"]?.revision
        let newest = try world.head()
        #expect(applied == "main@sha1:\(newest)")
        let turns = await run(try world.poller, turns: 2)
        #expect(turns.map(\.isIdle) == [true, true])
    }

    @Test("a controller that starts beside a broken head follows the pin")
    func pinnedBesideBrokenHead() async throws {
        let old = try world.head()
        await run(try world.poller)
        try world.write("fleet.yaml", "kind: Nonsense\n")
        try world.commit()
        try await pin(at: old, head: try world.head())
        try editByHand()
        await run(try world.poller, turns: 2)
        #expect(try await perDay(0).contains("99") == false)
    }

    @Test("a pin that cannot be read says nothing against the head")
    func unreadablePin() async throws {
        let source = try world.poller
        let (first, log) = loop(source, turns: 1)
        var loop = first
        await loop.run()
        try world.write(FleetWorld.name(0), Manifests.tenant(0, perDay: 7))
        try world.commit()
        try await pin(at: String(repeating: "f", count: 40), head: try world.head())
        await loop.run()
        #expect(log.turns.last?.isFailure == true)
        let locked = try await world.locked(store)
        _ = try await locked.unpin("agency")
        _ = try await locked.release()
        await loop.run()
        #expect(try await perDay(0).contains("7"))
        #expect(try await reasons().contains("BrokenRevision") == false)
    }

    @Test("a branch that cannot be read beside a broken head is told of, and then no more")
    func outageBesideBrokenHead() async throws {
        let source = FlakySource(try world.poller)
        let (first, log) = loop(source, turns: 1)
        var loop = first
        await loop.run()
        try world.write("fleet.yaml", "kind: Nonsense\n")
        try world.commit()
        for isAway in [false, true, true, false, false] {
            source.fail(with: isAway ? GitError(.unreachable(host: "git.example", why: "")) : nil)
            await loop.run()
        }
        #expect(log.turns.dropFirst().map(\.isFailure) == [true, true, true, false, false])
        let told = try await store.events(limit: 50).map { "\($0.note.reason) \($0.count)" }
        #expect(told.contains("SourceUnavailable 1"))
        #expect(told.contains("BrokenRevision 1"))
    }

    @Test("the lock is given back where what went wrong cannot be noted")
    func unnoted() async throws {
        let source = FlakySource(try world.poller)
        source.fail(with: GitError(.unreachable(host: "git.example", why: "")))
        try world.sql(
            "CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
        let turns = await run(source)
        #expect(turns.map(\.isFailure) == [true])
        #expect(try await store.lockHolder() == nil)
    }

    @Test("what a policy denies is denied in every turn, and the next commit is judged anew")
    func denied() async throws {
        try world.write("policies/quota.yaml", Self.policy)
        try world.commit()
        await run(try world.poller)
        try world.write(FleetWorld.name(0), Manifests.tenant(0, perDay: 50))
        try world.commit()
        let turns = await run(try world.poller, turns: 4)
        #expect(turns.first?.isRefusal == true)
        #expect(try await perDay(0).contains("2"))
        try world.write(FleetWorld.name(0), Manifests.tenant(0, perDay: 5))
        try world.commit()
        await run(try world.poller)
        #expect(try await perDay(0).contains("5"))
    }

    private static let policy = """
        apiVersion: clara.dev/v1
        kind: Policy
        metadata: {name: few-posts}
        spec:
          description: Nobody posts more than ten times a day.
          match: {kinds: [Quota]}
          rule: return resource.spec.posts.perDay > 10

        """
}

/// What became of turns.
private final class TurnLog: Sendable {
    private let all = Mutex<[LoopTurn]>([])

    var turns: [LoopTurn] { all.withLock { $0 } }

    func add(_ turn: LoopTurn) { all.withLock { $0.append(turn) } }
}

/// A source that fails where a test says so.
private final class FlakySource: PolledSource {
    private let source: any PolledSource
    private let failure = Mutex<GitError?>(nil)

    init(_ source: any PolledSource) { self.source = source }

    func fail(with error: GitError?) { failure.withLock { $0 = error } }

    func poll() async throws(GitError) -> any SourceTree {
        if let error = failure.withLock({ $0 }) { throw error }
        return try await source.poll()
    }

    func tree(at reference: String) async throws(GitError) -> any SourceTree {
        try await source.tree(at: reference)
    }
}

extension LoopTurn {
    fileprivate var isIdle: Bool { if case .idle = self { true } else { false } }
    fileprivate var isRefusal: Bool { if case .refused = self { true } else { false } }
    fileprivate var isFailure: Bool { if case .failed = self { true } else { false } }
}
