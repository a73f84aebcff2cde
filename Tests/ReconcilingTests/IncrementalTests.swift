import ClaraModel
import GitSource
import LiveSystem
import Planning
import TestSupport
import Testing

@testable import Reconciling

/// A pass that starts from the last one finds what a pass that looks at everything finds.
@Suite("An incremental pass")
struct IncrementalTests {
    private static let tenants = 6
    private static let turns = 25

    @Test("says what a full one says, whatever happens in between", arguments: 0..<6)
    func sameAsFull(offset: Int) async throws {
        let seed = SplitMix64.seed &+ UInt64(offset)
        var generator = SplitMix64(seed: seed)
        let world = try FleetWorld(tenants: Self.tenants)
        let store = try await world.store()
        var snapshot: Snapshot?
        for turn in 0..<Self.turns {
            let event = try await happen(in: world, store, &generator)
            let label = "seed \(seed), turn \(turn): \(event)"
            let pass = ReconcileOnce(
                source: try await world.source(),
                store: store,
                now: world.now
            )
            let (found, next) = try await pass.plan(since: snapshot)
            let full = try await pass.plan()
            #expect(summary(found, world.now) == summary(full, world.now), "\(label)")
            snapshot = next
            guard Bool.random(using: &generator) else { continue }
            let locked = try await world.locked(store)
            _ = await ReconcileOnce.apply(found, as: .apply, in: locked) { _ in }
            _ = try await locked.release()
        }
    }

    @Test("finds nothing to do where nothing happened")
    func idle() async throws {
        let world = try FleetWorld(tenants: 3)
        let store = try await world.store()
        let pass = ReconcileOnce(source: try await world.source(), store: store, now: world.now)
        let first = try await pass.plan()
        let locked = try await world.locked(store)
        _ = await ReconcileOnce.apply(first, as: .apply, in: locked) { _ in }
        _ = try await locked.release()
        let (_, snapshot) = try await pass.plan(since: nil)
        let (again, _) = try await pass.plan(since: snapshot)
        #expect(again.report.plan.isEmpty)
        #expect(again.report.plan.tenantCount == 3)
    }

    @Test("asks policies again only where something moved, or an exemption has ended")
    func verdicts() async throws {
        let world = try FleetWorld(tenants: 2)
        try world.write("policies/quota.yaml", Self.policy)
        try world.commit()
        let store = try await world.store()
        let source = try await world.source()
        func plan(since last: Snapshot?) async throws -> (PlanReport, Snapshot) {
            let pass = ReconcileOnce(source: source, store: store, now: world.now)
            let (found, next) = try await pass.plan(since: last)
            return (found.report, next)
        }
        func verdict(after last: Snapshot) async throws -> PolicyVerdict? {
            let now = world.now
            return last.moved(
                try await Movement.find(since: last, source, base: nil, store, now: now)
            ).verdict
        }
        let (first, snapshot) = try await plan(since: nil)
        #expect(first.policies.map(\.enforcement) == [.audit, .audit])
        #expect(try await verdict(after: snapshot) != nil)
        let (again, next) = try await plan(since: snapshot)
        #expect(again.policies == first.policies)
        try world.sql("INSERT INTO clients (tenant, display_name) VALUES ('ghost', 'Ghost')")
        #expect(try await verdict(after: next) == nil)
        world.advance(by: .hours(13))
        let (later, _) = try await plan(since: next)
        #expect(later.policies.map(\.enforcement) == [.deny, .deny])
    }

    private static let policy = """
        apiVersion: clara.dev/v1
        kind: Policy
        metadata: {name: no-posts}
        spec:
          description: Nobody posts at all.
          match: {kinds: [Quota]}
          rule: return true
          exemptions: [{tenants: ["*"], until: 2026-11-23, reason: moving}]

        """

