import ArgumentParser
import ClaraModel
import LiveSystem
import Planning

/// `clara history`: what was done to the store, by whom.
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show what was applied, rolled back or overridden, when and by whom.",
        discussion: """
            It reads the store only: every operation wrote what it was about to do before it did it.

            Examples:
              clara history
              clara history --tenant acme --format json
              clara history show 20261123T140000Z-3fa9c1d2
            """,
        subcommands: [HistoryListCommand.self, HistoryShowCommand.self],
        defaultSubcommand: HistoryListCommand.self
    )

    /// How history is shown.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }
}

/// `clara history list`, which is `clara history`.
struct HistoryListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List operations, the newest first."
    )

    @Option(help: "Only operations on this tenant.")
    var tenant: String?

    @Option(help: "How many, the latest.")
    var limit = 50

    @Option(help: "text or json.")
    var format = HistoryCommand.Format.text

    @OptionGroup var store: StoreOptions
    @OptionGroup var common: CommonOptions

    /// How many operations a person can want at once; the journal keeps about as many.
    private static let limits = 1...1000

    func validate() throws {
        guard Self.limits.contains(limit) else {
            throw ValidationError("--limit is a number from 1 to \(Self.limits.upperBound)")
        }
    }

    func run() async throws {
        try await FailureReport(form: format == .json ? .json : .text).around {
            let settings = try common.settings()
            try store.noteIfMissing(settings)
            let store = try await store.open(settings, for: .reading)
            let found = try await store.operations(limit: limit, tenant: tenant)
            let report = HistoryReport(found.map(\.entry), of: tenant)
            switch format {
            case .text:
                try Console.result(TextHistoryRenderer(style: Terminal.resultStyle).render(report))
            case .json: try Console.result(JSONHistoryRenderer().render(report))
            }
        }
    }
}

/// `clara history show`: one operation with its steps.
struct HistoryShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one operation with every step."
    )

    @Argument(help: "The operation's ID, or a beginning of it that names only one.")
    var id: String

    /// How many operations an error names.
    private static let offered = 3

    @Option(help: "Only the steps of this tenant.")
    var tenant: String?

    @Option(help: "text or json.")
    var format = HistoryCommand.Format.text

    @OptionGroup var store: StoreOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if id.isEmpty {
            throw ValidationError("ID is that of an operation; clara history lists them")
        }
    }

    func run() async throws {
        try await FailureReport(form: format == .json ? .json : .text).around {
            let store = try await store.open(try common.settings(), for: .reading)
            guard let record = try await store.operation(id) else {
                throw try await missing(in: store)
            }
            let report = record.details(of: tenant)
            switch format {
            case .text:
                try Console.result(TextHistoryRenderer(style: Terminal.resultStyle).render(report))
            case .json: try Console.result(JSONHistoryRenderer().render(report))
            }
        }
    }

    /// Why the ID names no operation.
    private func missing(in store: LiveStore) async throws -> CommandFailure {
        let several = try await store.operationIDs(beginningWith: id, limit: Self.offered)
        let names = several.map(\.description).joined(separator: ", ")
        return several.isEmpty
            ? .error("there is no operation `\(id)`; clara history lists them")
            : .error("several operations begin with `\(id)`, such as \(names): write more of one")
    }
}
