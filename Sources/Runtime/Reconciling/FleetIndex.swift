import ClaraModel
import GitSource
import HashTreeCollections
import ManifestLoading
import Planning
import PolicyChecking
import Resolving

/// What a revision holds, before any tenant is read: the fleet's own files and the tenants' folders
/// with their ids.
public struct FleetIndex: Sendable {
    /// What all tenants share.
    public let context: FleetContext
    /// What was noticed in the fleet's own files.
    public let diagnostics: [Diagnostic]
    /// The rules over the fleet.
    let policies: PolicySet
    let folders: TreeDictionary<String, SourceEntry>
    /// Whether there is a `tenants/` folder at all.
    let hasTenantsFolder: Bool

    /// The names of all tenants.
    public var tenantNames: Set<String> { context.tenantNames }

    /// Reads `fleet.yaml`, the profiles and the policies, and lists the tenants.
    ///
    /// - Parameters:
    ///   - base: the revision whose policies, limits, freezes and allow-lists hold.
    ///   - now: the moment as of which exemptions have ended.
    public static func read(
        _ source: any SourceTree,
        base: (any SourceTree)? = nil,
        now: Instant
    ) async throws(ReconcileError) -> FleetIndex {
        let root = try await source.children("")
        guard let fleet = root.first(where: { $0.name == "fleet.yaml" && $0.kind == .file }) else {
            throw .notAFleet(revision: source.revision.description)
        }
        let tenants = try await source.children("tenants")
        // A link or a submodule is a tenant that cannot be read, and not one that is gone.
        let folders = tenants.filter { $0.kind != .file }
        let (context, diagnostics) = FleetContext.read(
            fleet: try await source.file(fleet),
            profiles: try await source.manifests("profiles"),
            tenants: Set(folders.map(\.name)),
            rules: try await rules(of: base)
        )
        let (policies, problems) = try await PolicyFiles.load(base ?? source)
        let remarks = strays(tenants) + problems + policies.endedExemptions(at: now)
        guard let context, remarks.allSatisfy({ $0.severity == .warning }) else {
            throw .brokenFleet(diagnostics + remarks)
        }
        return FleetIndex(
            context: context,
            diagnostics: diagnostics + remarks,
            policies: policies,
            folders: TreeDictionary(folders.map { ($0.name, $0) }) { first, _ in first },
            hasTenantsFolder: root.contains { $0.name == "tenants" && $0.kind == .folder }
        )
    }

    /// A folder that is missing is a mistake of the source, and no order to delete every tenant.
    func checkTenants(
        against live: LiveState,
        _ orders: PassOrders
    ) throws(ReconcileError) {
        if !hasTenantsFolder, !live.tenants.isEmpty, !orders.allowances.empty {
            throw .noTenants(live: live.tenants.count)
        }
    }

    /// The digest of everything that a tenant's resources are made from.
    func inputs(of tenant: String) -> Digest? {
        folders[tenant].map { context.inputs(of: tenant, folder: $0.id.description) }
    }

    /// What holds in place of the source's own rules; nil where those hold.
    private static func rules(
        of base: (any SourceTree)?
    ) async throws(ReconcileError) -> FleetRules? {
        guard let base else { return nil }
        guard let fleet = try await base.children("").first(where: { $0.name == "fleet.yaml" })
        else { return .defaults }
        let tenants = try await base.children("tenants").filter { $0.kind != .file }
        let (rules, diagnostics) = FleetRules.read(
            try await base.file(fleet),
            tenants: Set(tenants.map(\.name))
        )
        guard let rules else { throw .brokenFleet(diagnostics) }
        return rules
    }

    private static func strays(_ entries: [SourceEntry]) -> [Diagnostic] {
        entries.filter { $0.kind == .file && FleetFile.isManifest($0.path) }.map {
            Diagnostic(
                .warning,
                .wrongPlace,
                "a manifest in tenants/ belongs to no tenant",
                hint: "move it into the tenant's folder",
                at: Place(file: $0.path)
            )
        }
    }
}

extension SourceTree {
    func children(_ folder: String) async throws(ReconcileError) -> [SourceEntry] {
        do {
            return try await list(folder)
        } catch {
            throw .source(error)
        }
    }

    fileprivate func manifests(_ folder: String) async throws(ReconcileError) -> [FleetFile] {
        var files: [FleetFile] = []
        for entry in try await children(folder) where FleetFile.isManifest(entry.path) {
            files.append(try await file(entry))
        }
        return files
    }

    fileprivate func file(_ entry: SourceEntry) async throws(ReconcileError) -> FleetFile {
        let results = await files(in: [entry], reading: { _ in true })
        switch results.first {
        case .success(let files):
            if let file = files.first { return FleetFile(file) }
            throw .source(GitError(.unreadable(path: entry.path, why: "it is not a file")))
        case .failure(let error): throw .source(error)
        case nil: throw .source(GitError(.unreadable(path: entry.path, why: "it is not a file")))
        }
    }
}

extension FleetFile {
    init(_ file: SourceFile) {
        self.init(
            path: file.path,
            contentHash: "git:\(file.id)",
            size: file.size,
            bytes: file.bytes
        )
    }
}
