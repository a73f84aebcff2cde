import Applying
import ArgumentParser
import ClaraModel
import Foundation
import Planning
import Reconciling

/// `clara apply`: makes live state what git says.
struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Make live state what git says.",
        discussion: """
            Shows the plan and asks. Without a terminal it needs --auto-approve. Every tenant's
            steps are one transaction: a tenant is either as planned or as it was.

            Examples:
              clara apply --source fleet
              clara apply --auto-approve --target acme
            """
    )

    @OptionGroup var pass: PassOptions

    @Option(help: "text, json or markdown.")
    var format = ReportFormat.text

    @Flag(help: "Apply without asking.")
    var autoApprove = false

    func run() async throws {
        let (fleet, reconciliation) = try await format.reportingFailure {
            let fleet = try await pass.open()
            return (fleet, try await fleet.pass(for: .reading).plan())
        }
        let plan = reconciliation.report.plan
        try show(reconciliation.report)
        let report = try await format.reportingFailure {
            if !plan.isEmpty { try approve() }
            return await apply(reconciliation, with: try await fleet.pass(for: .writing))
        }
        try show(report, plan)
        try (report.isPartial ? Outcome.partial : .success).end()
    }

    /// The plan is a result, but in JSON, where the result is what became of it.
    private func show(_ report: PlanReport) throws {
        switch format {
        case .text, .markdown: try Console.result(format.plan(report))
        case .json: if !autoApprove { Console.note(ReportFormat.text.plan(report)) }
        }
    }

    private func approve() throws {
        if autoApprove { return }
        guard Terminal.isInteractiveInput, Terminal.isInteractiveError else {
            throw CommandFailure.refused(
                "there is no terminal to ask on, so nothing was changed; add --auto-approve"
            )
        }
        guard Terminal.confirm("\nApply these changes?") else {
            throw CommandFailure.refused("nothing was changed")
        }
    }

    private func apply(
        _ reconciliation: Reconciliation,
        with pass: ReconcileOnce
    ) async -> ApplyReport {
        let tenants = reconciliation.report.plan.tenants.filter { !$0.steps.isEmpty }
        let progress = ApplyProgress(
            tenants: tenants.count,
            isInteractive: Terminal.isInteractiveError
        )
        let report = await pass.apply(reconciliation) { progress.advance($0) }
        progress.finish()
        return report
    }

    private func show(_ report: ApplyReport, _ plan: Plan) throws {
        switch format {
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
