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
        let text = settings.value("store", flag: store) ?? "sqlite:clara.db"
        do {
            let location = try StoreLocation(parsing: text)
            try checkFolder(of: location)
            return try await LiveStore.open(location, for: access, in: .system)
        } catch let error as StoreError {
            throw CommandFailure.error("\(error)")
        }
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
