import ClaraModel
import Planning
import SQLDatabase

/// A tenant's steps as one transaction, and the way back from a statement to its resource.
struct TenantTransaction: Sendable {
    private let transaction: SQLTransaction
    /// The resources that the guarded statements are about, each with the position of the first.
    private let parts: [(start: Int, address: ResourceAddress)]

    /// Spells out a tenant's plan.
    ///
    /// - Throws: `StoreError.malformedContent` where a step's contents are not of its kind.
    init(_ plan: TenantPlan, by provenance: Provenance) throws(StoreError) {
        var statements: [GuardedStatement] = []
        var parts: [(start: Int, address: ResourceAddress)] = []
        for step in plan.steps {
            parts.append((statements.count, step.address))
            statements += try StepStatements(step, by: provenance).statements
        }
        for (address, statement) in OverrideStatements.of(plan.overrides) {
            parts.append((statements.count, address))
            statements.append(statement)
        }
        statements += Self.settlement(plan, by: provenance).map {
            GuardedStatement($0, expects: .any, subject: plan.tenant)
        }
        transaction = SQLTransaction(label: plan.tenant, statements: statements)
        self.parts = parts
    }

    /// What to commit.
    ///
    /// - Parameter mark: what the journal says of the steps once they are in a state.
    func marking(_ mark: (StepState) -> SQLStatement) -> SQLTransaction {
        let last = GuardedStatement(mark(.done), expects: .any, subject: transaction.label)
        return SQLTransaction(
            label: transaction.label,
            statements: transaction.statements + [last],
            onRefusal: [mark(.stale)],
            onFailure: [mark(.failed)]
        )
    }

    /// What became of the tenant, in the words of its steps.
    func outcome(_ outcome: TransactionOutcome) -> PerformOutcome {
        switch outcome {
        case .committed: .done
        case .failed(let error): .failed(.database(error))
        case .refused(let refusal): .stale(address(at: refusal.index), found: Self.words(refusal))
        }
    }

    /// Notes what is settled. A plan that settles nothing but applies something new unsettles the
    /// tenant: what is applied is then no longer what the noted inputs say. Healing drift applies
    /// what was applied before.
    private static func settlement(
        _ plan: TenantPlan,
        by provenance: Provenance
    ) -> [SQLStatement] {
        if let inputs = plan.settles {
            return [settle(plan.tenant, inputs, by: provenance)]
        }
        let appliesNews = plan.steps.contains { $0.reason != .drifted }
        return appliesNews ? [SQLStatement(SettlementSQL.delete, [.text(plan.tenant)])] : []
    }

    /// Notes the inputs of a tenant of which nothing is left undone.
    static func settle(
        _ tenant: String,
        _ inputs: Digest,
        by provenance: Provenance
    ) -> SQLStatement {
        SQLStatement(
            SettlementSQL.upsert,
            [
                .text(tenant), .text(inputs.description), .text(provenance.revision),
                .text(provenance.now.description),
            ]
        )
    }

    private func address(at statement: Int) -> ResourceAddress {
        // Only these are guarded, so that a refusal always has one.
        parts.last { $0.start <= statement }?.address
            ?? ResourceAddress(tenant: transaction.label, kind: .tenant, name: transaction.label)
    }

    private static func words(_ refusal: TransactionOutcome.Refusal) -> String {
        switch (refusal.expected, refusal.found) {
        case (.exactly(0), _): "rows that were not there when this was planned"
        case (_, 0): "no row as it was when this was planned"
        default: "\(refusal.found) rows"
        }
    }
}
