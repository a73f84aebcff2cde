import ClaraModel
import Planning

extension Reconciliation {
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

extension FleetSettings {
    /// What a loop does about drift.
    var driftMode: LoopSettings.DriftMode { spec.loop?.drift ?? .report }
}
