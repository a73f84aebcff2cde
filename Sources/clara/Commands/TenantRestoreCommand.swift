import Applying
import ArgumentParser
import ClaraModel
import LiveSystem

/// `clara tenant restore`: brings back a tenant whose folder is gone.
struct TenantRestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Bring a retired tenant back, before it is purged.",
        discussion: """
            Its client gets the state back that it had, and is protected, since git, which has no
            folder for it, would retire it again. Put the folder back, then lift the protection.

            Example:
              clara tenant restore acme --reason "removed by mistake"
            """
    )

    @Argument(help: "The tenant's name.")
    var name: String

    @Option(help: "Why. The protection shows it.")
    var reason: String

    @OptionGroup var store: StoreOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await FailureReport(form: .text).around {
            let name = try Name.checked(name, "NAME")
            let reason = try Reason.checked(reason)
            let settings = try common.settings()
            let store = try await store.openExisting(settings)
            let locking = try lock.locking(store, settings)
            try await locking.perform { locked in
                try await BreakGlass(locked, by: locking.actor)
                    .restore(name, reason: reason)
            }
            try Console.result(
                """
                The tenant \(name) is back, and protected.

                Next: put tenants/\(name) back into git, then
                  clara unprotect \(name) --reason "it is in git again"
                """
            )
        }
    }
}
