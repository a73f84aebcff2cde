import ClaraModel
import SQLDatabase

/// A store whose lock is held: the only thing that writes.
///
/// Every write begins and ends with the question whether the lock is still held. The lock's token
/// and the end of its lease are compared inside the transaction, so that a process that was stopped
/// past its lease, and knows nothing of it, writes nothing. A write renews a lease that is due in
/// the same transaction, so that whoever goes on writing keeps the lock.
public struct LockedStore: Sendable {
    /// The store, to read.
    public let store: LiveStore
    /// Who asked for the lock.
    public let request: LockRequest
    /// The number under which it was given.
    public let token: Int64
    /// The lease, which writing renews.
    let held: HeldLease

    /// The lease as it was renewed last.
    public var lease: Lease { held.current }

    /// The time.
    public func now() -> Instant { store.now() }

    /// Gives the lock back.
    ///
    /// - Returns: whether it was still held.
    /// - Throws: `StoreError` of the database.
    public func release() async throws(StoreError) -> Bool { try await store.unlock(token: token) }
}

extension LockedStore {
    /// In whose name rows are changed.
    enum Context {
        /// The operation that the lock was asked for.
        case operation
        /// Time, which nobody ordered.
        case upkeep
    }

    /// Commits transactions in one durable group, between questions for the lock.
    ///
    /// - Parameters:
    ///   - renewal: the lease from then on; nil renews it where it is due.
    ///   - before: runs first; nothing can refuse it.
    ///   - after: runs last, whatever became of the transactions; nothing can refuse it.
    /// - Throws: `StoreError.lockLost` where nothing was kept because the lock is not held;
    ///   `StoreError` of the database.
    func commit(
        _ transactions: [SQLTransaction],
        as context: Context = .operation,
        renewing renewal: Lease? = nil,
        before: [SQLStatement] = [],
        after: [SQLStatement] = []
    ) async throws(StoreError) -> [TransactionOutcome] {
        let renewal = renewal ?? dueRenewal
        let group = TransactionGroup(
            opening: [fence] + [renewal.map(renew)].compactMap(\.self)
                + [Self.unguarded(ContextSQL.set(name(of: context)))] + before.map(Self.unguarded),
            transactions: transactions,
            closing: after.map(Self.unguarded) + [Self.unguarded(ContextSQL.set(nil)), fence]
        )
        switch try await store.commit(group) {
        case .kept(let outcomes):
            if let renewal { held.take(renewal) }
            return outcomes
        case .refused: throw .lockLost(LockLoss(token: token, holder: try await newHolder()))
        }
    }

    /// Commits statements of which each may meet whatever is there.
    func write(_ statements: [SQLStatement]) async throws(StoreError) {
        guard !statements.isEmpty else { return }
        _ = try await commit([], before: statements)
    }

    /// Commits a statement that finds what it is for, or does nothing.
    ///
    /// - Returns: whether it found a row.
    func tryWrite(_ label: String, _ statement: SQLStatement) async throws(StoreError) -> Bool {
        let guarded = GuardedStatement(statement, expects: .exactly(1), subject: label)
        let outcomes = try await commit([SQLTransaction(label: label, statements: [guarded])])
        switch outcomes.first {
        case .committed: return true
        case .failed(let error): throw .database(error)
        case .refused, nil: return false
        }
    }

    private var dueRenewal: Lease? {
        let now = now()
        return lease.isDue(at: now) ? Lease(renewedAt: now, duration: request.lease) : nil
    }

    private func renew(_ lease: Lease) -> GuardedStatement {
        let values: [SQLValue] = [
            .text(lease.renewedAt.description), .text(lease.end.description), LockSQL.name,
            .integer(token),
        ]
        return Self.unguarded(SQLStatement(LockSQL.renew, values))
    }

    private var fence: GuardedStatement {
        GuardedStatement(
            SQLStatement(LockSQL.fence, [LockSQL.name, .integer(token)]),
            expects: .exactly(1),
            subject: "the lock"
        )
    }

    private static func unguarded(_ statement: SQLStatement) -> GuardedStatement {
        GuardedStatement(statement, expects: .any, subject: "the journal")
    }

    private func name(of context: Context) -> String {
        switch context {
        case .operation: request.operation.description
        case .upkeep: ContextSQL.upkeep
        }
    }

    /// Who has the lock now; nil also for a holder whose own lease ran out.
    private func newHolder() async throws(StoreError) -> LockHolder? {
        let holder = try await store.lockHolder()
        return holder?.token == token ? nil : holder
    }
}

/// The statements on `change_context`.
enum ContextSQL {
    /// The name in which slots are rolled forward.
    static let upkeep = "upkeep"

    /// Names whoever writes from here on; nil at the end of every transaction.
    static func set(_ operation: String?) -> SQLStatement {
        SQLStatement(
            """
            INSERT INTO change_context (one, operation) VALUES (1, $1) \
            ON CONFLICT (one) DO UPDATE SET operation = excluded.operation
            """,
            [SQLValue(operation)]
        )
    }
}
