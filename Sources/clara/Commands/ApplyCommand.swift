import Applying
import ArgumentParser
import Planning
import Reconciling

/// `clara apply`: makes live state what git says.
struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Make live state what git says.",
        discussion: """
            Shows the plan and asks. Without a terminal it needs --auto-approve. Every tenant's
            steps are one transaction: a tenant is either as planned or as it was. A saved plan is
            carried out exactly, or refused as a whole; it needs no source, and where --source names
            one it must be the plan's fleet.

            Examples:
              clara apply --source fleet
              clara apply --auto-approve --target acme
              clara apply monday.plan --lock-timeout 5m
            """
    )

    @Argument(help: "A plan that clara plan --out has saved.")
    var file: String?

    @OptionGroup var pass: PassOptions
    @OptionGroup var options: ApplyOptions

    func validate() throws {
        let source = pass.source
        guard file != nil, source.ref != nil || source.worktree || !pass.targets.targets.isEmpty
        else { return }
        throw ValidationError(
            "a saved plan is applied as it is: leave out --ref, --worktree, --target"
        )
    }

    func run() async throws {
        try await flow().run()
    }

    private func flow() async throws -> ApplyFlow {
        try await options.format.reportingFailure {
            if let file { return try await savedFlow(file) }
            let fleet = try await pass.open(allowances: options.allowances.allowances)
            return ApplyFlow(
                options: options,
                kind: .apply,
                store: fleet.store,
                plan: { try await fleet.pass(on: $0).plan() },
                settings: fleet.settings
            )
        }
    }

    private func savedFlow(_ file: String) async throws -> ApplyFlow {
        let opened = pass.source.source == nil ? nil : try await pass.open()
        let settings = try opened?.settings ?? pass.common.settings()
        let fleet = try await opened?.name()
        let (storeOptions, allowances) = (pass.store, options.allowances.allowances)
        return ApplyFlow(
            options: options,
            kind: .apply,
            store: { access in
                switch access {
                case .reading: try await storeOptions.open(settings, for: .reading)
                case .writing: try await storeOptions.openExisting(settings)
                }
            },
            plan: { store in
                let vault = PlanVault(store)
                let pass = SavedPass(
                    try await vault.open(file, of: fleet),
                    key: try await vault.key(),
                    store: store,
                    allowances: allowances
                )
                return try await pass.plan(now: store.now())
            },
            settings: settings
        )
    }
}
