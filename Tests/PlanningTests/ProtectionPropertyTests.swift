import ClaraModel
import Planning
import TestSupport
import Testing

/// What protections and retention promise, tried on random fleets. A failure names the seed;
/// `CLARA_SEED` replays it.
@Suite("Protection and retirement")
struct ProtectionPropertyTests {
    private static let start = Instant(seconds: 1_792_670_400)
    private static let rounds: UInt64 = 40

    @Test("nothing protected ever goes, nor what it names, and the rest converges")
    func protections() throws {
        try eachSeed { seed in
            var fleet = RandomFleet(seed: seed)
            var live = LiveState()
            live.apply(Self.plan(try fleet.desired(), live, Self.start))
            let protected = Self.protect(&live, seed: seed)
            for day in 1..<6 {
                let desired = try fleet.desired()
                let now = Self.start + .days(Int64(day * 20))
                let plan = Self.plan(desired, live, now)
                for tenant in plan.tenants {
                    #expect(tenant.leftDangling.isEmpty, "seed \(seed), day \(day)")
                }
                live.apply(plan)
                for address in protected {
                    let row = live.tenants[address.tenant]?.resources[address]
                    #expect(row?.content != nil, "seed \(seed), day \(day): \(address)")
                }
                let again = Self.plan(desired, live, now)
                #expect(again.isEmpty, "seed \(seed), day \(day)")
                for tenant in again.tenants where !tenant.withheld.isEmpty {
                    #expect(tenant.settles == nil, "seed \(seed), day \(day)")
                }
            }
        }
    }

    @Test("a tenant whose folder is gone is paused at once and has all its rows until the end")
    func retention() throws {
        try eachSeed { seed in
            var fleet = RandomFleet(seed: seed)
            var live = LiveState()
            live.apply(Self.plan(try fleet.desired(), live, Self.start))
            let before = live
            let nothing = DesiredState(fleet: RandomFleet.settings, tenants: [:])
            let retirement = Self.plan(nothing, live, Self.start + .hours(1))
            #expect(retirement.steps.count == before.tenants.count, "seed \(seed)")
            live.apply(retirement)
            for (name, tenant) in live.tenants {
                let rows = before.tenants[name].map { Set($0.resources.keys) }
                #expect(Set(tenant.resources.keys) == rows, "seed \(seed): \(name)")
                #expect(tenant.slots == before.tenants[name]?.slots, "seed \(seed): \(name)")
            }
            let late = Self.start + .days(30)
            #expect(Self.plan(nothing, live, late).isEmpty, "seed \(seed)")
            live.apply(Self.plan(nothing, live, late + .hours(1)))
            // Slots that are past stay as they are, as history.
            let left = live.tenants.values.flatMap { $0.resources.keys }
            #expect(left.isEmpty, "seed \(seed)")
        }
    }

    @Test("a tenant that comes back within its retention is as if it had never gone")
    func restored() throws {
        try eachSeed { seed in
            var fleet = RandomFleet(seed: seed)
            var live = LiveState()
            let desired = try fleet.desired()
            live.apply(Self.plan(desired, live, Self.start))
            let before = live
            let nothing = DesiredState(fleet: RandomFleet.settings, tenants: [:])
            live.apply(Self.plan(nothing, live, Self.start + .hours(1)))
            live.apply(Self.plan(desired, live, Self.start + .hours(2)))
            for (name, tenant) in live.tenants {
                #expect(tenant.retirement == nil, "seed \(seed): \(name)")
                let contents = tenant.resources.mapValues(\.content)
                #expect(
                    contents == before.tenants[name]?.resources.mapValues(\.content),
                    "seed \(seed): \(name)"
                )
            }
        }
    }

    // MARK: Support

    private func eachSeed(_ body: (UInt64) throws -> Void) throws {
        let first = testSeed(1)
        for seed in first..<(first + Self.rounds) { try body(seed) }
    }

    private static func plan(_ desired: DesiredState, _ live: LiveState, _ now: Instant) -> Plan {
        Planner(fleet: RandomFleet.settings, revision: "main@sha1:1", now: now)
            .plan(desired: desired, live: live)
    }

    /// Protects a few resources of each tenant, sometimes the tenant itself.
    private static func protect(_ live: inout LiveState, seed: UInt64) -> [ResourceAddress] {
        var generator = SplitMix64(seed: seed &* 17)
        let order = Protection(reason: "a test", by: "somebody", since: start)
        var protected: [ResourceAddress] = []
        for name in live.tenants.keys.sorted() {
            let addresses = (live.tenants[name]?.resources.keys.sorted() ?? [])
                .filter { _ in Int.random(in: 0..<6, using: &generator) == 0 }
            for address in addresses { live.tenants[name]?.protections[address] = order }
            let isWhole = addresses.contains { $0.kind == .tenant }
            protected += isWhole ? live.tenants[name]?.resources.keys.sorted() ?? [] : addresses
        }
        return protected
    }
}

extension TenantPlan {
    /// What the plan deletes although something that stays by order of a protection names it.
    fileprivate var leftDangling: [ResourceAddress] {
        let deleted = Set(steps.filter { $0.action == .delete }.map(\.address))
        return withheld.map(\.step).filter { $0.address.kind == .schedule }.flatMap { step in
            let content = (try? step.before?.value()) ?? .null  // no JSON names nothing
            return [("prompt", Kind.prompt), ("credential", .credential)].compactMap {
                field,
                kind in
                content[field]?.text.map {
                    ResourceAddress(tenant: step.address.tenant, kind: kind, name: $0)
                }
            }
        }.filter(deleted.contains)
    }
}
