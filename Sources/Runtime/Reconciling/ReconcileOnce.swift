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
    private let base: (any SourceTree)?
    private let store: LiveStore
    private let targets: TargetSelection
    private let orders: PassOrders
    private let now: Instant
    private let choose: Choice

    /// Which part of a plan would be applied under the rules that hold.
    public typealias Choice = @Sendable (Plan, FleetSettings) -> Plan

    /// - Parameters:
    ///   - source: the fleet at one revision.
    ///   - base: the revision whose policies, limits, freezes and allow-lists hold; nil where those
    ///     of the source do.
    ///   - store: the live state.
    ///   - targets: which part of the fleet.
    ///   - orders: what a person allows beside the rules.
    ///   - now: the moment of the pass.
    ///   - choose: which part of the plan would be applied. Limits and policies judge only that:
    ///     what nobody applies, such as drift that is only reported, must not stop the rest.
    public init(
        source: any SourceTree,
        base: (any SourceTree)? = nil,
        store: LiveStore,
        targets: TargetSelection = .all,
        orders: PassOrders = PassOrders(),
        now: Instant,
        choosing choose: @escaping Choice = { plan, _ in plan }
    ) {
        self.source = source
        self.base = base
        self.store = store
        self.targets = targets
        self.orders = orders
        self.now = now
        self.choose = choose
    }

    /// Decides what to do and changes nothing.
    public func plan() async throws(ReconcileError) -> Reconciliation {
        try await plan(since: nil).reconciliation
    }

    /// Decides what to do, looking only at the tenants that moved since an earlier pass of the same
    /// source, and changes nothing.
    ///
    /// - Parameter previous: what the earlier pass has found; nil looks at every tenant.
    /// - Returns: what to do for the whole fleet, and where the next pass can start.
    public func plan(
        since previous: Snapshot?
    ) async throws(ReconcileError) -> (reconciliation: Reconciliation, snapshot: Snapshot) {
        let movement = try await Movement.find(
            since: previous,
            source,
            base: base,
            store,
            now: now
        )
        let live = try await observe(movement)
        try check(movement, live)
        let desired = await load(movement, live)
        try check(desired.tenants, movement, live)
        var snapshot = review(movement, desired, live, previous)
        let plan = planner(movement).plan(
            reviews: snapshot.findings.values.lazy.map(\.review),
            tenantCount: targets == .all ? snapshot.tenantCount : covered(snapshot, live)
        )
        let course = try await course(of: movement.index.context.settings)
        let report = try await judged(plan, course, movement, &snapshot, desired, live)
        let reconciliation = Reconciliation(
            report: report,
            upkeep: Upkeep(snapshot.findings.values.flatMap(\.extensions)),
            settings: movement.index.context.settings,
            course: course,
            declaredTenants: movement.index.tenantNames.count,
            exemptUntil: snapshot.verdict?.exemptUntil,
            seen: movement.cursor
        )
        return (reconciliation, snapshot)
    }

    /// Carries out what may be applied of a plan.
    ///
    /// - Parameters:
    ///   - locked: the same store, with its lock.
    ///   - pin: where the fleet is to stay from now on.
    ///   - faults: where a test has the process killed.
    ///   - isStopping: asked between two groups of tenants.
    ///   - progress: told of every tenant as soon as its transaction is durable.
    public static func apply(
        _ reconciliation: Reconciliation,
        as kind: Operation.Kind,
        in locked: LockedStore,
        pinning pin: Pin? = nil,
        faults: FaultPlan = .none,
        isStopping: @escaping @Sendable () -> Bool = { false },
        progress: @escaping @Sendable (TenantOutcome) -> Void
    ) async -> ApplyReport {
        await Applier(locked).apply(
            reconciliation.admitted,
            upkeep: reconciliation.upkeep,
            as: ApplyOrder(
                kind,
                previousRevision: reconciliation.course.applied,
                pin: pin,
                note: pin.flatMap { $0.reason.isEmpty ? nil : $0.reason },
                faults: faults,
                isStopping: isStopping
            ),
            progress: progress
        )
    }

    private func course(of fleet: FleetSettings) async throws(ReconcileError) -> PassCourse {
        let course = try await reading { () async throws(StoreError) in
            try await Course.read(fleet.name, in: store)
        }
        do {
            return PassCourse(
                applied: course.lastRevision,
                objection: orders.direction == .rollback
                    ? nil : try await course.objection(to: source),
                overtaken: try await course.overtaken(by: source),
                noted: course.notedRevisions,
                pin: course.pin
            )
        } catch {
            throw .source(error)
        }
    }

}

// MARK: The stages

extension ReconcileOnce {
    private func observe(_ movement: Movement) async throws(ReconcileError) -> LiveState {
        try await reading { () async throws(StoreError) in
            guard let tenants = movement.tenants else { return try await store.observe(now: now) }
            if tenants.isEmpty { return LiveState() }
            return try await store.observe(tenants: tenants, now: now)
        }
    }

    private func check(_ movement: Movement, _ live: LiveState) throws(ReconcileError) {
        guard movement.tenants == nil else { return }
        try movement.index.checkTenants(against: live, orders)
        try targets.check(tenants: movement.index.tenantNames.union(live.tenants.keys))
    }

