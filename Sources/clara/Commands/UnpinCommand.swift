import ArgumentParser
import LiveSystem

/// `clara unpin`: lets the loop follow the branch again after a rollback.
struct UnpinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unpin",
        abstract: "Lift the pin that a rollback has set.",
        discussion: """
            A rollback keeps the fleet at an older revision until a newer commit arrives. This lifts
            it at once: the next apply, or the loop, goes to the head of the branch.

            Examples:
              clara unpin
              clara unpin acme-agency    # where several fleets share the store
            """
    )

    @Argument(help: "The fleet. Default: the only one that is pinned.")
    var fleet: String?

    @OptionGroup var store: StoreOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await FailureReport(form: .text).around {
            let settings = try common.settings()
            let store = try await store.openExisting(settings)
            let wanted = fleet
            let locking = try lock.locking(store, settings)
            let pin = try await locking.perform { locked in
                let pin = try Self.choose(wanted, among: try await store.pins())
                _ = try await locked.unpin(pin.fleet)
                try await locked.note([Self.event(pin, locking.actor)])
                return pin
            }
            try Console.result("The fleet \(pin.fleet) is no longer pinned at \(pin.revision).")
        }
    }

    private static func event(_ pin: Pin, _ actor: String) -> EventNote {
        let why = pin.reason.isEmpty ? "" : " (\(pin.reason))"
        return EventNote(
            tenant: nil,
            type: .normal,
            reason: "Unpinned",
            message: "the fleet \(pin.fleet), pinned at \(pin.revision) by \(pin.by)\(why), was "
                + "unpinned by \(actor)",
            revision: pin.revision
        )
    }

    private static func choose(_ fleet: String?, among pins: [String: Pin]) throws -> Pin {
        let names = pins.keys.sorted().joined(separator: ", ")
        if pins.isEmpty { throw CommandFailure.refused("no fleet is pinned") }
        if let fleet {
            guard let pin = pins[fleet] else {
                throw CommandFailure.error("the fleet \(fleet) is not pinned; pinned are \(names)")
            }
            return pin
        }
        guard let pin = pins.values.first, pins.count == 1 else {
            throw CommandFailure.error("several fleets are pinned: name one of \(names)")
        }
        return pin
    }
}
