extension SQLiteConnection {
    /// Runs a group of transactions: one `BEGIN IMMEDIATE`, a savepoint for each, one `COMMIT`.
    ///
    /// - Throws: `SQLError` where nothing of the group was kept.
    func commit(_ group: [SQLTransaction]) throws(SQLError) -> [TransactionOutcome] {
        try inTransaction { () throws(SQLError) in
            var outcomes: [TransactionOutcome] = []
            outcomes.reserveCapacity(group.count)
            for transaction in group {
                outcomes.append(try runNested(transaction))
            }
            return outcomes
        }
    }

    /// Runs work between `BEGIN IMMEDIATE` and `COMMIT`. It takes the write lock at once, because
    /// a reader that turns writer later can be refused without being allowed to wait.
    func inTransaction<Result>(
        _ work: () throws(SQLError) -> Result
    ) throws(SQLError) -> Result {
        try execute("BEGIN IMMEDIATE")
        do {
            let result = try work()
            try execute("COMMIT")
            return result
        } catch {
            rollBack()
            throw error
        }
    }

    /// Ends a transaction without keeping anything of it. SQLite may have done so by itself. Where
    /// it fails there is an earlier error, which is the one to tell, or nothing to lose.
    func rollBack() {
        if !isIdle { _ = try? execute("ROLLBACK") }
    }

    private func runNested(_ transaction: SQLTransaction) throws(SQLError) -> TransactionOutcome {
        try execute("SAVEPOINT tenant")
        let outcome = runStatements(transaction)
        if outcome != .committed {
            // A full disk ends the whole transaction, so that there is no savepoint to go back to.
            if case .failed(let error) = outcome, isIdle { throw error }
            try execute("ROLLBACK TO tenant")
        }
        try execute("RELEASE tenant")
        return outcome
    }

    private func runStatements(_ transaction: SQLTransaction) -> TransactionOutcome {
        for (index, guarded) in transaction.statements.enumerated() {
            do {
                let found = try execute(guarded.statement)
                guard guarded.expects.admits(found) else {
                    return .refused(
                        TransactionOutcome.Refusal(
                            index: index,
                            subject: guarded.subject,
                            expected: guarded.expects,
                            found: found
                        )
                    )
                }
            } catch {
                return .failed(error)
            }
        }
        return .committed
    }
}
