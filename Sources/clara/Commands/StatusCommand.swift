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
            It reads the store only.

            Examples:
              clara status
              clara status --target 'acme*' --format json
            """
    )

    /// How the status is shown.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @OptionGroup var store: StoreOptions
    @OptionGroup var targets: TargetOptions
    @OptionGroup var common: CommonOptions

    @Option(help: "text or json.")
    var format = Format.text

    func run() async throws {
        let status = try await FailureReport(isDocument: format == .json).around(read)
        switch format {
        case .text: try Console.result(StatusTable(status).text)
        case .json: try Console.result(StatusDocument(status).text)
        }
    }

    private func read() async throws -> FleetStatus {
        let settings = try common.settings()
        let selection = try targets.selection()
        let store = try await store.open(settings, for: .reading, now: .current())
        do {
            let status = try await FleetStatus.read(store, now: .current())
            let unknown = selection.unmatched(by: status.tenants.map(\.tenant))
            if !unknown.isEmpty { throw ReconcileError.unknownTargets(unknown) }
            return status.restricted(to: selection)
        } catch let error as StoreError {
            throw CommandFailure.error("\(error)")
        }
    }
}
