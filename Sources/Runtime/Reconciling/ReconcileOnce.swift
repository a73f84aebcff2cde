import Applying
import ClaraModel
import GitSource
import LiveSystem
import ManifestLoading
import Planning
import Resolving

/// One pass: what git says, what is live, what to do about the difference, and doing it.
public struct ReconcileOnce: Sendable {
    private let source: any SourceTree
    private let store: LiveStore
    private let targets: TargetSelection
    private let now: Instant

    /// - Parameters:
    ///   - source: the fleet at one revision.
    ///   - store: the live state.
    ///   - targets: which part of the fleet.
    ///   - now: the moment of the pass.
    public init(
        source: any SourceTree,
        store: LiveStore,
        targets: TargetSelection = .all,
        now: Instant
    ) {
        self.source = source
        self.store = store
        self.targets = targets
        self.now = now
    }

    /// Decides what to do and changes nothing.
    public func plan() async throws(ReconcileError) -> Reconciliation {
        let index = try await FleetIndex.read(source)
        let live = try await observe()
        try index.checkTenants(against: live)
        try targets.check(tenants: index.tenantNames.union(live.tenants.keys))
        let settled = SettledTenants.find(in: live, index)
        let loaded = await TenantLoading(index, source, now: now).load(skipping: settled)
        let desired = DesiredState(fleet: index.context.settings, tenants: loaded.tenants)
        try targets.check(desired, live)
        let plan = Planner(
            fleet: desired.fleet,
            revision: source.revision.description,
            now: now,
            targets: targets
        ).plan(desired: desired, live: live)
        let report = PlanReport(
            plan: plan,
            diagnostics: index.diagnostics + loaded.diagnostics(of: targets)
        )
        let upkeep = Upkeep(of: live, beside: plan, desired.fleet, targets: targets)
        return Reconciliation(report: report, upkeep: upkeep)
    }

    /// Carries out a plan.
    ///
    /// - Parameter progress: told of every tenant as soon as its transaction is durable.
    public func apply(
        _ reconciliation: Reconciliation,
        progress: @escaping @Sendable (TenantOutcome) -> Void
    ) async -> ApplyReport {
        await Applier(store).apply(
            reconciliation.report.plan,
            upkeep: reconciliation.upkeep,
            progress: progress
        )
    }

    private func observe() async throws(ReconcileError) -> LiveState {
        do {
            return try await store.observe(now: now)
        } catch {
            throw .store(error)
        }
    }
}

/// What a pass has decided.
public struct Reconciliation: Sendable {
    /// The plan and what was noticed on the way.
    public let report: PlanReport
    /// Slots to roll forward, which is no change of anything.
    public let upkeep: Upkeep
}

/// Why there is no plan at all.
public enum ReconcileError: Error, Sendable, CustomStringConvertible {
    /// The source could not be read.
    case source(GitError)
    /// The store could not be read or written.
    case store(StoreError)
    /// The folder holds no `fleet.yaml`.
    case notAFleet(revision: String)
    /// The fleet's own files have errors.
    case brokenFleet([Diagnostic])
    /// Targets that name nothing.
    case unknownTargets([String])
    /// The source has no `tenants/` folder while tenants are live, so that a plan would delete
    /// them.
    case noTenants(live: Int)

    /// The text form.
    public var description: String {
        switch self {
        case .source(let error): "\(error)"
        case .store(let error): "\(error)"
        case .notAFleet(let revision):
            "there is no fleet.yaml at \(revision); name the folder that holds it with --source, "
                + "or start a fleet with `clara init`"
        case .brokenFleet:
            "the fleet's own files have errors; nothing can be planned until they are mended"
        case .unknownTargets(let targets):
            "nothing matches \(targets.map { "`\($0)`" }.joined(separator: ", "))"
        case .noTenants(let live):
            "the source has no tenants/ folder, and \(live) tenants are live; nothing is deleted because "
                + "of a folder that is missing: check --source and --ref"
        }
    }
}

extension TargetSelection {
    fileprivate func check(tenants: Set<String>) throws(ReconcileError) {
        let unknown = unmatched(by: tenants)
        if !unknown.isEmpty { throw .unknownTargets(unknown) }
    }

    /// A blocked tenant may declare anything, so only targets in readable tenants are held to it.
    fileprivate func check(
        _ desired: DesiredState,
        _ live: LiveState
    ) throws(ReconcileError) {
        let hasBlocked = desired.tenants.values.contains { tenant in
            if case .blocked = tenant.outcome { true } else { false }
        }
        if hasBlocked { return }
        let declared = desired.tenants.values.flatMap(\.addresses)
        let unknown = unmatched(by: declared + live.tenants.values.flatMap(\.resources.keys))
        if !unknown.isEmpty { throw .unknownTargets(unknown) }
    }
}

extension DesiredTenant {
    fileprivate var addresses: [ResourceAddress] {
        if case .resolved(let resources) = outcome { resources.map(\.address) } else { [] }
    }
}
