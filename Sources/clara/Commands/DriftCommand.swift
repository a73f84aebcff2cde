import ArgumentParser
import LiveSystem
import Planning
import Reconciling

/// `clara drift`: shows what somebody changed behind git's back.
struct DriftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift",
        abstract: "Show where live state is no longer what was applied.",
        discussion: """
            Examples:
              clara drift
              clara drift --target 'acme-*' --format json
              clara drift --format html > drift.html    # for a person without a terminal
              clara drift --detailed-exitcode           # 2 where there is drift
            """
    )

    /// How drift is shown.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, markdown, html
    }

    @OptionGroup var pass: PassOptions

    @Option(help: "text, json, markdown or html.")
    var format = Format.text

    @Flag(help: "Exit with 2 where there is drift.")
    var detailedExitcode = false

    func run() async throws {
        let report = try await FailureReport(form: format.failureForm).around {
            let fleet = try await pass.open()
            let store = try await fleet.store(for: .reading)
            return try await DriftReport(try await fleet.pass(on: store).plan().report, on: store)
        }
        try Console.result(format.render(report))
        try outcome(of: report).end()
    }

    private func outcome(of report: DriftReport) -> Outcome {
        if report.hasBlocked { return .partial }
        return detailedExitcode && report.hasDrift ? .changesPresent : .success
    }
}

extension DriftReport {
    /// Adds what the store knows of the edits: since when they are there.
    fileprivate init(_ report: PlanReport, on store: LiveStore) async throws {
        let drifted = report.plan.tenants.flatMap(\.driftedSteps).map(\.address)
        let edits = try await store.handEdits(of: drifted)
        let coverage = try await store.coverage()
        self.init(
            report,
            // SQLite keeps no users, so that nobody can say who it was.
            traces: edits.mapValues { DriftTrace(since: $0.since) },
            coverage: Coverage(managed: coverage.managed, unmanaged: coverage.unmanaged)
        )
    }
}

extension DriftCommand.Format {
    fileprivate var failureForm: FailureReport.Form {
        switch self {
        case .text, .html: .text
        case .json: .json
        case .markdown: .markdown
        }
    }

    fileprivate func render(_ report: DriftReport) -> String {
        switch self {
        case .text: TextDriftRenderer(style: Terminal.resultStyle).render(report)
        case .json: JSONDriftRenderer().render(report)
        case .markdown: MarkdownDriftRenderer().render(report)
        case .html: HTMLDriftRenderer().render(report)
        }
    }
}
