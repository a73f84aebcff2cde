import ClaraModel
import Planning

extension Reconciliation {
    /// What another pass over the same states has found otherwise; nil where both agree.
    ///
    /// - Parameter now: the moment as of which the plans are compared. What one of them found
    ///   earlier may hold slots that have fired since.
    func difference(from other: Reconciliation, at now: Instant) -> String? {
        let (own, its) = (report.plan.asOf(now), other.report.plan.asOf(now))
        if own.digest != its.digest { return "the steps differ" }
        if own.tenants.map(Standing.init) != its.tenants.map(Standing.init) {
            return "other tenants are blocked, held or to be settled"
        }
        if report.admission?.refusals != other.report.admission?.refusals {
            return "the limits and freezes say something else"
        }
        if own.tenantCount != its.tenantCount { return "the number of tenants differs" }
        if upkeep.addresses != other.upkeep.addresses {
            return "other schedules fall short of the horizon"
        }
        return nil
    }
}

/// What is said of a tenant beside its steps.
private struct Standing: Equatable {
    let tenant: String
    let blocked: TenantPlan.Blocked?
    let settles: Digest?
    let unmanaged: [ResourceAddress]
    let withheld: [ResourceAddress]
    let held: [Override]
    let retirement: Retirement?

    init(_ plan: TenantPlan) {
        tenant = plan.tenant
        blocked = plan.blocked
        settles = plan.settles
        unmanaged = plan.unmanaged
        withheld = plan.withheld.map(\.step.address)
        held = plan.held
        retirement = plan.retirement
    }
}

extension Upkeep {
    fileprivate var addresses: [ResourceAddress] { extensions.map(\.address) }
}
