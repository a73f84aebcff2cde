import Applying
import ArgumentParser
import Planning
import Reconciling

/// `clara rollback`: goes back to an older revision and stays there.
struct RollbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Go back to an older revision and stay there.",
        discussion: """
            It plans to the older commit by the rules of the branch's head, shows the plan, asks, and
            applies it. The fleet is then pinned: neither the loop nor an apply goes forward until a
            newer commit arrives on the branch, or clara unpin.

            Examples:
              clara rollback --to HEAD~1 --reason "the new prompts are wrong"
              clara rollback --to main@sha1:1d7e62f --auto-approve --reason incident
            """
    )

    @Option(help: "The revision to go back to: a commit, or a name as clara history shows it.")
    var to: String

    @Option(help: "Why. The pin shows it.")
    var reason: String?

    @OptionGroup var pass: PassOptions
    @OptionGroup var options: ApplyOptions

    func validate() throws {
        if pass.source.worktree {
            throw ValidationError("a rollback goes to a commit: leave out --worktree")
        }
        if !pass.targets.targets.isEmpty {
            throw ValidationError("a rollback pins the whole fleet: leave out --target")
        }
    }

    func run() async throws {
        try await flow().run()
    }

    private func flow() async throws -> ApplyFlow {
        try await options.format.reportingFailure {
            let reason = try reason.map { try Reason.checked($0) } ?? ""
            let fleet = try await pass.open(
                .older(to, flag: "--to"),
                allowances: options.allowances.allowances
            )
            return ApplyFlow(
                options: options,
                kind: .rollback,
                store: fleet.store,
                plan: { try await fleet.pass(on: $0).plan() },
                settings: fleet.settings,
                pin: { fleet.pin($0.settings.name, reason, $1) }
            )
        }
    }
}
