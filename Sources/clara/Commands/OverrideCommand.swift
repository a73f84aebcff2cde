import Applying
import ArgumentParser
import ClaraModel
import LiveSystem
import Planning

/// `clara override`: a break-glass change that ends by itself.
struct OverrideCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "override",
        abstract: "Change a live field for a while, past git.",
        discussion: """
            For the hour in which no commit can wait. The change is made at once, needs no access to
            git, shows in plan and drift as held, and the first apply after its end puts git's value
            back. Fields are named from the outside in; values are written as in a manifest.

            Examples:
              clara override acme --set state=paused --for 2h --reason "press incident"
              clara override acme/Quota/default --set posts.perDay=1 --for 1d --reason complaints
              clara override acme --end --reason over
            """
    )

    @OptionGroup var object: ObjectArgument

    @Option(help: ArgumentHelp("The field and its value.", valueName: "path=value"))
    var set: String?

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("How long it stands.", valueName: "duration")
    )
    var duration: String?

    @Flag(help: "End the object's overrides; the next apply puts git's values back.")
    var end = false

    @Option(help: "Why. Plans and drift reports show it.")
    var reason: String

    @OptionGroup var store: StoreOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard end == (set == nil), end == (duration == nil) else {
            throw ValidationError(
                "an override needs --set and --for; --end ends one and takes neither"
            )
        }
    }

    func run() async throws {
        try await FailureReport(form: .text).around {
            let address = try object.read()
            let reason = try Reason.checked(reason)
            let change = try change()
            let settings = try common.settings()
            let store = try await store.openExisting(settings)
            let locking = try lock.locking(store, settings)
            let until = try await locking.perform { locked in
                _ = try await store.tenant(of: address)
                let orders = BreakGlass(locked, by: locking.actor)
                guard let (assignment, span) = change else {
                    return try await orders.endOverrides(of: address, reason: reason)
                }
                return try await orders.override(
                    address,
                    assignment,
                    for: span,
                    reason: reason
                )
            }
            try Console.result(
                end
                    ? "The overrides of \(address) have ended; the next apply puts git's values back."
                    : "\(address) is overridden until \(until)."
            )
        }
    }

    /// The field, its value and how long; nil where overrides are to end.
    private func change() throws -> (OverrideAssignment, TimeSpan)? {
        guard let set, let duration else { return nil }
        let assignment = try Self.reading("--set") { try OverrideAssignment(parsing: set) }
        return (assignment, try Self.reading("--for") { try TimeSpan(parsing: duration) })
    }

    private static func reading<Value>(_ flag: String, _ read: () throws -> Value) throws -> Value {
        do {
            return try read()
        } catch {
            throw CommandFailure.error("\(flag): \(error)")
        }
    }
}
