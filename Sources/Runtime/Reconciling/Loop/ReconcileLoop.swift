import Applying
import ClaraModel
import GitSource
import LiveSystem
import Logging
import Planning

/// Keeps a fleet as its source says: looks, decides, applies, sleeps.
///
/// Each turn is a pass that starts from the last one. The lock is held only while something is
/// applied, so that a person's apply never waits for a loop that sleeps.
public struct ReconcileLoop {
    private let source: any PolledSource
    private let store: LiveStore
    private let orders: LoopOrders
    private let world: LoopWorld
    private var state = LoopState()
    private var snapshot: Snapshot?
    private var noted = NotedSituation()
    /// The pin that held the fleet in the last turn, and the head that it held it back from.
    private var held: (pin: Pin, head: Revision)?
    /// The last head that could be planned.
    private var sound: (any SourceTree)?
    /// Why the branch could not be read in this turn; nil where it was.
    private var outage: ReconcileError?
    /// Whether this turn looks at everything.
    private var looksAtAll = false
    /// What the turns before have missed, where this one looked at everything.
    private var missed: String?
    private var interval: TimeSpan
    private static let logger = Logger(label: "clara.loop")

    /// - Parameter store: open for writing.
    public init(
        _ source: any PolledSource,
        _ store: LiveStore,
        _ orders: LoopOrders,
        in world: LoopWorld
    ) {
        self.source = source
        self.store = store
        self.orders = orders
        self.world = world
        interval = orders.interval ?? LoopOrders.defaultInterval
    }

    /// Goes on until it is asked to stop, or its turns are over.
    ///
    /// - Returns: how things stand after the last turn.
    @discardableResult
    public mutating func run() async -> LoopEnd {
        var turn = 0
        var last = LoopTurn.idle
        while !world.isStopping(), orders.turns.map({ turn < $0 }) ?? true {
            // Everything is looked at now and then: what the feed missed must not stay unseen.
            let isFull = turn % LoopOrders.turnsPerFullPass == 0
            looksAtAll = isFull
            last = await self.turn()
            world.report(last)
            if isFull { await prune() }
            turn += 1
            if orders.turns.map({ turn >= $0 }) ?? false { break }
            await world.sleep(pause)
        }
        return troubles.first.map { LoopEnd($0) } ?? noted.end(after: last)
    }

    /// Forgets old history, which grows by edits of others where nothing is applied. Where the lock
    /// is held, whoever holds it or a later turn does.
    private func prune() async {
        do throws(ReconcileError) {
            guard !world.isStopping(), let locked = try await store.lock(for: orders, in: world)
            else { return }
            try await locked.concluding { () async throws(StoreError) in
                try await locked.prune()
            }
        } catch {
            Self.logger.warning("history not pruned", metadata: ["error": "\(error)"])
        }
    }

    private var pause: TimeSpan {
        let extra = Double(interval.seconds) * LoopOrders.jitter * world.chance()
        return TimeSpan(seconds: interval.seconds + Int64(extra))
    }

    /// One look, and what follows from it.
    private mutating func turn() async -> LoopTurn {
        do throws(ReconcileError) {
            guard let tree = try await head() else { return .idle }
            let turn = try await reconcile(tree)
            if troubles.isEmpty { sound = tree }
            if case .idle = turn, let outage { return .failed("\(outage)") }
            return turn
        } catch {
            return await fail(error)
        }
    }

    /// Why the head is not followed. What is wrong with the revision outlasts a branch that cannot
    /// be read meanwhile.
    private var troubles: [ReconcileError] { [outage, state.fault].compactMap(\.self) }

    /// The head of the branch. While it cannot be read, or is broken, the fleet is kept as the last
    /// sound one says: overrides end and slots roll forward all the same.
    private mutating func head() async throws(ReconcileError) -> (any SourceTree)? {
        do throws(ReconcileError) {
            let tree = try await poll()
            outage = nil
            if state.arrive(at: tree.revision) {
                Self.logger.info("new revision", metadata: ["revision": "\(tree.revision)"])
            }
            if state.fault == nil { return tree }
        } catch {
            if world.isStopping() { return nil }
            outage = error
            guard let sound else { throw error }
            return sound
        }
        if let sound { return sound }
        return try await applied()
    }

