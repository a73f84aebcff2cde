import ClaraModel
import LiveSystem
import Planning

/// What became of a plan.
public struct ApplyReport: Sendable {
    /// What it is called in the journal; nil where there was nothing to note.
    public let operation: OperationID?
    /// The outcome of every tenant that had steps, in the plan's order.
    public let outcomes: [TenantOutcome]
    /// The tenants that were not begun, because a stop was asked for.
    public let skipped: [String]
    /// The tenants that were left alone because they are blocked.
    public let blocked: [String]
    /// Why what follows the steps (notes, conditions, slots to roll forward) is not done; the next
    /// apply does it.
    public let lateFailure: StoreError?
    /// The tenants of which a protection kept something.
    public let withheld: [String]
    /// Steps that are durable, by action.
    public let summary: PlanSummary

    init(
        plan: Plan,
        operation: OperationID?,
        outcomes: [TenantOutcome],
        skipped: [String],
        lateFailure: StoreError?
    ) {
        self.operation = operation
        self.lateFailure = lateFailure
        self.outcomes = outcomes
        self.skipped = skipped
        withheld = plan.tenants.filter { !$0.withheld.isEmpty }.map(\.tenant)
        blocked = plan.tenants.filter { $0.blocked != nil }.map(\.tenant)
        let done = Set(outcomes.filter { $0.outcome == .done }.map(\.tenant))
        summary = PlanSummary(plan.tenants.filter { done.contains($0.tenant) })
    }

    /// The tenants whose steps are not done, with the reason.
    public var undone: [TenantOutcome] { outcomes.filter { $0.outcome != .done } }
    /// Whether some of the fleet was left as it was.
    public var isPartial: Bool {
        !undone.isEmpty || !blocked.isEmpty || !withheld.isEmpty || !skipped.isEmpty
            || lateFailure != nil
    }
}

extension ApplyReport: CustomStringConvertible {
    /// `Applied: 3 added, 2 changed, 1 destroyed; 1 corrected; 1 failed; 1 blocked.`
    public var description: String {
        let actions =
            "\(summary.additions) added, \(summary.changes) changed, \(summary.deletions) destroyed"
        let notices: [(count: Int, what: String)] = [
            (summary.drifted, "corrected"), (undone.count, "not done"),
            (skipped.count, "not begun"), (blocked.count, "blocked"), (withheld.count, "withheld"),
        ]
        let parts = [actions] + notices.filter { $0.count > 0 }.map { "\($0.count) \($0.what)" }
        return "Applied: \(parts.joined(separator: "; "))."
    }
}
