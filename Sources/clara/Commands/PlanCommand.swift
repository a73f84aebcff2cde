import ArgumentParser
import LiveSystem
import Planning
import Reconciling

/// `clara plan`: shows what an apply would do.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what an apply would do, and change nothing.",
        discussion: """
            For a pull request, --base takes policies, limits, freezes and allow-lists from the branch
            that it is for. It ends with 3 where an apply would be refused.

            Examples:
              clara plan --source fleet
              clara plan --source https://github.com/acme/fleet.git --ref main
              clara plan --worktree --target acme --format markdown
              clara plan --base origin/main --format markdown
              clara plan --at HEAD~3            # what a rollback would do
              clara plan --out monday.plan      # for clara apply monday.plan
              clara plan --detailed-exitcode    # 2 where there is something to do
            """
    )

    @OptionGroup var pass: PassOptions
    @OptionGroup var allowances: AllowanceOptions

    @Option(help: "The branch that a pull request is for; its rules hold.")
    var base: String?

    @Option(help: "Plan to this older revision, as clara rollback would.")
    var at: String?

    @Option(help: ArgumentHelp("Save the plan for clara apply.", valueName: "file"))
    var out: String?

    @Option(help: "text, json or markdown.")
    var format = PlanFormat.text

    @Flag(help: "Exit with 2 where there are changes.")
    var detailedExitcode = false

    func validate() throws {
        if out != nil, at != nil {
            throw ValidationError(
                "a saved plan goes forward: leave out --at; to go back, use clara rollback"
            )
        }
        if at != nil, base != nil || pass.source.worktree {
            throw ValidationError(
                "--at names a revision of the branch: leave out --base, --worktree"
            )
        }
    }

    func run() async throws {
        let report = try await format.reportingFailure {
            let fleet = try await pass.open(view, allowances: allowances.allowances)
            let store = try await fleet.store(for: out == nil ? .reading : .writing)
            let reconciliation = try await fleet.pass(on: store).plan()
            if let out { try await save(reconciliation, on: store, to: out) }
            return reconciliation.report
        }
        try Console.result(format.plan(report))
        try outcome(of: report).end()
    }

    private var view: RevisionView {
        at.map { .older($0, flag: "--at") } ?? base.map { .proposal(base: $0) } ?? .head
    }

    private func save(
        _ reconciliation: Reconciliation,
        on store: LiveStore,
        to path: String
    ) async throws {
        if let objection = reconciliation.course.objection {
            throw CommandFailure.refused("the plan is not saved: \(objection)")
        }
        let tenants = Set(reconciliation.report.plan.tenants.map(\.tenant))
        let live = try await store.observe(tenants: tenants, now: store.now())
        try await PlanVault(store).save(reconciliation, on: live, to: path)
        Console.note("The plan is in \(path); clara apply \(path) does exactly this, or nothing.")
    }

    private func outcome(of report: PlanReport) -> Outcome {
        if report.isRefused { return .refused }
        if report.isPartial { return .partial }
        return detailedExitcode && report.hasChanges ? .changesPresent : .success
    }
}
