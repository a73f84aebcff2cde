import ArgumentParser
import ClaraModel
import Foundation
import LiveSystem
import Logging
import Reconciling

/// `clara run`: keeps live state as git says.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Keep live state as git says: poll, reconcile, heal or report.",
        discussion: """
            It looks at the source and at what moved in the store, applies what changed, and heals
            drift where fleet.yaml says `loop: {drift: heal}`. What it does is in clara history,
            clara events and clara status. SIGTERM ends it between two groups of tenants; a second
            one ends it at once, which is safe.

            Examples:
              clara run --source https://git.example/agency/fleet.git --ref main
              clara run --interval 30s --log-level info
              clara run --turns 1                # one look, as a cron job
            """
    )

    @OptionGroup var source: SourceOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var common: CommonOptions

    @Option(help: "Who it is, for the journal. Default: the user.")
    var actor: String?

    @Option(
        help: ArgumentHelp(
            "The time between two looks. Default: what fleet.yaml says, or 60s.",
            valueName: "duration"
        )
    )
    var interval: String?

    @Option(help: "End after so many looks.")
    var turns: Int?

    @Option(
        help: ArgumentHelp(
            "How long it may take to stop after SIGTERM. Default: 30s.",
            valueName: "duration"
        )
    )
    var stopDeadline: String?

    /// A group of tenants takes well under a second; a fetch may have to time out.
    private static let defaultStopDeadline = TimeSpan(seconds: 30)

    func validate() throws {
        if let turns, turns < 1 { throw ValidationError("--turns is a number from 1 up") }
    }

    func run() async throws {
        try await FailureReport(isDocument: false).around {
            let settings = try common.settings()
            let deadline = try span(settings, "stop-deadline", stopDeadline)
            let store = try await store.open(settings, for: .writing)
            let orders = LoopOrders(
                actor: settings.value("actor", flag: actor) ?? LockOptions.user(settings),
                host: ProcessInfo.processInfo.hostName,
                interval: try span(settings, "interval", interval),
                turns: turns
            )
            let poller = try source.poller(settings)
            let loop = Task {
                var loop = ReconcileLoop(poller, store, orders, in: .system)
                await loop.run()
            }
            let signals = StopSignals {
                loop.cancel()
                Self.end(after: deadline ?? Self.defaultStopDeadline)
            }
            await loop.value
            withExtendedLifetime(signals) {}
        }
    }

    private func span(
        _ settings: Settings,
        _ name: String,
        _ flag: String?
    ) throws -> TimeSpan? {
        guard let text = settings.value(name, flag: flag) else { return nil }
        do {
            return try TimeSpan(parsing: text)
        } catch {
            throw CommandFailure.error("--\(name): \(error)")
        }
    }

    /// What has not stopped by then is ended. Nothing is lost by it: a group of tenants is
    /// committed as a whole or not at all.
    private static func end(after deadline: TimeSpan) {
        Task.detached {
            try? await Task.sleep(for: .seconds(deadline.seconds))
            Console.error("error: it did not stop within \(deadline), and was ended")
            Foundation.exit(Outcome.error.rawValue)
        }
    }
}

extension LoopWorld {
    /// This machine, and a task that is cancelled where a stop is asked for.
    fileprivate static var system: LoopWorld {
        LoopWorld(
            // A cancelled sleep ends early, which is what it is for.
            sleep: { try? await Task.sleep(for: .seconds($0.seconds)) },
            chance: { .random(in: 0..<1) },
            isStopping: { Task.isCancelled },
            report: { turn in
                switch turn {
                case .idle: Logger(label: "clara.run").debug("\(turn)")
                case .applied: Logger(label: "clara.run").notice("\(turn)")
                case .refused, .failed: Logger(label: "clara.run").warning("\(turn)")
                }
            }
        )
    }
}
