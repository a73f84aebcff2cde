import ArgumentParser
import ClaraModel
import GitSource
import ManifestLoading
import Planning
import PolicyChecking
import Reconciling

/// `clara policy`: work on policies.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Work on policies.",
        subcommands: [PolicyTestCommand.self]
    )
}

/// `clara policy test`: runs the tests that policies carry.
struct PolicyTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run the tests that policies carry.",
        discussion: """
            It needs no store. It ends with 1 where a test fails. A policy without tests is told of,
            and is no failure.

            Examples:
              clara policy test --worktree
              clara policy test --source . --format json
            """
    )

    /// How the results are shown.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @OptionGroup var source: SourceOptions
    @OptionGroup var common: CommonOptions

    @Option(help: "text or json.")
    var format = Format.text

    func run() async throws {
        let report = try await FailureReport(form: format == .json ? .json : .text).around {
            let source = try await source.open(try common.settings())
            let set = try await PolicyFiles.read(source)
            return PolicyTestReport(PolicyTests.run(set), of: set)
        }
        switch format {
        case .text: try Console.result(report.text(style: Terminal.resultStyle))
        case .json: try Console.result(report.json)
        }
        try (report.hasFailures ? Outcome.error : .success).end()
    }
}
