import ClaraModel
import Planning
import SQLDatabase

extension LockedStore {
    /// Notes an order with all its steps, durably, before anything of it is done.
    ///
    /// - Parameters:
    ///   - plans: tenants that have steps or overrides, in the order to perform them.
    ///   - pin: where the fleet is to stay from now on, whatever becomes of the steps: a process
    ///     that ends on its way back leaves nobody free to go forward again.
    ///   - note: what a person said of it.
    /// - Throws: `StoreError.lockLost`; `StoreError` of the database.
    public func begin(
        _ operation: Operation,
        _ plans: [TenantPlan],
        pinning pin: Pin? = nil,
        note: String? = nil
    ) async throws(StoreError) -> OperationRun {
        let run = OperationRun(operation, plans)
        let id = SQLValue.text(operation.id.description)
        var statements = [JournalSQL.begin(operation, steps: run.stepCount, note: note)]
        statements.reserveCapacity(run.stepCount + 3)
        for entry in plans.lazy.flatMap(\.journalEntries) {
            statements.append(JournalSQL.intend(entry, at: statements.count - 1, of: id))
        }
        if let pin { statements.append(PinSQL.set(pin)) }
        try await write(statements + run.start(of: 0, at: now()))
        return run
    }

    /// Performs the tenants of a group, each in a transaction of its own that also marks its steps,
    /// in one durable commit. The steps of the next group are marked as started in the same commit,
    /// and spelled out while the database is at work.
    ///
    /// - Returns: the outcomes, in the order of the group. A tenant that fails concerns no other.
    /// - Throws: `StoreError` where nothing of the group was kept, because the lock is lost or the
    ///   store cannot be written; no further group can be performed then.
    public func perform(
        _ index: Int,
        of run: inout OperationRun,
        by provenance: Provenance
    ) async throws(StoreError) -> [TenantOutcome] {
        let group = run.groups[index]
        let prepared = run.takePrepared(index) ?? group.prepared(by: provenance)
        let next = run.groups[(index + 1)...].first
        async let following = next?.prepared(by: provenance)
        let now = now()
        let id = run.operation.id
        let transactions = zip(prepared, group.places).compactMap { tenant, places in
            tenant.transaction { JournalSQL.mark($0, places, of: id, at: now) }
        }
        let failures = zip(prepared, group.places).compactMap { tenant, places in
            tenant.failure?.journalMark(places, of: id, at: now)
        }
        var committed = try await commit(
            transactions,
            before: run.unwritten + failures,
            after: run.start(of: index + 1, at: now)
        )[...]
        run.prepare(index + 1, await following)
        let outcomes = prepared.map { $0.outcome { committed.removeFirst() } }
        run.unwritten = zip(outcomes, group.places).compactMap { outcome, places in
            outcome.journalMark(places, of: id, at: now)
        }
        return outcomes
    }

    /// Ends an operation, and forgets what is too old to be kept.
    ///
    /// - Parameter reason: why it was stopped before its end; nil where every group was performed.
    /// - Throws: `StoreError.lockLost`; `StoreError` of the database.
    public func finish(
        _ run: OperationRun,
        stopped reason: String? = nil
    ) async throws(StoreError) {
        let now = now()
        try await write(
            run.unwritten + JournalSQL.end(run.operation.id, at: now, reason: reason)
                + Retention.statements(at: now)
        )
    }
}

extension OperationRun {
    /// Marks the steps of a group as started; nothing where there is no such group.
    fileprivate func start(of index: Int, at now: Instant) -> [SQLStatement] {
        guard groups.indices.contains(index) else { return [] }
        return [JournalSQL.mark(.started, groups[index].place, of: operation.id, at: now)]
    }
}

extension OperationRun.Group {
    fileprivate func prepared(by provenance: Provenance) -> [PreparedTenant] {
        plans.map { PreparedTenant($0, by: provenance) }
    }
}

/// A tenant's transaction, or why there is none.
struct PreparedTenant: Sendable {
    private let tenant: String
    private let prepared: Result<TenantTransaction, StoreError>

    fileprivate init(_ plan: TenantPlan, by provenance: Provenance) {
        tenant = plan.tenant
        prepared = Result { () throws(StoreError) in
            try TenantTransaction(plan, by: provenance)
        }
    }

    /// - Parameter mark: what the journal says of the tenant's steps in a state.
    fileprivate func transaction(_ mark: (StepState) -> SQLStatement) -> SQLTransaction? {
        if case .success(let prepared) = prepared { prepared.marking(mark) } else { nil }
    }

    /// Its outcome where there is nothing to commit.
    fileprivate var failure: TenantOutcome? {
        guard case .failure(let error) = prepared else { return nil }
        return TenantOutcome(tenant: tenant, outcome: .failed(error))
    }

    /// - Parameter next: the outcome of the next transaction that was committed.
    fileprivate func outcome(_ next: () -> TransactionOutcome) -> TenantOutcome {
        switch prepared {
        case .success(let prepared):
            TenantOutcome(tenant: tenant, outcome: prepared.outcome(next()))
        case .failure(let error): TenantOutcome(tenant: tenant, outcome: .failed(error))
        }
    }
}

extension TenantOutcome {
    /// How the journal says that the tenant's steps are not done; nil where they are.
    fileprivate func journalMark(
        _ places: Range<Int>,
        of operation: OperationID,
        at now: Instant
    ) -> SQLStatement? {
        let state: StepState
        switch outcome {
        case .done: return nil
        case .stale: state = .stale
        case .failed: state = .failed
        }
        let detail = outcome.obstacle
        return JournalSQL.mark(state, places, of: operation, at: now, detail: detail)
    }
}
