import ArgumentParser
import LiveSystem
import Planning

/// `clara show`: shows a saved plan.
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a plan that was saved with clara plan --out.",
        discussion: """
            It prints what the plan printed when it was made. It needs the store that the plan was
            made on, which holds the key that proves that nobody has changed the file.

            Example:
              clara show monday.plan
            """
    )

    @Argument(help: "The file.")
    var file: String

    @Option(help: "text, json or markdown.")
    var format = PlanFormat.text

    @OptionGroup var store: StoreOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let saved = try await format.reportingFailure {
            let store = try await store.open(try common.settings(), for: .reading)
            return try await PlanVault(store).open(file)
        }
        try Console.result(format.plan(saved.report))
    }
}
