import ArgumentParser
import ClaraModel
import Foundation
import LiveSystem
import Planning

/// The option that names the store.
struct StoreOptions: ParsableArguments {
    @Option(help: "The store: sqlite:PATH. Default: sqlite:clara.db.")
    var store: String?

    /// Opens the store.
    func open(
        _ settings: Settings,
        for access: LiveStore.Access
    ) async throws -> LiveStore {
        do {
            let location = try location(settings)
            try checkFolder(of: location)
            return try await LiveStore.open(location, for: access, in: .system)
        } catch let error as StoreError {
            throw CommandFailure.error("\(error)")
        }
    }

    /// Opens a store for a change of what is in it, which one that does not exist cannot have.
    func openExisting(_ settings: Settings) async throws -> LiveStore {
        if let missing = try missing(settings) {
            throw CommandFailure.error(
                "the store \(missing) does not exist; check --store (clara apply makes a new one)"
            )
        }
        return try await open(settings, for: .writing)
    }

    /// Tells whoever looks into a store that does not exist that it holds nothing for this reason.
    func noteIfMissing(_ settings: Settings) throws {
        guard let missing = try missing(settings) else { return }
        Console.note("the store \(missing) does not exist yet; an apply makes it")
    }

    private func missing(_ settings: Settings) throws -> StoreLocation? {
        do {
            let location = try location(settings)
            return FileManager.default.fileExists(atPath: location.path) ? nil : location
        } catch {
            throw CommandFailure.error("\(error)")
        }
    }

    private func location(_ settings: Settings) throws(StoreError) -> StoreLocation {
        try StoreLocation(parsing: settings.value("store", flag: store) ?? "sqlite:clara.db")
    }

    /// A store that is not there yet is empty; a folder that is not there is a mistake in the path.
    private func checkFolder(of location: StoreLocation) throws {
        let folder = (location.path as NSString).deletingLastPathComponent
        guard !folder.isEmpty, !FileManager.default.fileExists(atPath: folder) else { return }
        throw CommandFailure.error(
            "\(folder) does not exist, so no store can be in it; check --store or make the folder"
        )
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
