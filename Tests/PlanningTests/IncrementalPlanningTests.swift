import ClaraModel
import Planning
import TestSupport
import Testing

/// Reviews that are kept and made again only where something moved, or where their time has come,
/// add up to the plan that looks at everybody. A failure names the seed; `CLARA_SEED` replays it.
@Suite("Incremental planning")
struct IncrementalPlanningTests {
    private static let start = Instant(seconds: 1_792_670_400)

    @Test("says what planning everything says", arguments: 0..<UInt64(12))
    func sameAsFull(_ offset: UInt64) throws {
        let seed = testSeed(1) + offset
        var world = try World(seed: seed, now: Self.start)
        for turn in 0..<40 {
            try world.turn()
            let (incremental, full) = world.plans()
            #expect(incremental.digest == full.digest, "seed \(seed), turn \(turn)")
            let (left, right) = (
                try Self.text(incremental, world.now), try Self.text(full, world.now)
            )
            #expect(left == right, "seed \(seed), turn \(turn)")
            if left != right { return }
        }
    }

    @Test("leaves tenants alone that nothing happened to")
    func savesWork() throws {
        var world = try World(seed: testSeed(1), now: Self.start)
        for _ in 0..<40 {
            try world.turn()
            _ = world.plans()
        }
        #expect(world.reviewed < world.seen, "\(world.reviewed) of \(world.seen)")
    }

    /// The plan as of one moment and without its impact, which looks ahead from another.
    private static func text(_ plan: Plan, _ now: Instant) throws -> String {
        let json = JSONPlanRenderer().render(PlanReport(plan: plan.asOf(now)))
        var members = try CanonicalJSON(trusting: json).value().members ?? [:]
        members["impact"] = nil
        return CanonicalJSON(.object(members)).text
    }
}

/// A fleet that people and time keep changing, and somebody who keeps reviews of it.
private struct World {
    private var fleet: RandomFleet
    private var generator: SplitMix64
    private(set) var now: Instant
    private var desired: DesiredState
    private var live = LiveState()
    private var reviews: [String: TenantReview] = [:]
    private var moved: Set<String> = []
    private(set) var reviewed = 0
    private(set) var seen = 0

    init(seed: UInt64, now: Instant) throws {
        fleet = RandomFleet(seed: seed)
        generator = SplitMix64(seed: seed &* 31)
        self.now = now
        desired = try fleet.desired()
    }

    private var names: Set<String> { Set(desired.tenants.keys).union(live.tenants.keys) }
    private var planner: Planner {
        Planner(fleet: RandomFleet.settings, revision: "main@sha1:1", now: now)
    }

    /// Time passes, and mostly one thing happens.
    mutating func turn() throws {
        now = now + .minutes([1, 20, 300, 3_000, 50_000].randomElement(using: &generator) ?? 1)
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: try commit()
        case 1, 2: apply()
        case 3: disturb()
        case 4: override()
        case 5: protect()
        default: break
        }
    }

    /// The plan from reviews that are as old as they may be, and the plan from scratch.
    mutating func plans() -> (Plan, Plan) {
        let names = names
        reviews = reviews.filter { names.contains($0.key) }
        for name in names.sorted() {
            seen += 1
            let isDue = reviews[name].map { $0.dueAt.map { $0 <= now } ?? false } ?? true
            guard isDue || moved.contains(name) else { continue }
            reviewed += 1
            reviews[name] = planner.review(
                name,
                desired: desired.tenants[name],
                live: live.tenants[name] ?? LiveTenant()
            )
        }
        moved = []
        return (
            planner.plan(reviews: reviews.values, tenantCount: names.count),
            planner.plan(desired: desired, live: live)
        )
    }

    // MARK: What happens

    private mutating func commit() throws {
        let next = try fleet.desired()
        moved.formUnion(names.union(next.tenants.keys))
        desired = next
    }

    private mutating func apply() {
        let plan = planner.plan(desired: desired, live: live)
        live.apply(plan)
        moved.formUnion(plan.tenants.map(\.tenant))
        let rest = planner.plan(desired: desired, live: live).tenants
        let gains = live.tenants.flatMap { name, tenant in
            Upkeep.extensions(
                of: tenant,
                beside: rest.first { $0.tenant == name } ?? TenantPlan(tenant: name),
                RandomFleet.settings,
                at: now
            )
        }
        for gain in gains { live.extend(gain) }
        moved.formUnion(gains.map(\.address.tenant))
    }

    private mutating func disturb() {
        fleet.disturb(&live)
        moved.formUnion(live.tenants.keys)
    }

    private mutating func override() {
        guard let name = live.tenants.keys.sorted().randomElement(using: &generator),
            let tenant = live.tenants[name]
        else { return }
        let override = Override(
            address: ResourceAddress(tenant: name, kind: .quota, name: "default"),
            path: ["posts", "perDay"],
            value: .integer(Int64.random(in: 1...4, using: &generator)),
            reason: "a test",
            by: "somebody",
            since: now,
            until: now + .hours(30)
        )
        let plan = OverridePlanner.begin(
            override,
            live: tenant,
            fleet: RandomFleet.settings,
            now: now
        )
        guard case .success(let plan) = plan else { return }
        live.apply(planner.plan(of: plan))
        moved.insert(name)
    }

    private mutating func protect() {
        guard let name = live.tenants.keys.sorted().randomElement(using: &generator),
            let address = live.tenants[name]?.resources.keys.sorted()
                .randomElement(using: &generator)
        else { return }
        let isProtected = live.tenants[name]?.protections[address] != nil
        live.tenants[name]?.protections[address] =
            isProtected ? nil : Protection(reason: "a test", by: "somebody", since: now)
        moved.insert(name)
    }
}

extension LiveState {
    /// What upkeep does to a schedule's slots.
    fileprivate mutating func extend(_ gain: SlotExtension) {
        let (tenant, schedule) = (gain.address.tenant, gain.address.name)
        guard var slots = tenants[tenant]?.slots[schedule] else { return }
        slots.rows += gain.change.added.map {
            LiveSlot(key: $0.key, firesAt: $0.firesAt, isPlanned: true)
        }
        slots.rows.sort { $0.key < $1.key }
        slots.window = gain.change.window
        tenants[tenant]?.slots[schedule] = slots
    }
}