    /// What a loop that begins beside a broken head goes by: the revision that the fleet is pinned
    /// at, or else the one that was applied last. Nil in a store of several fleets, as only the
    /// head could say which is meant.
    private func applied() async throws(ReconcileError) -> (any SourceTree)? {
        let (pins, fleets): ([String: Pin], [String: FleetMark])
        do {
            (pins, fleets) = (try await store.pins(), try await store.fleets())
        } catch {
            throw .store(error)
        }
        guard let (name, mark) = fleets.first, fleets.count == 1 else { return nil }
        do {
            return try await source.tree(at: pins[name]?.commit ?? mark.revision)
        } catch {
            throw .source(error)
        }
    }

    private func poll() async throws(ReconcileError) -> any SourceTree {
        do {
            return try await source.poll()
        } catch {
            throw .source(error)
        }
    }

    private mutating func reconcile(_ head: any SourceTree) async throws(ReconcileError) -> LoopTurn
    {
        let now = store.now()
        if let pin = try await stillHolding(head) {
            return try await follow(try await look(at: pin, by: head, now), now)
        }
        let found = try await look(at: head, now)
        held = nil
        guard let objection = found.course.objection else { return try await follow(found, now) }
        switch objection {
        case .pinned(let pin):
            // The fleet is kept as the pinned revision says, drift and all.
            held = (pin, head.revision)
            return try await follow(try await look(at: pin, by: head, now), now)
        case .backwards, .unknownHistory:
            return try await stay(objection)
        }
    }

    /// Looks at the head. Where it cannot be planned, only another commit mends it; what is wrong
    /// with anything else, such as a pin, says nothing about it.
    private mutating func look(
        at head: any SourceTree,
        _ now: Instant
    ) async throws(ReconcileError) -> Reconciliation {
        do throws(ReconcileError) {
            return try await look(pass(at: head, by: nil, now), now)
        } catch {
            if error.isAboutTheRevision, troubles.isEmpty { state.breakDown(by: error) }
            throw error
        }
    }

    /// Looks at the revision that the fleet is pinned at. The rules of the head hold, as they do
    /// for the rollback that has set the pin.
    private mutating func look(
        at pin: Pin,
        by head: any SourceTree,
        _ now: Instant
    ) async throws(ReconcileError) -> Reconciliation {
        try await look(pass(at: try await tree(at: pin), by: head, now), now)
    }

    private func pass(
        at tree: any SourceTree,
        by base: (any SourceTree)?,
        _ now: Instant
    ) -> ReconcileOnce {
        ReconcileOnce(source: tree, base: base, store: store, now: now) { [state] plan, settings in
            let choice = state.choose(from: plan, settings.driftMode, at: now)
            return plan.restricted(to: choice.tenants)
        }
    }

    private mutating func look(
        _ pass: ReconcileOnce,
        _ now: Instant
    ) async throws(ReconcileError) -> Reconciliation {
        var (found, next) = try await pass.plan(since: snapshot)
        missed = nil
        if looksAtAll, snapshot != nil {
            let (all, anew) = try await pass.plan(since: nil)
            // What moved between the two looks is no disagreement.
            if anew.cursor == next.cursor { missed = found.difference(from: all, at: now) }
            (found, next) = (all, anew)
        }
        looksAtAll = false
        snapshot = next
        interval =
            orders.interval ?? found.settings.spec.loop?.interval ?? LoopOrders.defaultInterval
        return found
    }

    /// The pin of the last turn, where neither it nor the branch has moved: then there is no need
    /// to look at the head first.
    private func stillHolding(_ head: any SourceTree) async throws(ReconcileError) -> Pin? {
        guard let held, held.head == head.revision else { return nil }
        do {
            return try await store.pins()[held.pin.fleet] == held.pin ? held.pin : nil
        } catch {
            throw .store(error)
        }
    }

    private func tree(at pin: Pin) async throws(ReconcileError) -> any SourceTree {
        do {
            return try await source.tree(at: pin.commit)
        } catch {
            throw .source(error)
        }
    }

