extension SQLiteConnection {
    /// Runs a group of transactions in one that SQLite knows.
    ///
    /// Leaving one of them out needs a savepoint for each, and a savepoint copies every page that
    /// changes after it. Mostly none has to be left out, so that they are tried without.
    ///
    /// - Throws: `SQLError` where nothing of the group was kept.
    func commit(_ group: TransactionGroup) throws(SQLError) -> GroupOutcome {
        if let outcome = try commitAll(group) { return outcome }
        return try commitEach(group)
    }

    /// Commits all transactions of a group.
    ///
    /// - Returns: nil where one of them was refused or failed; nothing of the group was kept then.
    private func commitAll(_ group: TransactionGroup) throws(SQLError) -> GroupOutcome? {
        try inTransaction(keeping: { $0?.isKept ?? false }) { () throws(SQLError) in
            if let refusal = try runUndivided(group.opening) { return .refused(refusal) }
            for transaction in group.transactions {
                guard run(transaction.statements) == .committed else { return nil }
            }
            if let refusal = try runUndivided(group.closing) { return .refused(refusal) }
            return .kept(group.transactions.map { _ in .committed })
        }
    }

    /// Commits the transactions of a group that can be, each within a savepoint.
    private func commitEach(_ group: TransactionGroup) throws(SQLError) -> GroupOutcome {
        try inTransaction(keeping: \.isKept) { () throws(SQLError) in
            if let refusal = try runUndivided(group.opening) { return .refused(refusal) }
            var outcomes: [TransactionOutcome] = []
            outcomes.reserveCapacity(group.transactions.count)
            for transaction in group.transactions {
                outcomes.append(try runNested(transaction))
            }
            if let refusal = try runUndivided(group.closing) { return .refused(refusal) }
            return .kept(outcomes)
        }
    }

    /// Runs work between `BEGIN IMMEDIATE` and `COMMIT`. It takes the write lock at once, because
    /// a reader that turns writer later can be refused without being allowed to wait.
    ///
    /// - Parameter isKept: whether the result is one to keep the work for.
    func inTransaction<Result>(
        keeping isKept: (Result) -> Bool = { _ in true },
        _ work: () throws(SQLError) -> Result
    ) throws(SQLError) -> Result {
        try execute("BEGIN IMMEDIATE")
        do {
            let result = try work()
            if isKept(result) { try execute("COMMIT") } else { rollBack() }
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
        let outcome = run(transaction.statements)
        if outcome != .committed {
            // A full disk ends the whole transaction, so that there is no savepoint to go back to.
            if case .failed(let error) = outcome, isIdle { throw error }
            try execute("ROLLBACK TO tenant")
        }
        try execute("RELEASE tenant")
        for statement in transaction.replacement(after: outcome) { try execute(statement) }
        return outcome
    }

    /// Runs statements that the whole transaction depends on.
    ///
    /// - Returns: the guard that did not hold, if any.
    private func runUndivided(
        _ statements: [GuardedStatement]
    ) throws(SQLError) -> TransactionOutcome.Refusal? {
        switch run(statements) {
        case .committed: return nil
        case .refused(let refusal): return refusal
        case .failed(let error): throw error
        }
    }

    private func run(_ statements: [GuardedStatement]) -> TransactionOutcome {
        for (index, guarded) in statements.enumerated() {
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

extension GroupOutcome {
    fileprivate var isKept: Bool {
        if case .kept = self { true } else { false }
    }
}
