import ArgumentParser
import ClaraModel
import LiveSystem

/// The live object that a command is about.
struct ObjectArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "A tenant (acme) or a resource (acme/Schedule/mornings).",
            valueName: "address"
        )
    )
    var address: String

    /// Reads the address; a tenant's name alone stands for its Tenant.
    func read() throws -> ResourceAddress {
        let tenant = ResourceAddress(tenant: address, kind: .tenant, name: address)
        if !address.contains("/"), TextFormat.resourceName.problem(address) == nil { return tenant }
        guard let resource = ResourceAddress(parsing: address) else {
            throw CommandFailure.error(
                "`\(address)` is no address; write a tenant such as acme, or a resource such as "
                    + "acme/Schedule/mornings"
            )
        }
        return resource
    }
}

extension LiveStore {
    /// What is live of one tenant.
    ///
    /// - Throws: `CommandFailure` where the resource is not there: an order about a name that was
    ///   mistyped protects nobody.
    func tenant(of address: ResourceAddress) async throws -> LiveTenant {
        let live = try await observe(tenants: [address.tenant], now: now())
        guard let tenant = live.tenants[address.tenant], tenant.resources[address] != nil else {
            let known = live.tenants[address.tenant]?.resources.keys.sorted() ?? []
            let hint =
                known.isEmpty
                ? "no tenant of that name is live; clara status lists them"
                : "live are \(known.map(\.description).joined(separator: ", "))"
            throw CommandFailure.error("\(address) is not live; \(hint)")
        }
        return tenant
    }
}

/// `clara protect`: forbids that a live object goes away.
struct ProtectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "protect",
        abstract: "Forbid that a tenant or a resource is deleted, whatever git says.",
        discussion: """
            The order is kept with the live object and not in git, so that removing a manifest does
            not remove it. A plan shows what it withholds. On a tenant it covers all it has.

            Examples:
              clara protect acme --reason "contract until May"
              clara protect acme/Prompt/launch-notes --reason "legal hold"
            """
    )

    @OptionGroup var object: ObjectArgument

    @Option(help: "Why. Plans show it.")
    var reason: String

    @OptionGroup var store: StoreOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await FailureReport(form: .text).around {
            let address = try object.read()
            let reason = try Reason.checked(reason)
            let settings = try common.settings()
            let store = try await store.openExisting(settings)
            let locking = try lock.locking(store, settings)
            try await locking.perform { locked in
                let before = try await store.tenant(of: address).protections[address]
                let protection = Protection(
                    reason: reason,
                    by: locking.actor,
                    since: store.now()
                )
                try await locked.protect(address, protection)
                try await locked.note([.protected(address, protection, before: before)])
            }
            try Console.result("\(address) is protected.")
        }
    }
}

/// `clara unprotect`: lifts a protection.
struct UnprotectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unprotect",
        abstract: "Lift the protection of a tenant or a resource.",
        discussion: """
            Example:
              clara unprotect acme --reason "the contract has ended"
            """
    )

    @OptionGroup var object: ObjectArgument

    @Option(help: "Why. The event of it shows it.")
    var reason: String

    @OptionGroup var store: StoreOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await FailureReport(form: .text).around {
            let address = try object.read()
            let reason = try Reason.checked(reason)
            let settings = try common.settings()
            let store = try await store.openExisting(settings)
            let locking = try lock.locking(store, settings)
            let wasProtected = try await locking.perform { locked in
                let found = try await locked.unprotect(address)
                if found {
                    try await locked.note([.unprotected(address, by: locking.actor, reason)])
                }
                return found
            }
            guard wasProtected else {
                throw CommandFailure.error("\(address) is not protected")
            }
            try Console.result("\(address) is not protected any more.")
        }
    }
}

extension EventNote {
    fileprivate static func protected(
        _ address: ResourceAddress,
        _ order: Protection,
        before: Protection?
    ) -> EventNote {
        let earlier = before.map { "; before, by \($0.by): \($0.reason)" } ?? ""
        return EventNote(
            tenant: address.tenant,
            type: .normal,
            reason: "Protected",
            message: "\(address) by \(order.by): \(order.reason)\(earlier)",
            revision: ""
        )
    }

    fileprivate static func unprotected(
        _ address: ResourceAddress,
        by actor: String,
        _ reason: String
    ) -> EventNote {
        EventNote(
            tenant: address.tenant,
            type: .normal,
            reason: "Unprotected",
            message: "\(address) by \(actor): \(reason)",
            revision: ""
        )
    }
}

/// The reason that a person gives for an order.
enum Reason {
    /// The longest reason: what a line of a report can show.
    private static let limit = 200

    /// - Throws: `CommandFailure` for an empty one, or one that no report could show.
    static func checked(_ text: String) throws -> String {
        let reason = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !reason.isEmpty, reason.count <= limit else {
            throw CommandFailure.error("--reason: write why, in at most \(limit) characters")
        }
        return reason
    }
}