    private func check(
        _ desired: [String: DesiredTenant],
        _ movement: Movement,
        _ live: LiveState
    ) throws(ReconcileError) {
        guard movement.tenants == nil else { return }
        let settings = movement.index.context.settings
        try targets.check(DesiredState(fleet: settings, tenants: desired), live)
    }

    private func load(_ movement: Movement, _ live: LiveState) async -> TenantLoading.Result {
        let index = movement.index
        return await TenantLoading(index, source, now: now).load(
            only: movement.tenants,
            skipping: SettledTenants.find(in: live, index)
        )
    }

    private func planner(_ movement: Movement) -> Planner {
        Planner(
            fleet: movement.index.context.settings,
            revision: source.revision.description,
            now: now,
            targets: targets
        )
    }

    /// Plans the tenants that moved, and keeps of the others what was found before.
    private func review(
        _ movement: Movement,
        _ desired: TenantLoading.Result,
        _ live: LiveState,
        _ previous: Snapshot?
    ) -> Snapshot {
        var snapshot = previous?.moved(movement) ?? Snapshot(movement)
        let fleet = movement.index.context.settings
        let planner = planner(movement)
        let remarks = Dictionary(grouping: desired.diagnostics) { $0.tenant ?? "" }
        let names = movement.tenants ?? movement.index.tenantNames.union(live.tenants.keys)
        for name in names where targets.mayCover(name) {
            let tenant = live.tenants[name] ?? LiveTenant()
            let review = planner.review(name, desired: desired.tenants[name], live: tenant)
            let finding = TenantFinding(
                review: review,
                diagnostics: remarks[name] ?? [],
                extensions: Upkeep.extensions(
                    of: tenant,
                    beside: review.plan,
                    fleet,
                    at: now,
                    targets: targets
                )
            )
            snapshot.take(finding, of: name, live: live.tenants[name])
        }
        return snapshot
    }

    private func covered(_ snapshot: Snapshot, _ live: LiveState) -> Int {
        snapshot.index.tenantNames.union(live.tenants.keys).count(where: targets.mayCover)
    }

    /// What the rules say to the plan.
    private func judged(
        _ plan: Plan,
        _ course: PassCourse,
        _ movement: Movement,
        _ snapshot: inout Snapshot,
        _ desired: TenantLoading.Result,
        _ live: LiveState
    ) async throws(ReconcileError) -> PlanReport {
        let judging = Judging(movement, source: source, base: base, orders: orders, now: now)
        let diagnostics = snapshot.findings.values.flatMap(\.diagnostics)
        let settings = movement.index.context.settings
        let states = (DesiredState(fleet: settings, tenants: desired.tenants), live)
        let part = choose(plan, settings)
        do {
            let verdict = try await judging.verdict(on: part, snapshot.verdict, states, store)
            snapshot.verdict = verdict
            let admission = judging.admission(of: part, live, snapshot.census)
            return PlanReport(
                plan: plan,
                diagnostics: movement.index.diagnostics
                    + diagnostics.filter { $0.tenant.map(targets.mayCover) ?? true },
                policies: verdict.remarks,
                // A proposal is not what will be applied.
                admission: base == nil ? admission.refused(by: course.objection) : admission
            )
        } catch {
            throw .store(error)
        }
    }

    private func reading<Result>(
        _ work: () async throws(StoreError) -> Result
    ) async throws(ReconcileError) -> Result {
        do {
            return try await work()
        } catch {
            throw .store(error)
        }
    }
}

extension Admission {
    fileprivate func refused(by objection: CourseObjection?) -> Admission {
        objection.map { refused(because: .course("\($0)")) } ?? self
    }
}

/// What a pass has decided.
public struct Reconciliation: Sendable {
    /// The plan, what was noticed on the way, and what the rules say to it.
    public let report: PlanReport
    /// Slots to roll forward, which is no change of anything.
    public let upkeep: Upkeep
    /// The fleet, under the rules that hold.
    public let settings: FleetSettings
    /// Where the pass goes in the history of the fleet.
    public let course: PassCourse
    /// How many tenants git declares, broken ones included.
    var declaredTenants = 0
    /// The last day on which every exemption holds that a policy has made; nil where none was.
    var exemptUntil: CivilDate?
    /// How far the change feed was read before the pass looked; nil where it follows no feed.
    var seen: FeedCursor?

    /// Where the fleet stands, for a plan that is saved.
    public var savedCourse: SavedCourse {
        SavedCourse(
            applied: course.noted,
            pin: course.pin?.name,
            declaredTenants: declaredTenants,
            exemptUntil: exemptUntil
        )
    }

    /// What may be applied; nothing where a limit, a freeze or a policy refuses the plan.
    public var admitted: Plan {
        report.isRefused ? report.plan.restricted(to: []) : report.admission?.plan ?? report.plan
    }
}

/// Where a pass goes in the history of the fleet.
public struct PassCourse: Sendable {
    /// The revision that was applied last.
    public let applied: String?
    /// What speaks against applying it; nil where nothing does.
    public let objection: CourseObjection?
    /// The pin that ends with it.
    public let overtaken: Pin?
    /// Every revision that something was applied of last.
    var noted: [String] = []
    /// The order that held the fleet at the moment of the pass.
    var pin: Pin?
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
    /// A saved plan no longer fits what is live.
    case savedPlan(SavedPlanError)

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
                + "of a folder that is missing: check --source and --ref, or add --allow-empty"
        case .savedPlan(let error): "\(error)"
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
        if self == .all || hasBlocked { return }
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
