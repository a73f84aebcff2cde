import ClaraModel

/// A plan in numbers.
public struct PlanSummary: Sendable, Hashable {
    /// Resources that appear.
    public var additions = 0
    /// Resources that change, or are taken over.
    public var changes = 0
    /// Resources that go; a tenant that is retired is one of them, as it goes with its retention.
    public var deletions = 0
    /// Resources that somebody changed behind git's back.
    public var drifted = 0
    /// Tenants that are left alone, such as for errors.
    public var blocked = 0
    /// Live rows that no fleet manages.
    public var unmanaged = 0
    /// Steps that a protection forbids.
    public var withheld = 0
    /// Overrides that stand.
    public var held = 0

    /// Counts the steps of tenants.
    public init(_ tenants: [TenantPlan]) {
        for tenant in tenants {
            if tenant.blocked != nil { blocked += 1 }
            unmanaged += tenant.unmanaged.count
            withheld += tenant.withheld.count
            held += tenant.held.count
            drifted += tenant.driftedSteps.count
            for step in tenant.steps { count(step) }
        }
    }

    private mutating func count(_ step: Step) {
        if step.reason == .drifted { return }
        switch step.action {
        case .create: additions += 1
        case .update: changes += 1
        case .delete, .retire: deletions += 1
        case .replace:
            additions += 1
            deletions += 1
        }
    }
}

extension PlanSummary: CustomStringConvertible {
    /// `Plan: 3 to add, 2 to change, 1 to destroy; 1 drifted; 1 blocked.`
    public var description: String {
        let actions = "\(additions) to add, \(changes) to change, \(deletions) to destroy"
        return "Plan: \(([actions] + notices).joined(separator: "; "))."
    }

    /// `3 to add, 1 drifted`: only what there is.
    var brief: String {
        let actions = [(additions, "to add"), (changes, "to change"), (deletions, "to destroy")]
            .filter { $0.0 > 0 }.map { "\(Quantity.grouped($0.0)) \($0.1)" }
        return (actions + notices).joined(separator: ", ")
    }

    /// What keeps live state from being what git says although nothing changes; nil where nothing
    /// does.
    var exception: String? {
        if blocked > 0 { return "blocked tenants" }
        return withheld + held > 0 ? "what is protected or overridden" : nil
    }

    /// `1 drifted`, `1 blocked`, `2 unmanaged`: what else was found.
    var notices: [String] {
        [
            (drifted, "drifted"), (blocked, "blocked"), (unmanaged, "unmanaged"),
            (withheld, "withheld"), (held, "held"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    }
}

extension Step {
    /// Whether the tenant itself goes.
    var removesTenant: Bool { address.kind == .tenant && action == .delete }

    /// Whether somebody else changed the live row since the last apply, so that it is not what git
    /// says either: who changes a row by hand and then says the same in git has caught up.
    public var isDrifted: Bool {
        switch reason {
        case .drifted, .conflict: true
        case .removed: before != nil && !drift.isEmpty
        case .added, .changed: !drift.isEmpty
        case .adopted, .restored, .overridden, .overrideEnded: false
        }
    }
}
