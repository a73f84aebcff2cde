import ClaraModel
import GitSource
import LiveSystem

/// What moved since the last pass, and so has to be looked at again.
struct Movement: Sendable {
    /// The fleet as it is.
    let shared: SharedFiles
    /// The base, whose rules hold; nil where those of the source do.
    let base: SharedFiles?
    let index: FleetIndex
    let cursor: FeedCursor
    /// The tenants that moved; nil where every tenant may have.
    let tenants: Set<String>?
    /// Whether nothing at all has moved: only time, and what may mend itself, is looked at.
    let isStill: Bool

    /// Compares the source and the store with an earlier pass.
    static func find(
        since previous: Snapshot?,
        _ source: any SourceTree,
        base: (any SourceTree)?,
        _ store: LiveStore,
        now: Instant
    ) async throws(ReconcileError) -> Movement {
        let cursor = try await feedCursor(store)
        let shared = try await SharedFiles.read(source)
        let rules: SharedFiles? = if let base { try await SharedFiles.read(base) } else { nil }
        guard let previous, previous.shared.hasSameRules(as: shared), previous.base == rules else {
            return Movement(
                shared: shared,
                base: rules,
                index: try await FleetIndex.read(source, base: base, now: now),
                cursor: cursor,
                tenants: nil,
                isStill: false
            )
        }
        let page = try await page(store, after: previous.cursor)
        let (index, folders) = try await folders(since: previous, shared, source, base, now: now)
        return Movement(
            shared: shared,
            base: rules,
            index: index,
            cursor: page.cursor,
            tenants: page.isComplete
                ? folders.union(page.tenants).union(previous.due(at: now)) : nil,
            isStill: page.isComplete && folders.isEmpty && page.tenants.isEmpty
                && previous.isCertain
        )
    }

    /// The index as it is now, and the tenants whose inputs differ.
    private static func folders(
        since previous: Snapshot,
        _ shared: SharedFiles,
        _ source: any SourceTree,
        _ base: (any SourceTree)?,
        now: Instant
    ) async throws(ReconcileError) -> (FleetIndex, Set<String>) {
        guard shared != previous.shared else { return (previous.index, []) }
        if let before = previous.shared.tenants, let change = try await change(source, before),
            let index = previous.index.updated(change)
        {
            return (index, Set(change.changed.map(\.name)))
        }
        // A tenant came or went: names of tenants count among the inputs of others.
        let index = try await FleetIndex.read(source, base: base, now: now)
        let names = index.tenantNames.union(previous.index.tenantNames)
        return (index, names.filter { index.inputs(of: $0) != previous.index.inputs(of: $0) })
    }

    private static func change(
        _ source: any SourceTree,
        _ before: ObjectID
    ) async throws(ReconcileError) -> FolderChange? {
        do {
            return try await source.changes(in: "tenants", since: before)
        } catch {
            throw .source(error)
        }
    }

    private static func feedCursor(
        _ store: LiveStore
    ) async throws(ReconcileError) -> FeedCursor {
        do {
            return try await store.feedCursor()
        } catch {
            throw .store(error)
        }
    }

    private static func page(
        _ store: LiveStore,
        after cursor: FeedCursor
    ) async throws(ReconcileError) -> FeedPage {
        do {
            return try await store.feed(after: cursor)
        } catch {
            throw .store(error)
        }
    }
}

extension FleetIndex {
    /// The index with other folders' ids; nil where a tenant came or went.
    fileprivate func updated(_ change: FolderChange) -> FleetIndex? {
        var updated = folders
        for entry in change.changed {
            if entry.kind == .file || updated.updateValue(entry, forKey: entry.name) == nil {
                return nil
            }
        }
        if !change.removed.isEmpty { return nil }
        return FleetIndex(
            context: context,
            diagnostics: diagnostics,
            policies: policies,
            folders: updated,
            hasTenantsFolder: hasTenantsFolder
        )
    }
}
