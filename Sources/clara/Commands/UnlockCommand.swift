import ArgumentParser
import LiveSystem

/// `clara unlock`: takes the lock from a holder that is gone.
struct UnlockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlock",
        abstract: "Take the lock away from an operation that is gone for good.",
        discussion: """
            The token stands in the message of whoever was refused. An operation that still runs
            cannot write any more afterwards: every transaction checks the token.

            Example:
              clara unlock 17
            """
    )

    @Argument(help: "The token that the refusal names.")
    var token: Int64

    @OptionGroup var store: StoreOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await FailureReport(form: .text).around {
            let store = try await store.openExisting(try common.settings())
            if try await store.unlock(token: token) {
                return try Console.result("The lock \(token) is free.")
            }
            guard let holder = try await store.lockHolder() else {
                throw CommandFailure.refused("nobody holds the lock")
            }
            throw CommandFailure.refused(
                "the token \(token) does not hold the lock. \(holder.explanation)"
            )
        }
    }
}
