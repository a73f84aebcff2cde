import ClaraModel
import Foundation
import ManifestLoading
import PolicyChecking
import Resolving
import Testing

/// The example fleet is held against the policies that come with the project.
@Suite("examples/ under policies/")
struct ExampleFleetTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The files below a folder, with their paths below it; documents are listed and not read.
    private static func files(below folder: String) throws -> [FleetFile] {
        let base = root.appending(path: folder).resolvingSymlinksInPath()
        return try FileManager.default.subpathsOfDirectory(atPath: base.path).sorted()
            .compactMap { path in
                let url = base.appending(path: path)
                let isFolder = try url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory
                return isFolder == true ? nil : try file(path, Array(Data(contentsOf: url)))
            }
    }

    private static func file(_ path: String, _ bytes: [UInt8]) -> FleetFile {
        FleetFile(
            path: path,
            contentHash: "git:" + String(repeating: "0", count: 40),
            size: bytes.count,
            bytes: FleetFile.isManifest(path) ? bytes : nil
        )
    }

    private static func resources() throws -> [PolicyResource] {
        let files = try files(below: "examples")
        let names = Set(
            files.filter { $0.path.hasPrefix("tenants/") }.map {
                String($0.path.split(separator: "/")[1])
            }
        )
        let (context, _) = FleetContext.read(
            fleet: try #require(files.first { $0.path == "fleet.yaml" }),
            profiles: files.filter { $0.path.hasPrefix("profiles/") },
            tenants: names
        )
        let resolver = TenantResolver(try #require(context), now: Fixture.now)
        return try names.sorted().flatMap { name in
            let path = "tenants/\(name)"
            let own = files.filter { $0.path.hasPrefix(path + "/") }
            let tenant = resolver.resolve(TenantFolder(name: name, path: path, files: own))
            guard case .resolved(let resources) = tenant.outcome else {
                throw Broken(description: "\(name): \(tenant.diagnostics)")
            }
            return resources.map {
                PolicyResource(address: $0.address, content: $0.content, origin: $0.origin)
            }
        }
    }

    private struct Broken: Error, CustomStringConvertible { let description: String }

    @Test("nothing in the example fleet is denied or warned of, and every exemption is needed")
    func keepsToThem() throws {
        let policies = try Self.files(below: "policies").map {
            FleetFile(
                path: "policies/\($0.path)",
                contentHash: $0.contentHash,
                size: $0.size,
                bytes: $0.bytes
            )
        }
        let (set, diagnostics) = PolicySet.read(policies)
        #expect(diagnostics.isEmpty && set.endedExemptions(at: Fixture.now).isEmpty)
        let resources = try Self.resources()
        #expect(resources.count > 50)
        let plan = Fixture.plan(resources.map(Fixture.create))
        let found = PolicyCheck(set, now: Fixture.now).check(plan, fleet: Fixture.view(resources))
        #expect(found.filter { $0.exemption == nil }.isEmpty, "\(found)")
        let excused = Set(found.compactMap { $0.address.map { "\($0)" } })
        let named = set.policies.flatMap { $0.spec.exemptions ?? [] }.flatMap { $0.resources ?? [] }
        #expect(excused == Set(named))
    }
}
