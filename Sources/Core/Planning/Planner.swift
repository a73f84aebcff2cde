import ClaraModel
import Diffing
import Scheduling

/// Decides what to do so that live state becomes what git says.
///
/// It is a function of its arguments: the same states at the same moment give the same plan.
public struct Planner: Sendable {
    private let fleet: FleetSettings
    private let revision: String
    private let now: Instant
    private let targets: TargetSelection

    /// - Parameters:
    ///   - fleet: the fleet that will own what is applied.
    ///   - revision: the revision of git's state, as `main@sha1:…`.
    ///   - now: the moment of planning; slots before it are left alone.
    ///   - targets: which part of the fleet is planned.
    public init(
        fleet: FleetSettings,
        revision: String,
        now: Instant,
        targets: TargetSelection = .all
    ) {
        self.fleet = fleet
        self.revision = revision
        self.now = now
        self.targets = targets
    }

    /// Plans every tenant that either state knows.
    public func plan(desired: DesiredState, live: LiveState) -> Plan {
        let names = Set(desired.tenants.keys).union(live.tenants.keys)
            .filter(targets.mayCover).sorted()
        let window = SlotPlanner.window(from: now, horizon: fleet.horizon)
        var tenants: [TenantPlan] = []
        var forecasts: [TenantForecast] = []
        for name in names {
            let planner = TenantPlanner(
                tenant: name,
                live: live.tenants[name] ?? LiveTenant(),
                fleet: fleet,
                now: now
            )
            let plan = planner.plan(desired.tenants[name]).restricted(to: targets)
            if plan.isWorthMentioning { tenants.append(plan) }
            if !plan.steps.isEmpty, case .resolved(let resources) = desired.tenants[name]?.outcome {
                forecasts.append(TenantForecast(name, resources, plan.steps, in: window))
            }
        }
        return Plan(
            fleet: fleet.name,
            revision: revision,
            plannedAt: now,
            tenants: tenants,
            tenantCount: names.count,
            coversFleet: targets == .all,
            impact: Impact(forecasts, in: window)
        )
    }
}

extension TenantPlan {
    fileprivate var isWorthMentioning: Bool {
        !steps.isEmpty || blocked != nil || !unmanaged.isEmpty || settles != nil
    }

    /// The part of the plan that the targets cover, and what that part depends on.
    fileprivate func restricted(to targets: TargetSelection) -> TenantPlan {
        if targets.covers(tenant) { return self }
        let kept = Dependencies.closure(of: steps) { targets.covers($0.address) }
        return TenantPlan(
            tenant: tenant,
            steps: kept,
            blocked: blocked,
            unmanaged: unmanaged.filter { targets.covers($0) }
        )
    }
}
