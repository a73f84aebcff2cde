import LiveSystem
import Planning

/// What an operation has done, as events: one for the fleet, and one for each tenant as long as
/// people can read them.
struct OperationEvents {
    private let plan: Plan
    private let order: ApplyOrder
    private let report: ApplyReport
    private let actor: String

    /// As many tenants of one operation have an event of their own. Beyond it, as with the first
    /// apply of a fleet, the journal tells of each, and the events of the rest of the day stay in
    /// sight.
    static let tenants = 100

    /// - Parameter actor: in whose name it was done.
    init(_ plan: Plan, _ order: ApplyOrder, _ report: ApplyReport, by actor: String) {
        self.plan = plan
        self.order = order
        self.report = report
        self.actor = actor
    }

    /// The events; none where nothing was to be done.
    var notes: [EventNote] {
        if report.outcomes.isEmpty { return [] }
        return fleet + done.prefix(Self.tenants) + undone.prefix(Self.tenants)
    }

    /// An order about one object is told with its tenant alone.
    private var fleet: [EventNote] {
        switch order.kind {
        case .override, .restore: []
        case .apply, .heal, .rollback:
            [
                note(
                    nil,
                    report.undone.isEmpty ? .normal : .warning,
                    order.kind.word,
                    "\(report) By \(actor)."
                )
            ]
        }
    }

    /// What nobody expects of an everyday apply comes first.
    private var done: [EventNote] {
        let names = Set(report.outcomes.filter { $0.outcome == .done }.map(\.tenant))
        let deeds = plan.tenants.filter { names.contains($0.tenant) }.map { tenant in
            (tenant: tenant.tenant, deed: Deed.of(tenant, order))
        }
        let ordered = deeds.filter(\.deed.isRare) + deeds.filter { !$0.deed.isRare }
        return ordered.map { note($0.tenant, .normal, $0.deed.word, $0.deed.message) }
    }

    private var undone: [EventNote] {
        report.undone.map { note($0.tenant, .warning, .notApplied, $0.outcome.obstacle ?? "") }
    }

    private func note(
        _ tenant: String?,
        _ type: EventNote.Kind,
        _ reason: Reason,
        _ message: String
    ) -> EventNote {
        EventNote(
            tenant: tenant,
            type: type,
            reason: reason.rawValue,
            message: message,
            revision: plan.revision
        )
    }
}

/// What was done to a tenant.
private struct Deed {
    /// As one word for programs.
    let word: Reason
    /// For people.
    let message: String
    /// Whether it is more than what a commit changed.
    var isRare = true

    /// So many resources are named.
    private static let named = 3

    static func of(_ tenant: TenantPlan, _ order: ApplyOrder) -> Deed {
        let client = tenant.steps.first { $0.address.kind == .tenant }
        let (drifted, ended) = (tenant.steps.filter(\.isDrifted), tenant.overrides.ended)
        return switch (order.kind, client?.action, client?.reason) {
        case (.override, _, _):
            Deed(word: ended.isEmpty ? .overridden : .overrideEnded, message: order.note ?? "")
        case (_, .retire, _):
            Deed(word: .retired, message: "it is no longer in git; it is paused and kept for now")
        case (_, .delete, _):
            Deed(word: .purged, message: "its retention is over; nothing of it is kept")
        case (_, _, .restored):
            Deed(word: .restored, message: order.note ?? "its folder is back")
        default:
            if !drifted.isEmpty {
                Deed(word: .healed, message: "put back: \(names(drifted))")
            } else if !ended.isEmpty {
                Deed(word: .overrideEnded, message: "git's values are back")
            } else {
                Deed(word: order.kind.word, message: counts(tenant), isRare: false)
            }
        }
    }

    private static func names(_ steps: [Step]) -> String {
        let rest = steps.count - named
        return steps.prefix(named).map(\.address.description).joined(separator: ", ")
            + (rest > 0 ? " and \(rest) more" : "")
    }

    private static func counts(_ tenant: TenantPlan) -> String {
        let summary = PlanSummary([tenant])
        return "\(summary.additions) added, \(summary.changes) changed, "
            + "\(summary.deletions) destroyed"
    }
}

extension Operation.Kind {
    fileprivate var word: Reason {
        switch self {
        case .apply: .applied
        case .heal: .healed
        case .rollback: .rolledBack
        case .override: .overridden
        case .restore: .restored
        }
    }
}
