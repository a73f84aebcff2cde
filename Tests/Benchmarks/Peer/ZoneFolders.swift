import Foundation

/// The zones of a fleet's tenants in folders, as octoDNS's YamlProvider reads and writes them.
struct ZoneFolders {
    /// The folder that holds them.
    let root: String

    /// Writes what is to be, once for each of the branches.
    init(of fleet: FleetRepository, branches: [FleetRepository.Branch], in root: String) throws {
        self.root = root
        for branch in branches {
            let changed = Set(fleet.changed(in: branch))
            let folder = try make(branch.rawValue)
            for number in 0..<fleet.tenants {
                let edition = changed.contains(number) ? 1 : 0
                let zone = ZoneFile(TenantFiles(number: number, edition: edition))
                try write(zone.text, to: "\(folder)/\(zone.name)")
            }
        }
    }

    /// Writes a configuration for octoDNS: one provider to read the zones of a branch from, and one
    /// that holds what is live; everything else is left at its default.
    ///
    /// - Parameter live: a folder's name; it is made, empty, where there is none.
    /// - Returns: the configuration's path.
    func configuration(from branch: FleetRepository.Branch, to live: String) throws -> String {
        let path = "\(root)/\(branch.rawValue)-\(live).config"
        let text = """
            providers:
              config: {\(Self.provider), directory: \(root)/\(branch.rawValue)}
              live: {\(Self.provider), directory: \(try make(live))}
            zones:
              "*": {sources: [config], targets: [live]}

            """
        try write(text, to: path)
        return path
    }

    /// octoDNS warns where nothing is said about semicolons.
    private static let provider =
        "class: octodns.provider.yaml.YamlProvider, escaped_semicolons: false"

    private func make(_ folder: String) throws -> String {
        let path = "\(root)/\(folder)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    private func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
    }
}
