import ClaraModel
import LiveSystem
import Logging
import Planning

/// Carries out plans on a store whose lock is held.
public struct Applier: Sendable {
    private let store: LockedStore
    private static let logger = Logger(label: "clara.applying")

    /// - Parameter store: the store; it is neither locked nor released here.
    public init(_ store: LockedStore) { self.store = store }

    /// Carries out a plan, tenant by tenant, after noting all of it in the journal.
    ///
    /// - Parameters:
    ///   - upkeep: slots to roll forward beside it.
    ///   - order: as what, and when to stop.
    ///   - progress: told of every tenant once its transaction is durable.
    /// - Returns: what became of every tenant. A tenant's failure stops no other, and what fails
    ///   after the tenants' own transactions takes nothing back.
    public func apply(
        _ plan: Plan,
        upkeep: Upkeep,
        as order: ApplyOrder,
        progress: @escaping @Sendable (TenantOutcome) -> Void = { _ in }
    ) async -> ApplyReport {
        order.faults.reach(.locked)
        let provenance = Provenance(
            fleet: plan.fleet,
            revision: plan.revision,
            now: store.now()
        )
        // A person may have looked at the plan for a while; what fired meanwhile is past.
        let plan = plan.asOf(store.now())
        var walk = Walk(plan, order)
        do {
            try await perform(&walk, by: provenance, progress)
            try await note(plan, walk, upkeep, provenance)
            order.faults.reach(.noted)
            try await finish(walk)
            order.faults.reach(.finished)
        } catch {
            await giveUp(walk, error)
            walk.fail(error).forEach(progress)
        }
        let report = walk.report
        log(report, plan)
        return report
    }

    /// Notes the intent, then performs group after group.
    private func perform(
        _ walk: inout Walk,
        by provenance: Provenance,
        _ progress: (TenantOutcome) -> Void
    ) async throws(StoreError) {
        let changed = walk.plan.tenants.filter { !$0.isEmpty }
        if changed.isEmpty {
            if let pin = walk.order.pin { try await store.pin(pin) }
            return
        }
        var run = try await store.begin(
            walk.order.operation(of: walk.plan, in: store),
            changed,
            pinning: walk.order.pin,
            note: walk.order.note
        )
        walk.run = run
        walk.order.faults.reach(.intended)
        for group in run.groups.indices {
            if walk.order.isStopping() { break }
            let outcomes = try await store.perform(group, of: &run, by: provenance)
            walk.take(outcomes, run)
            outcomes.forEach(progress)
            walk.order.faults.reach(.groupCommitted)
        }
        walk.order.faults.reach(.performed)
    }

    /// What follows the tenants' own transactions, and what the next apply does where it fails.
    private func note(
        _ plan: Plan,
        _ walk: Walk,
        _ upkeep: Upkeep,
        _ provenance: Provenance
    ) async throws(StoreError) {
        let conditions = TenantConditions(plan: plan, outcomes: walk.outcomes)
        try await store.settle(plan.settledWithoutSteps, by: provenance)
        // A stalled tenant is read again even where its inputs come back to what they were.
        try await store.unsettle(conditions.stalled)
        try await store.setConditions(conditions.byTenant)
        log(try await store.extendSlots(upkeep.extensions), upkeep)
        let events = OperationEvents(plan, walk.order, walk.report, by: store.request.holder).notes
        if !events.isEmpty { try await store.note(events) }
        if plan.coversFleet, walk.isComplete {
            try await store.noteApplied(provenance)
        }
    }

    private func finish(_ walk: Walk) async throws(StoreError) {
        guard let run = walk.run else { return }
        try await store.finish(run, stopped: walk.wasStopped ? "it was asked to stop" : nil)
    }

    /// Ends the operation in the journal. Where even that cannot be written, whoever takes the lock
    /// next notes it as interrupted.
    private func giveUp(_ walk: Walk, _ error: StoreError) async {
        guard let run = walk.run else { return }
        try? await store.finish(run, stopped: "\(error)")
    }

    /// A schedule that somebody moved meanwhile is rolled forward by the next pass.
    private func log(_ outcomes: [PerformOutcome], _ upkeep: Upkeep) {
        for (outcome, gain) in zip(outcomes, upkeep.extensions) where outcome != .done {
            Self.logger.warning(
                "slots not rolled forward",
                metadata: ["schedule": "\(gain.address)", "outcome": "\(outcome)"]
            )
        }
    }

    private func log(_ report: ApplyReport, _ plan: Plan) {
        for undone in report.undone {
            Self.logger.info(
                "tenant not applied",
                metadata: ["tenant": "\(undone.tenant)", "outcome": "\(undone.outcome)"]
            )
        }
        Self.logger.info(
            "applied",
            metadata: [
                "revision": "\(plan.revision)", "plan": "\(plan.digest)", "report": "\(report)",
            ]
        )
    }
}

/// How far an apply has come.
private struct Walk {
    let plan: Plan
    let order: ApplyOrder
    var run: OperationRun?
    private(set) var outcomes: [TenantOutcome] = []
    private var failure: StoreError?

    init(_ plan: Plan, _ order: ApplyOrder) {
        self.plan = plan
        self.order = order
    }

    mutating func take(_ new: [TenantOutcome], _ run: OperationRun) {
        outcomes += new
        self.run = run
    }

    /// Nothing further can be done: the tenants that are left have failed with it.
    ///
    /// - Returns: their outcomes.
    mutating func fail(_ error: StoreError) -> [TenantOutcome] {
        let failed = remaining.map { TenantOutcome(tenant: $0, outcome: .failed(error)) }
        outcomes += failed
        failure = failed.isEmpty ? error : nil
        return failed
    }

    /// Whether it was ended between two groups.
    var wasStopped: Bool { !remaining.isEmpty }

    /// Whether nothing of the fleet is left as it was.
    var isComplete: Bool {
        outcomes.allSatisfy { $0.outcome == .done } && remaining.isEmpty
            && plan.tenants.allSatisfy { $0.blocked == nil }
    }

    var report: ApplyReport {
        ApplyReport(
            plan: plan,
            operation: run?.operation.id,
            outcomes: outcomes,
            skipped: remaining,
            lateFailure: failure
        )
    }

    private var remaining: [String] {
        plan.tenants.filter { !$0.isEmpty }.dropFirst(outcomes.count).map(\.tenant)
    }
}

extension Plan {
    /// Tenants whose inputs are new although nothing in them changes, such as after a comment.
    fileprivate var settledWithoutSteps: [String: Digest] {
        let pairs = tenants.filter(\.isEmpty).compactMap { tenant in
            tenant.settles.map { (tenant.tenant, $0) }
        }
        return Dictionary(pairs) { first, _ in first }
    }
}