    private mutating func follow(
        _ found: Reconciliation,
        _ now: Instant
    ) async throws(ReconcileError) -> LoopTurn {
        state.forget(beside: found.report.plan, at: now)
        let choice = state.choose(from: found.report.plan, found.settings.driftMode, at: now)
        var situation = LoopSituation(found.report, choice)
        for trouble in troubles { situation.add(trouble) }
        if let missed {
            Self.logger.error("movement missed", metadata: ["difference": "\(missed)"])
            situation.add(missed: missed)
        }
        guard !found.isIdle || noted.isNews(situation) else { return .idle }
        return try await act(on: found, situation)
    }

    /// Applies what was admitted and notes what is to be known, under the lock.
    private mutating func act(
        on found: Reconciliation,
        _ situation: LoopSituation
    ) async throws(ReconcileError) -> LoopTurn {
        if world.isStopping() {
            return .refused("a stop was asked for before anything was begun")
        }
        guard let locked = try await store.lock(for: orders, in: world) else {
            return .refused("another operation holds the lock; the next turn tries again")
        }
        return try await locked.concluding { () async throws(StoreError) in
            try await work(on: found, situation, locked)
        }
    }

    private mutating func work(
        on found: Reconciliation,
        _ situation: LoopSituation,
        _ locked: LockedStore
    ) async throws(StoreError) -> LoopTurn {
        guard try await found.isCurrent(in: store) else {
            return .refused("something moved since the look; the next turn looks again")
        }
        let report = await apply(found, locked)
        try await note(situation, report, found, locked)
        return turn(report, situation)
    }

    /// Without steps it still notes what became of blocked tenants.
    private mutating func apply(
        _ found: Reconciliation,
        _ locked: LockedStore
    ) async -> ApplyReport {
        let plan = found.admitted
        let heals = !plan.isEmpty && plan.steps.allSatisfy { $0.reason == .drifted }
        let report = await ReconcileOnce.apply(
            found,
            as: heals ? .heal : .apply,
            in: locked,
            isStopping: world.isStopping
        ) { _ in }
        state.learn(from: report.outcomes, plan, at: locked.now())
        snapshot?.doubt(report.outcomes.filter { $0.outcome != .done }.map(\.tenant))
        return report
    }

    private func turn(_ report: ApplyReport, _ situation: LoopSituation) -> LoopTurn {
        if !situation.refusals.isEmpty {
            return .refused(situation.refusals.joined(separator: "; "))
        }
        return report.outcomes.isEmpty && report.lateFailure == nil ? .idle : .applied(report)
    }

    private mutating func note(
        _ situation: LoopSituation,
        _ report: ApplyReport,
        _ found: Reconciliation,
        _ locked: LockedStore
    ) async throws(StoreError) {
        let revision = found.report.plan.revision
        let events = situation.events(beside: noted, revision: revision)
        if !events.isEmpty { try await locked.note(events) }
        let conditions = situation.conditions(at: locked.now(), revision: revision)
        if !conditions.isEmpty { try await locked.setConditions(conditions) }
        if let pin = found.course.overtaken { _ = try await locked.unpin(pin) }
        noted.take(situation)
    }

    /// A branch that went backwards, or may have, is not followed.
    private mutating func stay(_ objection: CourseObjection) async throws(ReconcileError)
        -> LoopTurn
    {
        let situation = LoopSituation(objection)
        guard noted.isNews(situation) else { return .idle }
        try await tell(situation)
        return .refused("\(objection)")
    }

    /// Notes what went wrong, once for as long as it is the same.
    private mutating func fail(_ error: ReconcileError) async -> LoopTurn {
        snapshot = nil
        var situation = LoopSituation(failure: error)
        for trouble in troubles { situation.add(trouble) }
        do throws(ReconcileError) {
            if noted.isNews(situation) { try await tell(situation) }
        } catch {
            Self.logger.error("event not noted", metadata: ["error": "\(error)"])
        }
        return .failed("\(error)")
    }

    private mutating func tell(_ situation: LoopSituation) async throws(ReconcileError) {
        guard let locked = try await store.lock(for: orders, in: world) else { return }
        let events = situation.events(beside: noted, revision: state.shownRevision)
        try await locked.concluding { () async throws(StoreError) in
            try await locked.note(events)
        }
        noted.take(situation)
    }
}
