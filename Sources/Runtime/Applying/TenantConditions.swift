import ClaraModel
import LiveSystem
import Planning

/// The conditions that an apply leaves with the tenants that it looked at.
struct TenantConditions {
    /// The conditions, by tenant.
    let byTenant: [String: [Condition]]

    init(plan: Plan, outcomes: [TenantOutcome]) {
        let outcomes = Dictionary(outcomes.map { ($0.tenant, $0.outcome) }) { first, _ in first }
        let pairs = plan.tenants.compactMap { tenant in
            Self.situation(of: tenant, outcomes[tenant.tenant]).map { situation in
                (tenant.tenant, situation.conditions(plan))
            }
        }
        byTenant = Dictionary(pairs) { first, _ in first }
    }

    /// The tenants that a person has to look after.
    var stalled: [String] {
        byTenant.filter { _, conditions in
            conditions.contains { $0.type == .stalled && $0.status == .yes }
        }.keys.sorted()
    }

    /// Nil where nothing can be said of the whole tenant: it is gone afterwards, or the plan
    /// covered only a part of it.
    private static func situation(of tenant: TenantPlan, _ outcome: PerformOutcome?) -> Situation? {
        if let blocked = tenant.blocked { return .stalled(.blocked, blocked.sentence) }
        switch outcome {
        case .done, nil: return tenant.settles == nil ? nil : .ready
        case .stale: return .stalled(.stale, outcome?.obstacle ?? "")
        case .failed: return .stalled(.failed, outcome?.obstacle ?? "")
        }
    }
}

private enum Situation {
    case ready
    case stalled(Reason, String)

    func conditions(_ plan: Plan) -> [Condition] {
        switch self {
        case .ready:
            [
                condition(.ready, .yes, .applied, "live is what git says", plan),
                condition(.stalled, .no, .applied, "nothing is in the way", plan),
                condition(.drifted, .no, .applied, "live is as it was applied", plan),
                condition(.reconciling, .no, .applied, "nothing is left to do", plan),
            ]
        case .stalled(let reason, let message):
            [
                condition(.ready, .no, reason, message, plan),
                condition(.stalled, .yes, reason, message, plan),
                condition(.reconciling, .no, reason, message, plan),
            ]
        }
    }

    private func condition(
        _ type: Condition.Kind,
        _ status: Condition.Status,
        _ reason: Reason,
        _ message: String,
        _ plan: Plan
    ) -> Condition {
        Condition(
            type: type,
            status: status,
            reason: reason.rawValue,
            message: message,
            lastTransitionTime: plan.plannedAt,
            observedRevision: plan.revision
        )
    }
}

extension TenantPlan.Blocked {
    /// Why the tenant is left alone, as a sentence without a full stop.
    public var sentence: String {
        switch self {
        case .errors(1): "its folder has an error"
        case .errors(let count): "its folder has \(count) errors"
        case .unmanagedRows(let rows):
            "its folder is gone, but nobody manages \(rows.map(\.description).joined(separator: ", "))"
        case .withoutMark: "its folder is gone, and so is the mark of its own row"
        case .otherFleet(let owner): "the fleet `\(owner)` owns its live rows"
        }
    }
}
