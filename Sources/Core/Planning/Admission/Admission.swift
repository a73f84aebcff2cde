import ClaraModel

/// What of a plan may be applied, and why not the rest.
public struct Admission: Sendable {
    /// What may be applied now; it has no tenants where the plan is refused.
    public let plan: Plan
    /// Why nothing may be applied.
    public let refusals: [Refusal]
    /// The tenants that are left as they are until their freeze ends, sorted by name.
    public let frozen: [FrozenTenant]

    /// Whether nothing may be applied.
    public var isRefused: Bool { !refusals.isEmpty }

    /// Describes a judgement.
    public init(plan: Plan, refusals: [Refusal], frozen: [FrozenTenant]) {
        self.plan = plan
        self.refusals = refusals
        self.frozen = frozen
    }

    /// The same, refused for one more reason.
    public func refused(because refusal: Refusal) -> Admission {
        Admission(plan: plan.restricted(to: []), refusals: refusals + [refusal], frozen: frozen)
    }

    /// Holds a plan against a fleet's rules.
    ///
    /// Freezes come first: what they hold back counts against no limit. One tenant beyond its own
    /// limit refuses the whole plan, as what emptied one folder may have touched others.
    ///
    /// - Parameters:
    ///   - declaredTenants: how many tenants git declares, broken ones included; nil where git is
    ///     not at hand, as when a saved plan is applied.
    ///   - now: the moment of applying.
    public static func judge(
        _ plan: Plan,
        by rules: SafetyRules,
        census: LiveCensus,
        declaredTenants: Int?,
        allowances: Allowances = .none,
        now: Instant
    ) -> Admission {
        let thaw = Thaw(plan, rules.freezes.at(now))
        let refusals =
            thaw.refusals
            + emptiness(plan, census, declaredTenants, allowances)
            + LimitCheck(rules: rules, census: census, allowances: allowances).refusals(thaw.free)
        let tenants = refusals.isEmpty ? thaw.free : []
        return Admission(
            plan: plan.restricted(to: tenants),
            refusals: refusals,
            frozen: thaw.frozen
        )
    }

    private static func emptiness(
        _ plan: Plan,
        _ census: LiveCensus,
        _ declaredTenants: Int?,
        _ allowances: Allowances
    ) -> [Refusal] {
        if allowances.empty || plan.isEmpty { return [] }
        var refusals: [Refusal] = []
        let takesAway = plan.steps.contains { $0.action == .retire || $0.action == .delete }
        if declaredTenants == 0, takesAway, census.tenants > 0 {
            refusals.append(.emptySource(live: census.tenants))
        }
        if census.clients == 0, census.managed >= SafetyRules.fewestForShare {
            refusals.append(.implausibleStore(managed: census.managed))
        }
        return refusals
    }
}

/// A tenant that an apply leaves as it is, or only pauses, until its freeze ends.
public struct FrozenTenant: Sendable, Hashable {
    /// Its name.
    public let tenant: String
    /// When it is free again.
    public let until: Instant
    /// Why, in the words of `fleet.yaml`.
    public let reason: String?

    /// Describes a frozen tenant.
    public init(tenant: String, until: Instant, reason: String?) {
        self.tenant = tenant
        self.until = until
        self.reason = reason
    }
}

/// A plan's tenants, parted by whether they are frozen.
private struct Thaw {
    /// What may be done to tenants; of a frozen one, pausing it where that is allowed.
    private(set) var free: [TenantPlan] = []
    private(set) var frozen: [FrozenTenant] = []
    /// Why nothing may be applied, where every tenant that the plan changes is frozen.
    var refusals: [Refusal] {
        guard free.allSatisfy(\.isEmpty), let first = frozen.min(by: { $0.until < $1.until }) else {
            return []
        }
        return [.frozen(until: first.until, reason: first.reason)]
    }

    init(_ plan: Plan, _ freezes: FreezesAtMoment) {
        var freezes = freezes
        for tenant in plan.tenants {
            guard !tenant.isEmpty, let freeze = freezes.standing(of: tenant.tenant) else {
                free.append(tenant)
                continue
            }
            let pauses = freeze.allowsPause ? tenant.steps.filter(\.onlyPauses) : []
            if !pauses.isEmpty { free.append(TenantPlan(tenant: tenant.tenant, steps: pauses)) }
            if pauses.count == tenant.steps.count, tenant.overrides.isEmpty { continue }
            frozen.append(
                FrozenTenant(tenant: tenant.tenant, until: freeze.until, reason: freeze.reason)
            )
        }
    }
}

/// Holds counts against limits.
private struct LimitCheck {
    let rules: SafetyRules
    let census: LiveCensus
    let allowances: Allowances

    func refusals(_ tenants: [TenantPlan]) -> [Refusal] {
        let counts = tenants.map { ($0.tenant, ChangeCount($0)) }
        return rules.bounds.flatMap { bound -> [Refusal] in
            let total = counts.reduce(0) { $0 + $1.1.count(bound.change, within: .fleet) }
            switch bound.scope {
            case .fleet:
                return [excess(bound, total, of: census.managed, tenant: nil, total)]
                    .compactMap(\.self)
            case .tenants:
                let leaving = counts.reduce(0) { $0 + $1.1.count(bound.change, within: .tenants) }
                return [excess(bound, leaving, of: census.tenants, tenant: nil, total)]
                    .compactMap(\.self)
            case .tenant:
                return counts.compactMap { tenant, count in
                    let found = count.count(bound.change, within: .tenant)
                    let live = census.byTenant[tenant] ?? 0
                    return excess(bound, found, of: live, tenant: tenant, total)
                }
            }
        }
    }

    /// - Parameter total: what the flag has to allow, so that one flag lets the whole plan through.
    private func excess(
        _ bound: ScopedBound,
        _ found: Int,
        of live: Int,
        tenant: String?,
        _ total: Int
    ) -> Refusal? {
        if let allowed = allowances.count(of: bound.change), found <= allowed { return nil }
        guard let allowance = bound.allowance(of: live), found > allowance.count else { return nil }
        return .tooMany(
            Refusal.Excess(
                change: bound.change,
                tenant: tenant,
                unit: bound.scope == .tenants ? .tenant : .resource,
                found: found,
                allowed: allowance.count,
                live: live,
                rule: allowance.rule,
                field: bound.field,
                isDefault: bound.isDefault,
                flag: "--allow-\(bound.change.rawValue) \(total)"
            )
        )
    }
}

extension Step {
    /// Whether pausing its tenant is all that the step does.
    fileprivate var onlyPauses: Bool {
        guard address.kind == .tenant, action == .update, changes.count == 1,
            let change = changes.first
        else { return false }
        return change.path.components == [.member("state")]
            && change.after == .string(TenantSpec.State.paused.rawValue)
    }
}

extension Plan {
    /// The plan of some of its tenants, or of parts of them. It covers the fleet only if it has all
    /// of them, and all of their steps.
    public func restricted(to tenants: [TenantPlan]) -> Plan {
        Plan(
            fleet: fleet,
            revision: revision,
            plannedAt: plannedAt,
            tenants: tenants,
            tenantCount: tenantCount,
            coversFleet: coversFleet
                && tenants.map(\.steps.count) == self.tenants.map(\.steps.count),
            impact: impact.restricted(to: Set(tenants.map(\.tenant)))
        )
    }
}
