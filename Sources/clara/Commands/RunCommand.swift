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
            one ends it at once, which is safe. With --turns it ends with the exit code of what it
            has come to: 1 for an error, 3 where it was refused, 4 where tenants are left as they were.

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
        try await FailureReport(form: .text).around {
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
            // What a single look has come to is the command's own message.
            let level: Logger.Level = turns == 1 ? .debug : .warning
            let loop = Task {
                var loop = ReconcileLoop(poller, store, orders, in: .system(trouble: level))
                return await loop.run()
            }
            let signals = StopSignals {
                loop.cancel()
                Self.end(after: deadline ?? Self.defaultStopDeadline)
            }
            let end = await loop.value
            withExtendedLifetime(signals) {}
            if turns != nil { try end.check() }
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
            // Nobody cancels this task, so that it sleeps to its end.
            try? await Task.sleep(for: .seconds(deadline.seconds))
            Console.error("error: it did not stop within \(deadline), and was ended")
            Foundation.exit(Outcome.error.rawValue)
        }
    }
}

extension LoopEnd {
    /// Ends the command unless everything is as git says.
    fileprivate func check() throws {
        switch self {
        case .done: return
        case .partial(let what):
            Console.note(what)
            throw Outcome.partial
        case .refused(let why): throw CommandFailure.refused(why)
        case .failed(let why): throw CommandFailure.error(why)
        }
    }
}

extension LoopWorld {
    /// This machine, and a task that is cancelled where a stop is asked for.
    ///
    /// - Parameter trouble: at which level a turn that changed nothing is logged.
    fileprivate static func system(trouble: Logger.Level) -> LoopWorld {
        LoopWorld(
            // A cancelled sleep ends early, which is what it is for.
            sleep: { try? await Task.sleep(for: .seconds($0.seconds)) },
            chance: { .random(in: 0..<1) },
            isStopping: { Task.isCancelled },
            report: { turn in
                switch turn {
                case .idle: Logger(label: "clara.run").debug("\(turn)")
                case .applied: Logger(label: "clara.run").notice("\(turn)")
                case .refused, .failed: Logger(label: "clara.run").log(level: trouble, "\(turn)")
                }
            }
        )
    }
}
