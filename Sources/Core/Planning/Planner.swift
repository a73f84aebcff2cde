import ClaraModel
import Diffing
import Scheduling

/// Decides what to do so that live state becomes what git says.
///
/// It is a function of its arguments: the same states at the same moment give the same plan. A
/// plan is the sum of its tenants' reviews and a review depends on its tenant only, so that whoever
/// keeps the reviews of an earlier moment plans again only the tenants that moved since.
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
        let names = Set(desired.tenants.keys).union(live.tenants.keys).filter(targets.mayCover)
        let reviews = names.sorted().lazy.map { name in
            review(name, desired: desired.tenants[name], live: live.tenants[name] ?? LiveTenant())
        }
        return plan(reviews: reviews, tenantCount: names.count)
    }

    /// Plans one tenant, whatever the rest of the fleet is like.
    ///
    /// - Parameters:
    ///   - desired: what git says of it; nil where its folder is gone.
    ///   - live: what is there of it; an empty one where nothing is.
    public func review(_ name: String, desired: DesiredTenant?, live: LiveTenant) -> TenantReview {
        let planner = TenantPlanner(tenant: name, live: live, fleet: fleet, now: now)
        let plan = planner.plan(desired).restricted(to: targets)
        return TenantReview(
            plan: plan,
            forecast: forecast(plan, desired, live.overrides),
            dueAt: TenantClock(live: live, plan: plan, horizon: fleet.horizon, now: now).dueAt
        )
    }

    /// Gathers reviews into the plan of a fleet.
    ///
    /// - Parameters:
    ///   - reviews: of every tenant, or of those that are noteworthy; in any order.
    ///   - tenantCount: how many tenants were looked at, those in sync included.
    public func plan(reviews: some Sequence<TenantReview>, tenantCount: Int) -> Plan {
        let noteworthy = reviews.filter(\.isNoteworthy).sorted { $0.plan.tenant < $1.plan.tenant }
        return Plan(
            fleet: fleet.name,
            revision: revision,
            plannedAt: now,
            tenants: noteworthy.map(\.plan),
            tenantCount: tenantCount,
            coversFleet: targets == .all,
            impact: Impact(
                noteworthy.compactMap(\.forecast),
                in: SlotPlanner.window(from: now, horizon: fleet.horizon)
            )
        )
    }

    private func forecast(
        _ plan: TenantPlan,
        _ desired: DesiredTenant?,
        _ overrides: [Override]
    ) -> TenantForecast? {
        guard !plan.steps.isEmpty, case .resolved(let declared) = desired?.outcome else {
            return nil
        }
        let resources = OverridesInForce(overrides, on: declared, at: now).resources
        let window = SlotPlanner.window(from: now, horizon: fleet.horizon)
        return TenantForecast(plan.tenant, resources, plan.steps, in: window)
    }
}

extension TenantPlan {
    /// The part of the plan that the targets cover, and what that part depends on.
    fileprivate func restricted(to targets: TargetSelection) -> TenantPlan {
        if targets.covers(tenant) { return self }
        return TenantPlan(
            tenant: tenant,
            steps: Dependencies.closure(of: steps) { targets.covers($0.address) },
            blocked: blocked,
            withheld: withheld.filter { targets.covers($0.step.address) },
            held: held.filter { targets.covers($0.address) },
            retirement: retirement,
            overrides: OverrideChange(
                begun: overrides.begun.filter { targets.covers($0.address) },
                ended: overrides.ended.filter { targets.covers($0.address) }
            ),
            unmanaged: unmanaged.filter { targets.covers($0) }
        )
    }
}
