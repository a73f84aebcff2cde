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
        let settings = try common.settings()
        let selection = try targets.selection()
        let now = Instant(seconds: Int64(Date().timeIntervalSince1970))
        let store = try await store.open(settings, for: .reading, now: now)
        let status = try await read(store, now).restricted(to: selection)
        switch format {
        case .text: Console.result(StatusTable(status).text)
        case .json: Console.result(StatusDocument(status).text)
        }
    }

    private func read(_ store: LiveStore, _ now: Instant) async throws -> FleetStatus {
        do {
            return try await FleetStatus.read(store, now: now)
        } catch {
            throw CommandFailure.error("\(error)")
        }
    }
}
