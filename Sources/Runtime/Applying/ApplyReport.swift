import ClaraModel
import LiveSystem
import Planning

/// What became of a plan.
public struct ApplyReport: Sendable {
    /// The outcome of every tenant that had steps, in the plan's order.
    public let outcomes: [TenantOutcome]
    /// The tenants that were left alone because they are blocked.
    public let blocked: [String]
    /// Why what follows the steps (notes, conditions, slots to roll forward) is not done; the next
    /// apply does it.
    public let lateFailure: StoreError?
    /// Steps that are durable, by action.
    public let summary: PlanSummary

    init(plan: Plan, outcomes: [TenantOutcome], lateFailure: StoreError?) {
        self.lateFailure = lateFailure
        self.outcomes = outcomes
        blocked = plan.tenants.filter { $0.blocked != nil }.map(\.tenant)
        let done = Set(outcomes.filter { $0.outcome == .done }.map(\.tenant))
        summary = PlanSummary(plan.tenants.filter { done.contains($0.tenant) })
    }

    /// The tenants whose steps are not done, with the reason.
    public var undone: [TenantOutcome] { outcomes.filter { $0.outcome != .done } }
    /// Whether some of the fleet was left as it was.
    public var isPartial: Bool { !undone.isEmpty || !blocked.isEmpty || lateFailure != nil }
}

extension ApplyReport: CustomStringConvertible {
    /// `Applied: 3 added, 2 changed, 1 destroyed; 1 corrected; 1 failed; 1 blocked.`
    public var description: String {
        let parts =
            [
                "\(summary.additions) added, \(summary.changes) changed, \(summary.deletions) destroyed"
            ]
            + [
                (summary.drifted, "corrected"), (undone.count, "not done"),
                (blocked.count, "blocked"),
            ]
            .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return "Applied: \(parts.joined(separator: "; "))."
    }
}
