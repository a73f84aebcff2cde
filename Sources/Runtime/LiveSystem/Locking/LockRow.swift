import ClaraModel
import SQLDatabase

/// The row of the lock, and what may be done with it.
struct LockRow: Sendable, Hashable {
    /// The token that was given last.
    let token: Int64
    /// Nil where the lock is free.
    let holder: LockHolder?
    /// The end of the lease, as the row spells it.
    let expiresAt: String?

    /// Whether somebody may take the lock at a moment: it is free, its lease is over, or its
    /// holder is gone for good.
    func isFree(at now: Instant, isGone: (ProcessIdentity) -> Bool) -> Bool {
        guard let holder, now < holder.expiresAt else { return true }
        // A process that cannot be read is not known to be gone.
        return (try? ProcessIdentity(parsing: holder.process)).map(isGone) ?? false
    }

    /// Reads the columns of `LockSQL.select`.
    init(_ row: borrowing SQLRow) {
        token = row.integer(0) ?? 0
        expiresAt = row.text(7)
        holder = row.text(1).map { [token] holder in
            LockHolder(
                token: token,
                holder: holder,
                host: row.text(2) ?? "",
                process: row.text(3) ?? "",
                operation: row.text(4) ?? "",
                since: row.instant(5) ?? .epoch,
                renewedAt: row.instant(6) ?? .epoch,
                // A lease that somebody made unreadable is over.
                expiresAt: row.instant(7) ?? .epoch
            )
        }
    }
}

extension LockRow {
    /// Whether an operation can still write: the lock is its own, and whoever holds it is there.
    func runs(
        _ operation: OperationID,
        at now: Instant,
        isGone: (ProcessIdentity) -> Bool
    ) -> Bool {
        holder?.operation == operation.description && !isFree(at: now, isGone: isGone)
    }
}

extension SQLSnapshot {
    /// The row of the lock; nil where nobody has ever held it.
    func lockRow() throws(SQLError) -> LockRow? {
        var found: LockRow?
        try forEachRow(SQLStatement(LockSQL.select, [LockSQL.name])) { row in
            found = LockRow(row)
        }
        return found
    }
}

/// The statements on `locks`.
enum LockSQL {
    /// The store's only lock: whoever writes holds it.
    static let name = SQLValue.text("writer")

    static let select = """
        SELECT token, holder, host, process, operation, acquired_at, renewed_at, expires_at \
        FROM locks WHERE name = $1
        """
    static let insert = """
        INSERT INTO locks (name, token, holder, host, process, operation, acquired_at, \
        renewed_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8) \
        ON CONFLICT DO NOTHING
        """
    /// Where the row is still as it was read: another token, holder or lease is another's lock.
    static let take = """
        UPDATE locks SET token = $1, holder = $2, host = $3, process = $4, operation = $5, \
        acquired_at = $6, renewed_at = $6, expires_at = $7 \
        WHERE name = $8 AND token = $9 AND (holder IS NULL) = $10 \
        AND expires_at IS NOT DISTINCT FROM $11
        """
    static let renew = """
        UPDATE locks SET renewed_at = $1, expires_at = $2 \
        WHERE name = $3 AND token = $4 AND holder IS NOT NULL
        """
    static let release = """
        UPDATE locks SET holder = NULL, host = NULL, process = NULL, operation = NULL, \
        acquired_at = NULL, renewed_at = NULL, expires_at = NULL \
        WHERE name = $1 AND token = $2 AND holder IS NOT NULL
        """
    /// Finds the lock as long as it is the writer's. It asks for the time itself, so that a process
    /// that was stopped between making the statement and running it is seen to be late.
    static let fence = """
        SELECT 1 FROM locks WHERE name = $1 AND token = $2 AND holder IS NOT NULL \
        AND expires_at > \(SQLiteDriver.clockFunction)()
        """
}
