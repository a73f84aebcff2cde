/// Transactions that share one durable commit, between statements that hold for all of them.
///
/// `opening` and `closing` are where a writer shows that it may write: where one of their guards
/// does not hold, nothing of the group is kept. Asking at the end again matters, because a process
/// that is stopped in the middle of a group wakes up in it much later.
public struct TransactionGroup: Sendable, Hashable {
    /// What runs before the transactions.
    public let opening: [GuardedStatement]
    /// The transactions, in order; one that is refused or fails is undone alone.
    public let transactions: [SQLTransaction]
    /// What runs after the transactions, whatever became of them.
    public let closing: [GuardedStatement]

    /// Gathers transactions.
    public init(
        opening: [GuardedStatement] = [],
        transactions: [SQLTransaction],
        closing: [GuardedStatement] = []
    ) {
        self.opening = opening
        self.transactions = transactions
        self.closing = closing
    }
}

/// What became of a group.
public enum GroupOutcome: Sendable, Equatable {
    /// It is durable; an outcome for each transaction.
    case kept([TransactionOutcome])
    /// A guard of its opening or closing did not hold; nothing of the group was kept.
    case refused(TransactionOutcome.Refusal)
}

extension SQLDriver {
    /// Runs transactions as a group without opening and closing statements.
    ///
    /// - Returns: an outcome for each transaction, after the group is durable.
    /// - Throws: `SQLError` where nothing of the group was kept.
    public func commit(
        _ transactions: [SQLTransaction]
    ) async throws(SQLError) -> [TransactionOutcome] {
        switch try await commit(TransactionGroup(transactions: transactions)) {
        case .kept(let outcomes): outcomes
        // There is no guard that could refuse it.
        case .refused: []
        }
    }
}
