import ClaraModel
import Foundation
import ManifestLoading
import Resolving

/// A fleet on disk, read by the loader and the resolver that `clara` uses.
struct FleetFolder {
    private let root: URL
    private let files: [String]

    init(_ root: URL) throws {
        self.root = root
        let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted()
        files = paths.filter { path in
            var isFolder: ObjCBool = false
            let file = root.appending(path: path).path
            return FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
                && !isFolder.boolValue
        }
    }

    /// The fleet of cases that bring none.
    private static let defaultFleet = """
        apiVersion: clara.dev/v1
        kind: Fleet
        metadata: {name: acme-agency}
        spec:
          defaults: {timezone: UTC}
          horizon: 7d

        """

    struct Broken: Error {
        let diagnostics: [Diagnostic]
    }

    /// What the files say at a moment.
    func desired(at now: Instant) throws -> (state: DesiredState, diagnostics: [Diagnostic]) {
        let tenants = Dictionary(
            grouping: try read(below: "tenants").filter { $0.path.split(separator: "/").count > 2 }
        ) { String($0.path.split(separator: "/")[1]) }
        let read = FleetContext.read(
            fleet: try fleetFile(),
            profiles: try read(below: "profiles"),
            tenants: Set(tenants.keys)
        )
        guard let context = read.context else { throw Broken(diagnostics: read.diagnostics) }
        let resolved = tenants.mapValues { files in
            let name = String(files[0].path.split(separator: "/")[1])
            return TenantResolver(context, now: now).resolve(
                TenantFolder(name: name, path: "tenants/\(name)", files: files)
            )
        }
        let desired = resolved.map { name, tenant in
            let folder = Self.hash((tenants[name] ?? []).map(\.contentHash).joined())
            let inputs = context.inputs(of: name, folder: folder)
            return (name, DesiredTenant(inputs: inputs, outcome: tenant.outcome))
        }
        return (
            DesiredState(
                fleet: context.settings,
                tenants: Dictionary(desired) { first, _ in first }
            ),
            read.diagnostics + resolved.values.flatMap(\.diagnostics)
        )
    }

    private func fleetFile() throws -> FleetFile {
        let own = try read(below: "fleet.yaml").first
        return own ?? Self.file("fleet.yaml", Array(Self.defaultFleet.utf8))
    }

    private func read(below path: String) throws -> [FleetFile] {
        try files.filter { $0 == path || $0.hasPrefix(path + "/") }.map { file in
            Self.file(file, Array(try Data(contentsOf: root.appending(path: file))))
        }
    }

    private static func file(_ path: String, _ bytes: [UInt8]) -> FleetFile {
        FleetFile(
            path: path,
            contentHash: hash(String(decoding: bytes, as: UTF8.self)),
            size: bytes.count,
            bytes: bytes
        )
    }

    /// A stable hash in the shape of a git blob id.
    private static func hash(_ text: String) -> String {
        "git:" + Digest(of: text).description.dropFirst("sha256:".count).prefix(40)
    }
}
