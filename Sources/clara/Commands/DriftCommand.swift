import ArgumentParser
import Planning

/// `clara drift`: shows what somebody changed behind git's back.
struct DriftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift",
        abstract: "Show where live state is no longer what was applied.",
        discussion: """
            Examples:
              clara drift
              clara drift --target 'acme-*' --format json
              clara drift --detailed-exitcode   # 2 where there is drift
            """
    )

    @OptionGroup var pass: PassOptions

    @Option(help: "text, json or markdown.")
    var format = ReportFormat.text

    @Flag(help: "Exit with 2 where there is drift.")
    var detailedExitcode = false

    func run() async throws {
        let report = try await format.reportingFailure {
            try await pass.plan()
        }
        try Console.result(format.drift(report))
        try outcome(of: report).end()
    }

    private func outcome(of report: PlanReport) -> Outcome {
        if report.hasBlocked { return .partial }
        return detailedExitcode && report.hasDrift ? .changesPresent : .success
    }
}
