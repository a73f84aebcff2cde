import ArgumentParser
import Planning

/// `clara plan`: shows what an apply would do.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what an apply would do, and change nothing.",
        discussion: """
            Examples:
              clara plan --source fleet
              clara plan --source https://github.com/acme/fleet.git --ref main
              clara plan --worktree --target acme --format markdown
              clara plan --detailed-exitcode    # 2 where there is something to do
            """
    )

    @OptionGroup var pass: PassOptions

    @Option(help: "text, json or markdown.")
    var format = ReportFormat.text

    @Flag(help: "Exit with 2 where there are changes.")
    var detailedExitcode = false

    func run() async throws {
        let report = try await format.reportingFailure {
            try await pass.plan()
        }
        try Console.result(format.plan(report))
        try outcome(of: report).end()
    }

    private func outcome(of report: PlanReport) -> Outcome {
        if report.hasBlocked { return .partial }
        return detailedExitcode && report.hasChanges ? .changesPresent : .success
    }
}
