import ArgumentParser
import ClaraModel
import Foundation
import LiveSystem
import Reconciling

/// `clara status`: every tenant's condition, revision and next post.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show every tenant's state, conditions, revision and next post.",
        discussion: """
            It reads the store only. Below the table stand the orders of people (overrides,
            protections, pins), who holds the lock, and what the fleet was warned of since it was
            last applied.

            Examples:
              clara status
              clara status --target 'acme*' --format json
              clara status --watch
            """
    )

    /// How the status is shown.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @OptionGroup var store: StoreOptions
    @OptionGroup var targets: TargetOptions
    @OptionGroup var common: CommonOptions

    @Option(help: "text or json (one document a line with --watch).")
    var format = Format.text

    @Flag(help: "Keep on showing it, until interrupted.")
    var watch = false

    /// How often `--watch` looks: what a person can follow.
    private static let pause = Duration.seconds(2)

    func run() async throws {
        try await FailureReport(form: format == .json ? .json : .text).around {
            let settings = try common.settings()
            try store.noteIfMissing(settings)
            var shown = try await read(settings)
            try show(shown)
            while watch {
                try await Task.sleep(for: Self.pause)
                let status = try await read(settings)
                if status != shown { try show(status) }
                shown = status
            }
        }
    }

    /// The status in the format. A store that did not exist at the last look may exist now.
    private func read(_ settings: Settings) async throws -> String {
        let selection = try targets.selection()
        let store = try await store.open(settings, for: .reading)
        let status = try await FleetStatus.read(store, now: store.now())
        let unknown = selection.unmatched(by: status.tenants.map(\.tenant))
        if !unknown.isEmpty { throw ReconcileError.unknownTargets(unknown) }
        let part = status.restricted(to: selection)
        return switch format {
        case .text: StatusTable(part).text
        case .json: StatusDocument(part).text
        }
    }

    /// On a terminal the table stays in its place.
    private func show(_ text: String) throws {
        let clears = watch && format == .text && Terminal.isInteractiveOutput
        try Console.result((clears ? Terminal.clear : "") + text)
    }
}
