import ClaraModel
import Planning
import SQLDatabase

/// The entry points of before there was a lock, for callers that have not moved yet.
extension LiveStore {
    /// Opens a store for which no time passes.
    public static func open(
        _ location: StoreLocation,
        for access: Access,
        now: Instant
    ) async throws(StoreError) -> LiveStore {
        // Without chance, the store is given no identity.
        let environment = StoreEnvironment(clock: { now }, random: { _ in [] })
        return try await open(location, for: access, in: environment)
    }

    /// Commits a group of transactions durably.
    private func commit(_ group: [SQLTransaction]) async throws(StoreError) -> [TransactionOutcome]
    {
        guard case .kept(let outcomes) = try await commit(TransactionGroup(transactions: group))
        else { return [] }
        return outcomes
    }

    /// How many tenants one durable commit covers.
    public static let tenantsPerCommit = OperationRun.tenantsPerCommit

    /// Performs the steps of tenants, each tenant in a transaction of its own.
    ///
    /// - Parameter progress: is told of outcomes as soon as they are durable.
    /// - Returns: the outcomes, in the order of the plans. A tenant that fails concerns no other;
    ///   where the store itself fails, every tenant from there on has failed with its error.
    public func perform(
        _ plans: [TenantPlan],
        by provenance: Provenance,
        progress: @Sendable ([TenantOutcome]) -> Void = { _ in }
    ) async -> [TenantOutcome] {
        var outcomes: [TenantOutcome] = []
        outcomes.reserveCapacity(plans.count)
        var failure: StoreError?
        for start in stride(from: 0, to: plans.count, by: Self.tenantsPerCommit) {
            let group = plans[start..<min(start + Self.tenantsPerCommit, plans.count)]
            let done = await perform(group, by: provenance, after: &failure)
            progress(done)
            outcomes += done
        }
        return outcomes
    }

    /// - Parameter failure: what made the store fail earlier; set where it fails now.
    private func perform(
        _ group: ArraySlice<TenantPlan>,
        by provenance: Provenance,
        after failure: inout StoreError?
    ) async -> [TenantOutcome] {
        if let failure { return group.map { TenantOutcome(tenant: $0.tenant, failed: failure) } }
        let prepared = group.map { plan in
            Result { () throws(StoreError) in try TenantTransaction(plan, by: provenance) }
        }
        do {
            // What could not be prepared is told below, with the outcome of its tenant.
            let transactions = prepared.compactMap { try? $0.get().transaction }
            var committed = try await commit(transactions)[...]
            return zip(group, prepared).map { plan, prepared in
                TenantOutcome(tenant: plan.tenant, prepared) { committed.removeFirst() }
            }
        } catch {
            failure = error
            return group.map { TenantOutcome(tenant: $0.tenant, failed: error) }
        }
    }

    /// Notes the inputs of tenants of which nothing is left undone.
    ///
    /// - Throws: `StoreError` of the database.
    public func settle(
        _ inputs: [String: Digest],
        by provenance: Provenance
    ) async throws(StoreError) {
        let statements = inputs.sorted { $0.key < $1.key }.map {
            TenantTransaction.settle($0.key, $0.value, by: provenance)
        }
        try await write("settlements", statements)
    }

    /// Forgets what tenants were settled on, so that the next plan reads them.
    ///
    /// - Throws: `StoreError` of the database.
    public func unsettle(_ tenants: [String]) async throws(StoreError) {
        let statements = tenants.map { SQLStatement(SettlementSQL.delete, [.text($0)]) }
        try await write("settlements", statements)
    }
}

extension TenantOutcome {
    fileprivate init(tenant: String, failed error: StoreError) {
        self.init(tenant: tenant, outcome: .failed(error))
    }

    /// - Parameter next: the outcome of the next transaction that was committed.
    fileprivate init(
        tenant: String,
        _ prepared: Result<TenantTransaction, StoreError>,
        next: () -> TransactionOutcome
    ) {
        switch prepared {
        case .success(let transaction):
            self.init(tenant: tenant, outcome: transaction.outcome(next()))
        case .failure(let error):
            self.init(tenant: tenant, failed: error)
        }
    }
}

extension LiveStore {
    /// Sets conditions of tenants.
    public func setConditions(_ conditions: [String: [Condition]]) async throws(StoreError) {
        try await write("conditions", ConditionSQL.statements(conditions))
    }

    /// Notes that a revision was applied.
    public func noteApplied(_ provenance: Provenance) async throws(StoreError) {
        try await write("fleet", [FleetSQL.note(provenance)])
    }

    /// Moves the windows of schedules forward.
    public func extendSlots(_ upkeep: [SlotExtension]) async throws(StoreError) -> [PerformOutcome]
    {
        zip(upkeep, try await commit(upkeep.map(\.transaction))).map { $0.outcome($1) }
    }
}
