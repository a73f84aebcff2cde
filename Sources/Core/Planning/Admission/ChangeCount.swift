import ClaraModel

/// A tenant's plan in the numbers that limits are held against.
///
/// - A deletion takes a live row away. A replacement is one, and not an update too: it is held
///   against the stricter limit, once. A mark whose row is gone already is none.
/// - A retirement or a purge is one deletion whatever the tenant holds: it is one decision, and the
///   share of its own tenant says nothing about it. It is held against the fleet's tenants, too.
/// - An update changes a live row. Putting back what somebody changed or deleted by hand is one,
///   since a wrong reading of live state shows as just that; noting a row that is as git says
///   already is none.
struct ChangeCount: Equatable {
    var deletions = 0
    var updates = 0
    /// Deletions held against the tenant's own limit.
    var deletionsWithin = 0
    /// Whether the tenant leaves, as one deletion of a tenant.
    var departures = 0

    init(_ plan: TenantPlan) {
        updates = plan.steps.count(where: \.isUpdate)
        let gone = plan.steps.count(where: \.takesRowAway)
        let goesWhole = plan.steps.contains { $0.removesTenant || $0.action == .retire }
        deletions = goesWhole ? 1 : gone
        deletionsWithin = goesWhole ? 0 : gone
        departures = goesWhole ? 1 : 0
    }

    func count(_ change: Refusal.Change, within scope: ScopedBound.Scope) -> Int {
        switch (change, scope) {
        case (.updates, _): updates
        case (.deletions, .fleet): deletions
        case (.deletions, .tenant): deletionsWithin
        case (.deletions, .tenants): departures
        }
    }
}

extension Step {
    fileprivate var takesRowAway: Bool {
        before != nil && (action == .delete || action == .replace)
    }

    fileprivate var isUpdate: Bool {
        switch action {
        case .update: before != after || reason == .drifted
        case .create: reason == .drifted
        case .delete, .replace, .retire: false
        }
    }
}
