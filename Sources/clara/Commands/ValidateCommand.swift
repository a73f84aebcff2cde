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
        let report = try await FailureReport(form: format.failureForm)
            .around {
                let settings = try common.settings()
                let selection = try targets.selection()
                let source = try await source.open(settings)
                return try await Validation(source: source, targets: selection, now: .current())
                    .run()
            }
        try Console.result(show(report))
        try (report.hasErrors ? Outcome.error : .success).end()
    }

    /// Where a relative folder is named, the forge finds the files below it.
    private var pathPrefix: String {
        guard let folder = source.source, !folder.hasPrefix("/"), !folder.contains(":") else {
            return ""
        }
        let parts = folder.split(separator: "/").filter { $0 != "." }
        return parts.contains("..") ? "" : parts.joined(separator: "/")
    }

    private func show(_ report: ValidationReport) -> String {
        switch format {
        case .text:
            DiagnosticText(style: Terminal.resultStyle).render(report.diagnostics)
                + "\(report)\n"
        case .json: DiagnosticJSON().render(report.diagnostics)
        case .github: DiagnosticGitHub(pathPrefix: pathPrefix).render(report.diagnostics)
        case .sarif:
            DiagnosticSARIF(version: Version.text, pathPrefix: pathPrefix)
                .render(report.diagnostics)
        }
    }
}

extension ValidateCommand.Format {
    fileprivate var failureForm: FailureReport.Form {
        switch self {
        case .text, .github: .text
        case .json, .sarif: .json
        }
    }
}
