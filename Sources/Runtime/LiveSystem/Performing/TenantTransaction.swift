import ClaraModel
import Planning
import SQLDatabase

/// A tenant's steps as one transaction, and the way back from a statement to its step.
struct TenantTransaction {
    /// What to commit.
    let transaction: SQLTransaction
    private let steps: [Step]
    /// The position of each step's first statement.
    private let starts: [Int]

    /// Spells out a tenant's plan.
    ///
    /// - Throws: `StoreError.malformedContent` where a step's contents are not of its kind.
    init(_ plan: TenantPlan, by provenance: Provenance) throws(StoreError) {
        var statements: [GuardedStatement] = []
        var starts: [Int] = []
        for step in plan.steps {
            starts.append(statements.count)
            statements += try StepStatements(step, by: provenance).statements
        }
        statements += Self.settlement(plan, by: provenance).map {
            GuardedStatement($0, expects: .any, subject: plan.tenant)
        }
        transaction = SQLTransaction(label: plan.tenant, statements: statements)
        steps = plan.steps
        self.starts = starts
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
        let step = starts.lastIndex { $0 <= statement }
        // Only steps are guarded, so that a refusal always has one.
        return step.map { steps[$0].address }
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
