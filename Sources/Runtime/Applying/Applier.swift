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
    /// - Throws: `StoreError` where the store fails after the tenants' own transactions; a tenant's
    ///   failure is in the report and stops no other.
    public func apply(
        _ plan: Plan,
        upkeep: Upkeep,
        progress: @escaping @Sendable (TenantOutcome) -> Void
    ) async throws(StoreError) -> ApplyReport {
        let provenance = Provenance(
            fleet: plan.fleet,
            revision: plan.revision,
            now: plan.plannedAt
        )
        let outcomes = await store.perform(
            plan.tenants.filter { !$0.steps.isEmpty },
            by: provenance
        ) { outcomes in outcomes.forEach(progress) }
        let report = ApplyReport(plan: plan, outcomes: outcomes)
        log(report, plan)
        try await store.settle(plan.settledWithoutSteps, by: provenance)
        try await store.setConditions(TenantConditions(plan: plan, outcomes: outcomes).byTenant)
        log(try await store.extendSlots(upkeep.extensions), upkeep)
        if report.undone.isEmpty { try await store.noteApplied(provenance) }
        return report
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
            Self.logger.error(
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
