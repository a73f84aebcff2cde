import ArgumentParser
import Foundation
import ManifestLoading

/// # clara
///
/// The command line: parses arguments, builds the parts, calls one function, prints what came of
/// it. Results go to stdout, everything else to stderr.
///
/// - `Commands/`: one file a command.
/// - `Options/`: flags, environment and config file, in that order of precedence.
/// - `Terminal/`: colour, confirmation, progress.
/// - `Scaffolding/`: the files that `init` and `tenant new` write.
///
/// This target must never decide anything about a fleet: that is what the floors below are for.
@main
struct Clara: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clara",
        abstract: "Reconciles a fleet of tenants, declared in git, with what is live.",
        discussion: """
            A fleet is a git repository with fleet.yaml, profiles/ and one folder a tenant.

              clara init fleet            start a fleet
              clara validate              check every manifest
              clara plan                  show what an apply would do
              clara apply                 do it
              clara drift                 show what somebody changed by hand
              clara status                show every tenant's condition and next post

            Exit codes: 0 done or nothing to do; 1 error; 2 changes or drift present (with
            --detailed-exitcode); 3 refused, nothing was changed; 4 partly done.

            Where things are can be set in the environment too (CLARA_SOURCE, CLARA_STORE, …) and in
            a config file (--config, default clara.yaml); README.md lists which. A flag beats the
            environment, which beats the file.
            """,
        version: Version.text,
        subcommands: [
            InitCommand.self, TenantCommand.self, ValidateCommand.self, PlanCommand.self,
            ApplyCommand.self, RunCommand.self, DriftCommand.self, StatusCommand.self,
            HistoryCommand.self,
            EventsCommand.self, ShowCommand.self, ProtectCommand.self, UnprotectCommand.self,
            UnpinCommand.self,
            UnlockCommand.self, OverrideCommand.self, RollbackCommand.self, PolicyCommand.self,
            SchemaCommand.self,
        ]
    )

    /// Runs a command; every way out goes through the exit codes of the design.
    static func main() async {
        // A reader that goes away, such as `head`, must not stop an apply in the middle.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            Console.error(failure.message)
            Foundation.exit(failure.code.rawValue)
        } catch let code as Outcome {
            Foundation.exit(code.rawValue)
        } catch {
            exitAfterParsing(error)
        }
    }

    /// Help and version are no errors; a wrong flag is one, and so is anything unforeseen.
    private static func exitAfterParsing(_ error: any Error) -> Never {
        if exitCode(for: error).isSuccess { exit(withError: error) }
        let hint = CommandNames(below: self)
            .suggestion(for: Array(CommandLine.arguments.dropFirst()))
        if let hint { Console.note("error: \(hint)") }
        let message = fullMessage(for: error)
        // The parser begins its messages in capitals, unlike ours.
        Console.error(message.hasPrefix("Error: ") ? "error: \(message.dropFirst(7))" : message)
        Foundation.exit(Outcome.error.rawValue)
    }
}

/// The names of the subcommands of a command, and theirs.
private struct CommandNames {
    private let command: any ParsableCommand.Type

    init(below command: any ParsableCommand.Type) { self.command = command }

    /// What somebody probably meant by the first word that is no subcommand; nil where all are.
    func suggestion(for words: [String]) -> String? {
        guard let word = words.first, !word.hasPrefix("-") else { return nil }
        var names: [String] = []
        for next in command.configuration.subcommands {
            guard let name = next.configuration.commandName else { continue }
            if name == word {
                return CommandNames(below: next).suggestion(for: Array(words.dropFirst()))
            }
            names.append(name)
        }
        guard let near = Suggestion.nearest(to: word, among: names) else { return nil }
        return "there is no subcommand `\(word)`; did you mean `\(near)`?"
    }
}

/// The version of the program.
enum Version {
    static let text = "0.1.0"
}
