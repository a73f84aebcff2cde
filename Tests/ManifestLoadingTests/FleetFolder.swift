import ClaraModel
import Foundation
import ManifestLoading
import Resolving
import Testing

/// A fleet as it lies in a folder on disk.
struct FleetFolder {
    let root: URL

    /// The fleet of the project's examples.
    static let examples = FleetFolder(root: Project.root.appending(path: "examples"))
    /// The moment as of which schedules are judged.
    static let now = Instant(seconds: 1_795_392_000)  // 2026-11-23T00:00:00Z

    /// Everything that is wrong with the fleet.
    func diagnostics() throws -> [Diagnostic] {
        let tenants = try FileManager.default
            .contentsOfDirectory(atPath: root.appending(path: "tenants").path)
        let all = try files(below: "")
        let fleet = try #require(all.first { $0.path == "fleet.yaml" })
        let read = FleetContext.read(
            fleet: fleet,
            profiles: all.filter { $0.path.hasPrefix("profiles/") },
            tenants: Set(tenants)
        )
        guard let context = read.context else { return read.diagnostics }
        let resolver = TenantResolver(context, now: Self.now)
        return read.diagnostics
            + tenants.sorted().flatMap { name in
                let path = "tenants/\(name)"
                let files = all.filter { $0.path.hasPrefix(path + "/") }
                return resolver.resolve(TenantFolder(name: name, path: path, files: files))
                    .diagnostics
            }
    }

    /// Every file below a folder of the fleet, with its content.
    func files(below folder: String) throws -> [FleetFile] {
        let walk = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
        let paths = (walk?.compactMap { $0 as? String } ?? []).sorted()
        return try paths.compactMap { path in
            let full = folder.isEmpty ? path : "\(folder)/\(path)"
            let url = root.appending(path: full)
            guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else {
                return nil
            }
            let bytes = Array(try Data(contentsOf: url))
            return FleetFile(path: full, contentHash: "git:0", size: bytes.count, bytes: bytes)
        }
    }
}

/// The project's folders.
enum Project {
    /// The folder of these tests. Links are followed, as tools list no folder behind one.
    static let tests = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent()
    static let root = tests.deletingLastPathComponent().deletingLastPathComponent()
}
