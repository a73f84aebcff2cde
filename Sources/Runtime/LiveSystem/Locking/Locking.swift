import ClaraModel
import SQLDatabase

extension LiveStore {
    /// How often a request is made anew because the lock's row moved between reading and writing
    /// it. Each time somebody else took or renewed it, so that a few times are enough to know.
    private static let lockAttempts = 5

    /// Takes the lock, or says who holds it. It never waits: how long to wait is the caller's.
    ///
    /// Operations that were left running are noted as interrupted, since whoever ran them can no
    /// longer write.
    ///
    /// - Throws: `StoreError` of the database.
    public func lock(_ request: LockRequest) async throws(StoreError) -> LockOutcome {
        var held: LockHolder?
        for _ in 0..<Self.lockAttempts {
            let row = try await lockRow()
            if let row, !row.isFree(at: now(), isGone: environment.isGone), let holder = row.holder
            {
                return .held(holder)
            }
            if let locked = try await take(row, request) { return .acquired(locked) }
            held = try await lockHolder()
        }
        guard let held else {
            throw .database(SQLError(.busy, message: "the lock", place: place))
        }
        return .held(held)
    }

    /// Who holds the lock; nil where it is free, or held by nobody who could still write.
    ///
    /// - Throws: `StoreError` where the database cannot be read.
    public func lockHolder() async throws(StoreError) -> LockHolder? {
        let row = try await lockRow()
        guard let row, !row.isFree(at: now(), isGone: environment.isGone) else { return nil }
        return row.holder
    }

    /// Takes the lock from whoever holds it with this token; their writes are refused from then on.
    ///
    /// - Returns: whether the token held it.
    /// - Throws: `StoreError` of the database.
    public func unlock(token: Int64) async throws(StoreError) -> Bool {
        try await tryWrite(SQLStatement(LockSQL.release, [LockSQL.name, .integer(token)]))
    }

    private func lockRow() async throws(StoreError) -> LockRow? {
        try await read(orEmpty: nil) { (snapshot) throws(SQLError) in
            try snapshot.lockRow()
        }
    }

    /// - Returns: nil where the row is no longer as it was read.
    private func take(
        _ row: LockRow?,
        _ request: LockRequest
    ) async throws(StoreError) -> LockedStore? {
        let lease = Lease(renewedAt: now(), duration: request.lease)
        let token = (row?.token ?? 0) + 1
        let taking = GuardedStatement(
            Self.taking(row, token, request, lease),
            expects: .exactly(1),
            subject: "the lock"
        )
        let group = TransactionGroup(
            opening: [taking] + JournalSQL.interruption(at: lease.renewedAt),
            transactions: []
        )
        guard case .kept = try await commit(group) else { return nil }
        return LockedStore(store: self, request: request, token: token, held: HeldLease(lease))
    }

    private static func taking(
        _ row: LockRow?,
        _ token: Int64,
        _ request: LockRequest,
        _ lease: Lease
    ) -> SQLStatement {
        let values: [SQLValue] = [
            .integer(token), .text(request.holder), .text(request.host),
            .text(request.process.description), .text(request.operation.description),
            .text(lease.renewedAt.description), .text(lease.end.description),
        ]
        guard let row else { return SQLStatement(LockSQL.insert, [LockSQL.name] + values) }
        let found: [SQLValue] = [
            LockSQL.name, .integer(row.token), .integer(row.holder == nil ? 1 : 0),
            SQLValue(row.expiresAt),
        ]
        return SQLStatement(LockSQL.take, values + found)
    }
}