    @Test("beside a base that stays as it was, looks only at what moved")
    func base() async throws {
        let world = try FleetWorld(tenants: 3)
        let store = try await world.store()
        let base = try await world.source()
        try world.write(FleetWorld.name(0), Manifests.tenant(0, perDay: 5))
        try world.commit()
        let source = try await world.source()
        let pass = ReconcileOnce(source: source, base: base, store: store, now: world.now)
        let (_, snapshot) = try await pass.plan(since: nil)
        func moved(beside base: (any SourceTree)?) async throws -> Set<String>? {
            try await Movement.find(since: snapshot, source, base: base, store, now: world.now)
                .tenants
        }
        #expect(try await moved(beside: base) != nil)
        #expect(try await moved(beside: nil) == nil, "other rules hold")
        try world.write("fleet.yaml", Manifests.fleet(drift: "heal"))
        try world.commit()
        let next = try await world.source()
        #expect(try await moved(beside: next) == nil, "the base's rules are others")
    }

    @Test("is held to the same limits, of its own fleet and of the whole store")
    func limits() async throws {
        let world = try FleetWorld(tenants: 3)
        let store = try await world.store()
        let pass = ReconcileOnce(source: try await world.source(), store: store, now: world.now)
        let locked = try await world.locked(store)
        _ = await ReconcileOnce.apply(try await pass.plan(), as: .apply, in: locked) { _ in }
        _ = try await locked.release()
        let (_, snapshot) = try await pass.plan(since: nil)
        try world.sql(
            "INSERT INTO applied_resources SELECT 'other-' || tenant, kind, name, content, digest, "
                + "revision, 'another', applied_at FROM applied_resources; DELETE FROM clients"
        )
        let (found, _) = try await pass.plan(since: snapshot)
        let full = try await pass.plan()
        #expect(found.report.admission?.refusals == [.implausibleStore(managed: 15)])
        #expect(found.report.admission?.refusals == full.report.admission?.refusals)
    }

    /// What can be told apart of two passes; a plan as of the same moment.
    private func summary(_ found: Reconciliation, _ now: Instant) -> [String] {
        let plan = found.report.plan.asOf(now)
        return [
            "\(plan.digest)", "\(plan.summary)", "\(plan.tenantCount)",
            plan.tenants.map { "\($0.tenant) \($0.blocked.debugDescription)" }.joined(),
            found.report.admission?.refusals.map(\.description).joined() ?? "",
            found.report.diagnostics.map(\.message).joined(separator: "\n"),
            found.upkeep.extensions.map { "\($0.address) \($0.change.added.count)" }.joined(),
            plan.tenants.map { "\($0.settles.map { "\($0)" } ?? "-")" }.joined(),
        ]
    }

    /// Something happens: a commit, an edit by hand, or time passes.
    private func happen(
        in world: FleetWorld,
        _ store: LiveStore,
        _ generator: inout SplitMix64
    ) async throws -> String {
        let number = Int.random(in: 0..<Self.tenants, using: &generator)
        let name = FleetWorld.name(number)
        let event = Int.random(in: 0..<10, using: &generator)
        switch event {
        case 0, 1:
            let (perDay, hour) = (
                Int.random(in: 1...5, using: &generator), Int.random(in: 7...20, using: &generator)
            )
            try world.write(name, Manifests.tenant(number, perDay: perDay, hour: hour))
            try world.commit()
        case 2:
            try world.remove("tenants/\(name)")
            try world.commit()
        case 3:
            try world.write("tenants/\(name)/broken.yaml", "kind: Quot\n")
            try world.commit()
        case 4:
            try world.remove("tenants/\(name)/broken.yaml")
            try world.commit()
        case 5: try world.sql("UPDATE clients SET display_name='by hand' WHERE tenant='\(name)'")
        case 6: try world.sql("DELETE FROM quotas WHERE tenant='\(name)'")
        case 7: try world.sql("DELETE FROM slots WHERE tenant='\(name)'")
        case 8: world.advance(by: .hours(Int64.random(in: 1...60, using: &generator)))
        default:
            let drift = ["report", "heal"].randomElement(using: &generator) ?? "heal"
            try world.write("fleet.yaml", Manifests.fleet(drift: drift))
            try world.commit()
        }
        return "event \(event) of \(name)"
    }
}
