import ClaraModel
import GitSource
import ManifestLoading
import Planning
import Resolving

/// Reads and resolves the tenants of a revision.
public struct TenantLoading: Sendable {
    private let index: FleetIndex
    private let source: any SourceTree
    private let resolver: TenantResolver

    /// How many tenants are read from git in one go: enough that crossing to its thread does not
    /// count, few enough that their contents fit a fraction of the memory.
    private static let batchSize = 64
    /// How many batches are resolved at a time. Reading is one thread's work, so two more keep a
    /// small machine busy without holding many batches in memory.
    private static let batchesInFlight = 3

    /// - Parameter now: the moment as of which schedules are judged.
    public init(_ index: FleetIndex, _ source: any SourceTree, now: Instant) {
        self.index = index
        self.source = source
        resolver = TenantResolver(index.context, now: now)
    }

    /// What became of the tenants.
    public struct Result: Sendable {
        /// What git says of every tenant.
        public var tenants: [String: DesiredTenant] = [:]
        /// What is wrong with them, by place.
        public var diagnostics: [Diagnostic] = []

        /// What is wrong with the tenants that the targets cover.
        func diagnostics(of targets: TargetSelection) -> [Diagnostic] {
            diagnostics.filter { $0.tenant.map(targets.mayCover) ?? true }
        }
    }

    /// Loads tenants; those to skip are settled and not read.
    ///
    /// - Parameter wanted: only these, as far as they have a folder; nil for every tenant.
    public func load(
        only wanted: Set<String>? = nil,
        skipping settled: Set<String> = []
    ) async -> Result {
        var result = Result()
        for name in settled {
            result.tenants[name] = index.inputs(of: name).map {
                DesiredTenant(inputs: $0, outcome: .settled)
            }
        }
        let folders = (wanted.map(index.folders(of:)) ?? Array(index.folders.values))
            .filter { !settled.contains($0.name) }
        let batches = folders.sorted { $0.path < $1.path }.chunks(of: Self.batchSize)
        await withTaskGroup(of: [(String, ResolvedTenant)].self) { group in
            var waiting = batches.makeIterator()
            for _ in 0..<Self.batchesInFlight {
                if let batch = waiting.next() { group.addTask { await resolve(batch) } }
            }
            for await resolved in group {
                for (name, tenant) in resolved { add(tenant, name, to: &result) }
                if let batch = waiting.next() { group.addTask { await resolve(batch) } }
            }
        }
        result.diagnostics.sort { $0.place < $1.place }
        return result
    }

    private func add(_ tenant: ResolvedTenant, _ name: String, to result: inout Result) {
        guard let inputs = index.inputs(of: name) else { return }
        result.tenants[name] = DesiredTenant(inputs: inputs, outcome: tenant.outcome)
        result.diagnostics += tenant.diagnostics
    }

    private func resolve(_ folders: [SourceEntry]) async -> [(String, ResolvedTenant)] {
        let contents = await source.files(in: folders, reading: Self.isTenantManifest)
        return zip(folders, contents).map { folder, content in
            switch content {
            case .success(let files):
                let files = files.map { FleetFile($0) }
                let tenant = TenantFolder(name: folder.name, path: folder.path, files: files)
                return (folder.name, resolver.resolve(tenant))
            case .failure(let error):
                return (folder.name, .unreadable(folder, error))
            }
        }
    }

    /// Manifests stand in the tenant's folder itself; what lies deeper is listed, not read.
    private static func isTenantManifest(_ path: String) -> Bool {
        FleetFile.isManifest(path) && path.utf8.count { $0 == UInt8(ascii: "/") } == 2
    }
}

extension FleetIndex {
    fileprivate func folders(of tenants: Set<String>) -> [SourceEntry] {
        tenants.compactMap { folders[$0] }
    }
}

extension ResolvedTenant {
    fileprivate static func unreadable(_ folder: SourceEntry, _ error: GitError) -> ResolvedTenant {
        let diagnostic = Diagnostic(
            .error,
            .unreadable,
            "\(error)",
            at: Place(file: folder.path),
            tenant: folder.name
        )
        return ResolvedTenant(outcome: .blocked(errors: 1), diagnostics: [diagnostic])
    }
}

extension Array {
    fileprivate func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
