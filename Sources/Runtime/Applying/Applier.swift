import ClaraModel
import LiveSystem
import Logging
import Planning

/// Carries out plans on a store.
public struct Applier: Sendable {
    private let store: LiveStore
    private static let logger = Logger(label: "clara.applying")

    /// - Parameter store: open for writing.
    public init(_ store: LiveStore) { self.store = store }

    /// Carries out a plan, tenant by tenant.
    ///
    /// - Parameters:
    ///   - upkeep: slots to roll forward beside it.
    ///   - progress: told of every tenant once its transaction is durable.
    /// - Returns: what became of every tenant. A tenant's failure stops no other, and what fails
    ///   after the tenants' own transactions takes nothing back.
    public func apply(
        _ plan: Plan,
        upkeep: Upkeep,
        progress: @escaping @Sendable (TenantOutcome) -> Void
    ) async -> ApplyReport {
        let provenance = Provenance(
            fleet: plan.fleet,
            revision: plan.revision,
            now: plan.plannedAt
        )
        let outcomes = await store.perform(
            plan.tenants.filter { !$0.steps.isEmpty },
            by: provenance
        ) { outcomes in outcomes.forEach(progress) }
        var failure: StoreError?
        do {
            try await finish(plan, outcomes, upkeep, provenance)
        } catch {
            failure = error
        }
        let report = ApplyReport(plan: plan, outcomes: outcomes, lateFailure: failure)
        log(report, plan)
        return report
    }

    /// What follows the tenants' own transactions, and what the next apply does where it fails.
    private func finish(
        _ plan: Plan,
        _ outcomes: [TenantOutcome],
        _ upkeep: Upkeep,
        _ provenance: Provenance
    ) async throws(StoreError) {
        let conditions = TenantConditions(plan: plan, outcomes: outcomes)
        try await store.settle(plan.settledWithoutSteps, by: provenance)
        // A stalled tenant is read again even where its inputs come back to what they were.
        try await store.unsettle(conditions.stalled)
        try await store.setConditions(conditions.byTenant)
        log(try await store.extendSlots(upkeep.extensions), upkeep)
        if plan.coversFleet, conditions.stalled.isEmpty {
            try await store.noteApplied(provenance)
        }
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

extension Plan {
    /// Tenants whose inputs are new although nothing in them changes, such as after a comment.
    fileprivate var settledWithoutSteps: [String: Digest] {
        let pairs = tenants.filter(\.steps.isEmpty).compactMap { tenant in
            tenant.settles.map { (tenant.tenant, $0) }
        }
        return Dictionary(pairs) { first, _ in first }
    }
}
