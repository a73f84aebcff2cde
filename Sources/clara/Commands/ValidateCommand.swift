import ArgumentParser
import ClaraModel
import Foundation
import ManifestLoading
import Reconciling

/// `clara validate`: checks every manifest.
struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check every manifest and report every problem with its place.",
        discussion: """
            It reads no store, needs no secret, and reports all problems of all tenants at once.

            Examples:
              clara validate --worktree
              clara validate --ref my-branch --format github
              clara validate --format sarif > clara.sarif
            """
    )

    /// How problems are shown.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, github, sarif
    }

    @OptionGroup var source: SourceOptions
    @OptionGroup var targets: TargetOptions
    @OptionGroup var common: CommonOptions

    @Option(help: "text, json, github or sarif.")
    var format = Format.text

    func run() async throws {
        let settings = try common.settings()
        let selection = try targets.selection()
        let source = try await source.open(settings)
        let now = Instant(seconds: Int64(Date().timeIntervalSince1970))
        let report = try await validate(Validation(source: source, targets: selection, now: now))
        Console.result(show(report))
        try (report.hasErrors ? Outcome.error : .success).end()
    }

    private func validate(_ validation: Validation) async throws -> ValidationReport {
        do {
            return try await validation.run()
        } catch {
            throw CommandFailure.error("\(error)")
        }
    }

    private func show(_ report: ValidationReport) -> String {
        switch format {
        case .text:
            DiagnosticText(style: Terminal.diagnosticStyle).render(report.diagnostics)
                + "\(report)\n"
        case .json: DiagnosticJSON().render(report.diagnostics)
        case .github: DiagnosticGitHub().render(report.diagnostics)
        case .sarif: DiagnosticSARIF(version: Version.text).render(report.diagnostics)
        }
    }
}
