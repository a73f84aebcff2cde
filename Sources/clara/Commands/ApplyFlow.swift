import Applying
import ArgumentParser
import ClaraModel
import LiveSystem
import ManifestLoading
import Planning
import Reconciling

/// The options of a command that carries out a plan.
struct ApplyOptions: ParsableArguments {
    @OptionGroup var allowances: AllowanceOptions
    @OptionGroup var lock: LockOptions

    @Option(help: "text, json or markdown.")
    var format = PlanFormat.text

    @Flag(help: "Apply without asking.")
    var autoApprove = false
}

/// Shows a plan, asks, takes the lock, and carries the plan out: the way of every command that
/// changes what git says into what is live.
struct ApplyFlow {
    let options: ApplyOptions
    /// What the journal calls it.
    let kind: Operation.Kind
    /// Opens the store; a store that is not there yet is made only for writing.
    let store: (LiveStore.Access) async throws -> LiveStore
    /// Decides what to do.
    let plan: @Sendable (LiveStore) async throws -> Reconciliation
    let settings: Settings
    /// Where the fleet is to stay from now on.
    var pin: @Sendable (Reconciliation, LockedStore) -> Pin? = { _, _ in nil }

    func run() async throws {
        let isPartial = try await options.format.reportingFailure {
            let approved = options.autoApprove ? nil : try await approval()
            let locking = try options.lock.locking(try await store(.writing), settings)
            return try await locking.perform { try await apply($0, approved) }
        }
        try (isPartial ? Outcome.partial : .success).end()
    }

    /// Shows the plan and asks.
    ///
    /// - Returns: the digest of what was approved.
    private func approval() async throws -> Digest {
        let reconciliation = try await plan(try await store(.reading))
        let report = reconciliation.report
        try show(report)
        try refuse(reconciliation)
        if !report.plan.isEmpty || kind == .rollback { try ask() }
        return report.plan.digest
    }

    private func ask() throws {
        guard Terminal.isInteractiveInput, Terminal.isInteractiveError else {
            throw CommandFailure.refused(
                "there is no terminal to ask on, so nothing was changed; add --auto-approve"
            )
        }
        guard Terminal.confirm("\nApply these changes?") else {
            throw CommandFailure.refused("nothing was changed")
        }
    }

    /// Plans again, now that nobody else writes, and carries it out.
    ///
    /// - Returns: whether something is left as it was.
    private func apply(_ locked: LockedStore, _ approved: Digest?) async throws -> Bool {
        let reconciliation = try await plan(locked.store)
        let report = reconciliation.report
        if let approved {
            guard approved == report.plan.digest else {
                throw CommandFailure.refused(
                    "what would be done is no longer what was approved: git or live state moved "
                        + "meanwhile; nothing was changed, look at the plan again"
                )
            }
        } else {
            try show(report)
        }
        try refuse(reconciliation)
        let progress = ApplyProgress(
            tenants: report.plan.tenants.count { !$0.isEmpty },
            isInteractive: Terminal.isInteractiveError
        )
        let pin = pin(reconciliation, locked)
        let applied = await ReconcileOnce.apply(
            reconciliation,
            as: kind,
            in: locked,
            pinning: pin,
            faults: try FaultPlan(settings)
        ) { progress.advance($0) }
        progress.finish()
        try show(applied, report.plan)
        if let pin, applied.lateFailure == nil {
            Console.note(
                "The fleet is pinned at \(pin.revision) until a newer commit arrives, or clara unpin."
            )
        } else if let overtaken = reconciliation.course.overtaken {
            _ = try await locked.unpin(overtaken)
        }
        return applied.isPartial || report.isPartial
    }

    /// The plan is a result, but in JSON, where the result is what became of it.
    private func show(_ report: PlanReport) throws {
        switch options.format {
        case .text, .markdown: try Console.result(options.format.plan(report))
        case .json:
            if !options.autoApprove { Console.note(PlanFormat.text.plan(report)) }
        }
    }

    private func refuse(_ reconciliation: Reconciliation) throws {
        let reasons = reconciliation.reasonsToRefuse
        guard !reasons.isEmpty else { return }
        throw CommandFailure.refused(reasons.joined(separator: "\n  "))
    }

    private func show(_ report: ApplyReport, _ plan: Plan) throws {
        switch options.format {
        case .json: try Console.result(ApplyDocument(report: report, plan: plan).text)
        case .text, .markdown:
            if Terminal.isInteractiveError {
                report.undone.forEach { Console.note($0.line) }
            }
            if let failure = report.lateFailure { Console.note("after the tenants: \(failure)") }
            if !plan.isEmpty || report.isPartial { try Console.result("\(report)") }
        }
    }
}

extension Reconciliation {
    /// Why nothing of it may be applied, each with its remedy.
    fileprivate var reasonsToRefuse: [String] {
        let limits = report.admission?.refusals.map(\.description) ?? []
        let rules = report.policies.filter { $0.enforcement == .deny }.map { remark in
            let subject = remark.address.map { "\($0): " } ?? ""
            return "\(subject)\(remark.message) (policy \(remark.policy))"
        }
        return (limits + rules).map(VisibleText.line)
    }
}

extension FaultPlan {
    /// Where the environment has a test stop the process: `CLARA_FAULT_POINT`.
    fileprivate init(_ settings: Settings) throws {
        guard let name = settings.variable("fault-point") else {
            self = .none
            return
        }
        guard let point = FaultPoint(rawValue: name) else {
            let known = FaultPoint.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure.error("CLARA_FAULT_POINT: \(name) is none of \(known)")
        }
        self.init(point: point)
    }
}
