import Applying
import ClaraModel
import LiveSystem
import Planning

/// What is to be known of a fleet beside what was applied: who is blocked, what drifted, what was
/// refused. A loop tells of it when it changes, and not in every turn.
struct LoopSituation: Sendable, Hashable {
    /// Why nothing of the plan was applied.
    private(set) var refusals: [String] = []
    /// The tenants that are not as git says, because of an error, a freeze or a protection.
    private var left: Set<String> = []
    private var tenants: [String: [Remark]] = [:]
    private var fleet: [Remark] = []

    /// One thing to be known.
    struct Remark: Sendable, Hashable {
        let type: EventNote.Kind
        let reason: Reason
        let message: String
    }

    /// Why there is no plan.
    init(failure: ReconcileError) { add(failure) }

    /// Why the head of the branch is not followed.
    mutating func add(_ failure: ReconcileError) {
        let reason: Reason =
            switch failure {
            case .source: .sourceUnavailable
            case .store: .storeFailed
            case .brokenFleet, .notAFleet: .brokenRevision
            case .noTenants: .emptySource
            case .unknownTargets, .savedPlan: .failed
            }
        let remark = Remark(type: .warning, reason: reason, message: "\(failure)")
        if !fleet.contains(remark) { fleet.append(remark) }
    }

    /// That looking at what moved has missed something.
    mutating func add(missed difference: String) {
        let message = "a look at everything has found more than the turns before: \(difference)"
        fleet.append(Remark(type: .warning, reason: .movementMissed, message: message))
    }

    /// Why the fleet stays where it is.
    init(_ objection: CourseObjection) {
        let reason: Reason =
            switch objection {
            case .pinned: .pinned
            case .backwards: .backwards
            case .unknownHistory: .unknownHistory
            }
        refusals = ["\(objection)"]
        fleet = [Remark(type: .warning, reason: reason, message: "\(objection)")]
    }

    /// What a pass has found and a turn has chosen.
    init(_ report: PlanReport, _ choice: LoopChoice) {
        let denials = report.policies.filter { $0.enforcement == .deny }.map {
            "\($0.address.map { "\($0): " } ?? "")\($0.message) (policy \($0.policy))"
        }
        refusals = (report.admission?.refusals.map(\.description) ?? []) + denials
        fleet = refusals.map { Remark(type: .warning, reason: .refused, message: $0) }
        for tenant in report.plan.tenants { add(tenant) }
        for frozen in report.admission?.frozen ?? [] {
            let why = frozen.reason.map { ": \($0)" } ?? ""
            add(.frozen, .normal, "frozen until \(frozen.until)\(why)", to: frozen.tenant)
        }
        for drift in choice.left { add(drift) }
        for (tenant, until) in choice.waiting {
            add(.backingOff, .warning, "failed; tried again after \(until)", to: tenant)
        }
        left = Set(
            report.plan.tenants.filter { $0.blocked != nil || !$0.withheld.isEmpty }.map(\.tenant)
                + (report.admission?.frozen ?? []).map(\.tenant) + choice.waiting.map(\.key)
        )
    }

    private mutating func add(_ tenant: TenantPlan) {
        if let blocked = tenant.blocked {
            add(.blocked, .warning, blocked.sentence, to: tenant.tenant)
        }
        for withheld in tenant.withheld {
            add(
                .protected,
                .normal,
                "\(withheld.step.address) stays: \(withheld.protection.reason)",
                to: tenant.tenant
            )
        }
        for held in tenant.held {
            add(
                .overridden,
                .normal,
                "\(held.address) is overridden until \(held.until): \(held.reason)",
                to: tenant.tenant
            )
        }
    }

    private mutating func add(_ drift: LoopChoice.LeftDrift) {
        switch drift.reason {
        case .reported:
            add(
                .drifted,
                .warning,
                "\(drift.address) was \(drift.isGone ? "deleted" : "changed") by hand",
                to: drift.address.tenant
            )
        case .truce(let until):
            add(
                .fighting,
                .warning,
                "\(drift.address) is changed again and again; it is left alone until \(until)",
                to: drift.address.tenant
            )
        }
    }

    private mutating func add(
        _ reason: Reason,
        _ type: EventNote.Kind,
        _ message: String,
        to tenant: String
    ) {
        tenants[tenant, default: []].append(Remark(type: type, reason: reason, message: message))
    }
}

extension LoopSituation {
    /// What is new in it, as events; the apply itself notes what it has done.
    func events(beside noted: NotedSituation, revision: String) -> [EventNote] {
        let subjects: [String?] = [nil] + tenants.keys.sorted()
        return subjects.flatMap { tenant in
            remarks(of: tenant).filter { noted.isNews($0, of: tenant) }
                .map { $0.event(of: tenant, revision) }
        }
    }

    /// What is to be known of a tenant, or of the fleet.
    func remarks(of tenant: String?) -> [Remark] {
        tenant.map { tenants[$0] ?? [] } ?? fleet
    }

    /// How things stand while nothing moves.
    var end: LoopEnd {
        if !refusals.isEmpty { return .refused(refusals.joined(separator: "; ")) }
        if left.isEmpty { return .done }
        return .partial("left as they were: \(left.sorted().joined(separator: ", "))")
    }

    /// Whether there is nothing to tell.
    var isQuiet: Bool { fleet.isEmpty && tenants.isEmpty }

    /// The conditions of tenants in which drift stays. Those of blocked tenants, and of tenants
    /// that were applied, come with the apply.
    func conditions(at now: Instant, revision: String) -> [String: [Condition]] {
        tenants.compactMapValues { remarks in
            let drift = remarks.filter { $0.reason.isDrift }
            guard let first = drift.first else { return nil }
            return [
                Condition(
                    type: .drifted,
                    status: .yes,
                    reason: first.reason.rawValue,
                    message: drift.map(\.message).joined(separator: "; "),
                    lastTransitionTime: now,
                    observedRevision: revision
                )
            ]
        }
    }
}

extension LoopSituation.Remark {
    fileprivate func event(of tenant: String?, _ revision: String) -> EventNote {
        EventNote(
            tenant: tenant,
            type: type,
            reason: reason.rawValue,
            message: message,
            revision: revision
        )
    }
}

/// What was told of already.
struct NotedSituation: Sendable {
    private var last: LoopSituation?

    /// Whether a situation differs from the last one that was told.
    func isNews(_ situation: LoopSituation) -> Bool {
        last.map { $0 != situation } ?? !situation.isQuiet
    }

    /// Whether a remark was not in it.
    func isNews(_ remark: LoopSituation.Remark, of tenant: String?) -> Bool {
        !(last?.remarks(of: tenant).contains(remark) ?? false)
    }

    /// How things stand after a turn: it tells of what is new, and what was told before may stand
    /// all the same.
    func end(after turn: LoopTurn) -> LoopEnd {
        let standing = last?.end ?? .done
        return switch turn {
        case .refused(let why): .refused(why)
        case .failed(let why): .failed(why)
        case .applied(let report) where report.isPartial && standing == .done: .partial("\(report)")
        case .applied, .idle: standing
        }
    }

    /// Takes note that a situation was told.
    mutating func take(_ situation: LoopSituation) { last = situation }
}
