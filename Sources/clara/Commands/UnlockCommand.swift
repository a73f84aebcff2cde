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
    @OptionGroup var lock: LockOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await FailureReport(form: .text).around {
            let settings = try common.settings()
            let store = try await store.openExisting(settings)
            let holder = try await store.lockHolder()
            if try await store.unlock(token: token) {
                try await note(holder, try lock.locking(store, settings))
                return try Console.result("The lock \(token) is free.")
            }
            guard let holder else {
                throw CommandFailure.refused("nobody holds the lock")
            }
            throw CommandFailure.refused(
                "the token \(token) does not hold the lock. \(holder.explanation)"
            )
        }
    }

    /// Whoever takes the lock at once, which was free for a moment, is not in the wrong.
    private func note(_ holder: LockHolder?, _ locking: Locking) async throws {
        let whose = holder.map { " of \($0.holder) on \($0.host), for \($0.operation)," } ?? ""
        let event = EventNote(
            tenant: nil,
            type: .warning,
            reason: "Unlocked",
            message: "the lock \(token)\(whose) was taken away by \(locking.actor)",
            revision: ""
        )
        do {
            try await locking.perform { try await $0.note([event]) }
        } catch let failure as CommandFailure where failure.code == .refused {
            Console.note("no event was noted: \(failure.reason)")
        }
    }
}
