import Applying
import ClaraModel
import Planning

extension Reconciliation {
    /// The same with what a turn has chosen of its plan.
    func choosing(_ choice: LoopChoice) -> Reconciliation {
        let plan = admitted.restricted(to: choice.tenants)
        return Reconciliation(
            report: PlanReport(
                plan: plan,
                diagnostics: report.diagnostics,
                policies: report.policies
            ),
            upkeep: upkeep,
            settings: settings,
            course: course,
            seen: seen
        )
    }

    /// Whether nothing is to be written.
    var isIdle: Bool {
        let plan = admitted
        return plan.isEmpty && upkeep.extensions.isEmpty && course.overtaken == nil
            && plan.tenants.allSatisfy { $0.settles == nil } && !isUnnoted
    }

    /// Whether a revision that changes nothing has still to be noted as the one that is applied.
    private var isUnnoted: Bool {
        let plan = admitted
        return plan.revision != course.applied && plan.coversFleet
            && plan.tenants.allSatisfy { $0.blocked == nil }
    }
}

extension ReconcileError {
    /// Whether only another commit can mend it.
    var isAboutTheRevision: Bool {
        switch self {
        case .brokenFleet, .notAFleet, .noTenants: true
        case .source(let error): !error.isTransient
        case .store, .unknownTargets, .savedPlan: false
        }
    }
}
