import ArgumentParser
import ClaraModel
import LiveSystem
import Planning

/// The option that names the store.
struct StoreOptions: ParsableArguments {
    @Option(help: "The store: sqlite:PATH. Default: sqlite:clara.db.")
    var store: String?

    /// Opens the store.
    func open(
        _ settings: Settings,
        for access: LiveStore.Access,
        now: Instant
    ) async throws -> LiveStore {
        let text = settings.value("store", flag: store) ?? "sqlite:clara.db"
        do {
            return try await LiveStore.open(try StoreLocation(parsing: text), for: access, now: now)
        } catch {
            throw CommandFailure.error("\(error)")
        }
    }
}

/// The option that names a part of the fleet.
struct TargetOptions: ParsableArguments {
    @Option(
        name: .customLong("target"),
        help: ArgumentHelp(
            "Only this tenant or address; * stands for any characters. Repeatable.",
            valueName: "tenant|address"
        )
    )
    var targets: [String] = []

    /// Reads the targets.
    func selection() throws -> TargetSelection {
        do {
            return try TargetSelection(parsing: targets)
        } catch {
            throw CommandFailure.error("--target: \(error)")
        }
    }
}
