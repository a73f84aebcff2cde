import ClaraModel
import Planning
import TestSupport
import Testing

/// Limits and freezes, held against plans.
@Suite("Admission")
struct AdmissionTests {
    private static let now = Instant(seconds: 1_795_435_200)  // 2026-11-23T12:00:00Z, a Monday

    // MARK: Limits

    @Test("refuses exactly what is beyond the smaller of share and count, for any numbers")
    func arithmetic() {
        let seed = testSeed(7)
        var generator = SplitMix64(seed: seed)
        for round in 0..<400 {
            let live = Int.random(in: 0...300, using: &generator)
            let percent = Int.random(in: 0...100, using: &generator)
            let count = Int.random(in: 0...40, using: &generator)
            let deletions = Int.random(in: 0...60, using: &generator)
            let rules = Self.rules(
                deletions: ChangeLimit(share: Double(percent) / 100, count: count)
            )
            let allowed = live == 0 ? count : min(count, live * percent / 100)
            let admission = Self.judge(
                Self.plan([Self.tenant("acme", deletions: deletions)]),
                rules,
                managed: live
            )
            #expect(
                admission.isRefused == (deletions > allowed),
                "seed \(seed), round \(round): \(deletions) of \(live), \(percent)%, \(count)"
            )
            #expect(admission.plan.steps.count == (deletions > allowed ? 0 : deletions))
        }
    }

    @Test("lets through what the refusal's flag allows, and nothing more", arguments: [1, 5, 60])
    func flag(_ extra: Int) {
        let plan = Self.plan([Self.tenant("acme", deletions: 10 + extra)])
        let rules = Self.rules(deletions: ChangeLimit(count: 10))
        let refused = Self.judge(plan, rules, managed: 500)
        #expect(refused.refusals.map(\.flag) == ["--allow-deletions \(10 + extra)"])
        let allowed = Allowances(deletions: 10 + extra)
        #expect(!Self.judge(plan, rules, managed: 500, allowed).isRefused)
        let less = Allowances(deletions: 9 + extra, updates: 99)
        #expect(Self.judge(plan, rules, managed: 500, less).isRefused)
    }

    @Test("has limits where fleet.yaml says nothing")
    func defaults() {
        let rules = SafetyRules(limits: nil, freeze: nil, timezone: .utc)
        let tables: [(TenantPlan, Int, Bool)] = [
            (Self.tenant("acme", deletions: 10), 1_000, false),
            (Self.tenant("acme", deletions: 11), 1_000, true),
            (Self.tenant("acme", deletions: 4), 20, true),
            (Self.tenant("acme", deletions: 3), 20, false),
            (Self.tenant("acme", updates: 10), 20, false),
            (Self.tenant("acme", updates: 11), 20, true),
            (Self.tenant("acme", updates: 9), 9, false),
        ]
        for (tenant, managed, isRefused) in tables {
            let admission = Self.judge(Self.plan([tenant]), rules, managed: managed)
            #expect(admission.isRefused == isRefused, "\(tenant.steps.count) of \(managed)")
        }
    }

    private static let ofOneTenant: [(share: Double?, live: Int, most: Int)] = [
        (0.5, 7, 3), (0.5, 3, 1), (0.5, 1, 0), (0.1, 9, 0), (1, 4, 4),
        // The default is a half and at least three.
        (nil, 7, 3), (nil, 8, 4), (nil, 5, 3), (nil, 12, 6),
    ]

    @Test("bounds the deletions of a tenant of any size", arguments: ofOneTenant)
    func smallTenants(_ given: (share: Double?, live: Int, most: Int)) {
        var limits = ChangeLimits()
        limits.deletions = ChangeLimit(count: 100)
        limits.perTenant = TenantChangeLimits()
        limits.perTenant?.deletions = given.share.map { ChangeLimit(share: $0) }
        let rules = SafetyRules(limits: limits, freeze: nil, timezone: .utc)
        for deletions in 1...given.live {
            let plan = Self.plan([Self.tenant("acme", deletions: deletions)])
            let admission = Self.judge(plan, rules, managed: 500, byTenant: ["acme": given.live])
            #expect(admission.isRefused == (deletions > given.most), "\(deletions)")
        }
    }

    @Test("counts a retirement and a purge as one deletion, and not against the tenant's share")
    func wholeTenants() {
        let rules = Self.rules(
            deletions: ChangeLimit(count: 1),
            perTenant: ChangeLimit(share: 0.1)
        )
        for tenant in [Self.retired("acme"), Self.purged("acme", resources: 12)] {
            #expect(!Self.judge(Self.plan([tenant]), rules, managed: 100).isRefused)
            let two = Self.plan([tenant, Self.retired("birch")])
            #expect(Self.judge(two, rules, managed: 100).isRefused)
        }
    }

    @Test("holds a replacement against deletions and putting back against updates")
    func sorts() {
        let none = ChangeLimit(count: 0)
        let replaced = Self.plan([Self.tenant("acme", [Self.step("acme", "a", .replace)])])
        #expect(Self.judge(replaced, Self.rules(deletions: none), managed: 5).isRefused)
        #expect(!Self.judge(replaced, Self.rules(updates: none), managed: 5).isRefused)
        for action in [Step.Action.update, .create] {
            let healed = Self.plan([Self.tenant("acme", [Self.step("acme", "a", action, .drifted)])]
            )
            #expect(Self.judge(healed, Self.rules(updates: none), managed: 5).isRefused)
        }
        let created = Self.plan([Self.tenant("acme", [Self.step("acme", "a", .create, .added)])])
        #expect(!Self.judge(created, Self.rules(updates: none), managed: 5).isRefused)
    }

    @Test("refuses the whole plan for one tenant beyond its own limit, and names it")
    func oneTenant() throws {
        let plan = Self.plan([Self.tenant("acme", deletions: 7), Self.tenant("birch", updates: 1)])
        let rules = Self.rules(perTenant: ChangeLimit(share: 0.5))
        let admission = Self.judge(plan, rules, managed: 500, byTenant: ["acme": 12, "birch": 12])
        #expect(admission.plan.isEmpty)
        let refusal = try #require(admission.refusals.first)
        #expect(
            refusal.description
                == "acme: 7 deletions, but at most 6 are allowed (50% of 12 live resources, "
                + "`limits.perTenant.deletions` of fleet.yaml); if the plan is what you want, "
                + "apply it with --allow-deletions 7"
        )
    }

    @Test("holds the tenants that leave against all tenants, by default too")
    func departures() throws {
        let names = ["acme", "birch", "cedar", "dogwood", "elm", "fir", "gum"]
        let live = Dictionary(uniqueKeysWithValues: names.map { ($0, 9) })
        let standard = SafetyRules(limits: nil, freeze: [], timezone: .utc)
        let few = Self.plan(names.prefix(3).map(Self.retired))
        #expect(!Self.judge(few, standard, managed: 63, byTenant: live).isRefused)
        let many = Self.plan(names.prefix(6).map(Self.retired))
        let refusal = try #require(
            Self.judge(many, standard, managed: 63, byTenant: live).refusals.first
        )
        #expect(
            refusal.message
                == "6 deletions of whole tenants, but at most 3 are allowed (10% of 7 live tenants, "
                + "but at least 3, the default of `limits.deletions`)"
        )
        #expect(refusal.flag == "--allow-deletions 6")
        let allowed = Allowances(deletions: 6)
        #expect(!Self.judge(many, standard, managed: 63, allowed, byTenant: live).isRefused)
    }

    @Test("lets one tenant leave a small fleet whatever share is set")
    func departure() {
        let rules = Self.rules(deletions: ChangeLimit(share: 0.1))
        let live = ["acme": 20, "birch": 20]
        #expect(
            !Self.judge(Self.plan([Self.retired("acme")]), rules, managed: 40, byTenant: live)
                .isRefused
        )
    }

    // MARK: Emptiness

    @Test("refuses an empty source and a store that looks emptied, unless that is allowed")
    func emptiness() {
        let plan = Self.plan([Self.retired("acme")])
        let rules = Self.rules()
        let live = ["acme": 12]
        for (declared, clients, count) in [(0, 1, 1), (1, 0, 1), (0, 0, 2), (1, 1, 0)] {
            for empty in [false, true] {
                let admission = Admission.judge(
                    plan,
                    by: rules,
                    census: LiveCensus(managed: 12, byTenant: live, clients: clients),
                    declaredTenants: declared,
                    allowances: Allowances(empty: empty),
                    now: Self.now
                )
                #expect(admission.refusals.count == (empty ? 0 : count))
            }
        }
        let saved = Admission.judge(
            plan,
            by: rules,
            census: LiveCensus(managed: 12, byTenant: live, clients: 0),
            declaredTenants: nil,
            now: Self.now
        )
        #expect(saved.refusals == [.implausibleStore(managed: 12)])
    }

    // MARK: Support

    static func rules(
        deletions: ChangeLimit = ChangeLimit(),
        updates: ChangeLimit = ChangeLimit(),
        perTenant: ChangeLimit = ChangeLimit(),
        freeze: [FreezeWindow] = [],
        timezone: TimeZoneName = .utc
    ) -> SafetyRules {
        var limits = ChangeLimits()
        limits.deletions = deletions
        limits.updates = updates
        limits.perTenant = TenantChangeLimits()
        limits.perTenant?.deletions = perTenant
        return SafetyRules(limits: limits, freeze: freeze, timezone: timezone)
    }

    static func judge(
        _ plan: Plan,
        _ rules: SafetyRules,
        managed: Int,
        _ allowances: Allowances = .none,
        byTenant: [String: Int] = [:],
        now: Instant = now
    ) -> Admission {
        Admission.judge(
            plan,
            by: rules,
            census: LiveCensus(managed: managed, byTenant: byTenant, clients: 1),
            declaredTenants: 1,
            allowances: allowances,
            now: now
        )
    }

    static func plan(_ tenants: [TenantPlan]) -> Plan {
        let none = Planner(fleet: RandomFleet.settings, revision: "main@sha1:1", now: now)
            .plan(reviews: [], tenantCount: 0)
        return Plan(
            fleet: none.fleet,
            revision: none.revision,
            plannedAt: now,
            tenants: tenants,
            impact: none.impact
        )
    }

    static func tenant(_ name: String, deletions: Int = 0, updates: Int = 0) -> TenantPlan {
        tenant(
            name,
            (0..<updates).map { step(name, "u\($0)", .update, .changed) }
                + (0..<deletions).map { step(name, "d\($0)", .delete) }
        )
    }

    static func tenant(_ name: String, _ steps: [Step]) -> TenantPlan {
        TenantPlan(tenant: name, steps: steps)
    }

    private static func retired(_ name: String) -> TenantPlan {
        tenant(name, [step(name, name, .retire, kind: .tenant)])
    }

    private static func purged(_ name: String, resources: Int) -> TenantPlan {
        tenant(
            name,
            tenant(name, deletions: resources).steps + [step(name, name, .delete, kind: .tenant)]
        )
    }

    static func step(
        _ tenant: String,
        _ name: String,
        _ action: Step.Action,
        _ reason: Step.Reason = .removed,
        kind: Kind = .prompt
    ) -> Step {
        Step(
            address: ResourceAddress(tenant: tenant, kind: kind, name: name),
            action: action,
            reason: reason,
            before: action == .create ? nil : CanonicalJSON(["a": 1]),
            after: action == .delete ? nil : CanonicalJSON(["a": 2])
        )
    }
}
