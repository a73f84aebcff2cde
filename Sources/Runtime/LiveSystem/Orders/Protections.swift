import ClaraModel
import SQLDatabase

extension LockedStore {
    /// Orders that a resource must not go away; on a tenant, that nothing of it must.
    ///
    /// - Throws: `StoreError.lockLost`; `StoreError` of the database.
    public func protect(
        _ address: ResourceAddress,
        _ protection: Protection
    ) async throws(StoreError) {
        let values: [SQLValue] = [
            .text(protection.reason), .text(protection.by), .text(protection.since.description),
        ]
        try await write(
            [SQLStatement(ProtectionSQL.upsert, address.key + values)]
        )
    }

    /// Takes the order back.
    ///
    /// - Returns: whether there was one.
    /// - Throws: `StoreError.lockLost`; `StoreError` of the database.
    public func unprotect(_ address: ResourceAddress) async throws(StoreError) -> Bool {
        try await tryWrite("protection", SQLStatement(ProtectionSQL.delete, address.key))
    }
}

/// The statements on `protections`.
enum ProtectionSQL {
    static let columns = "tenant, kind, name, reason, ordered_by, since"
    static let select = "SELECT \(columns) FROM protections"
    static let upsert = """
        INSERT INTO protections (\(columns)) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (tenant, kind, name) DO UPDATE SET reason = excluded.reason, \
        ordered_by = excluded.ordered_by, since = excluded.since
        """
    static let delete = "DELETE FROM protections WHERE tenant = $1 AND kind = $2 AND name = $3"
    /// The order that keeps a resource, or everything of its tenant.
    static let found = """
        SELECT 1 FROM protections WHERE tenant = $1 AND (kind = $2 AND name = $3 OR kind = $4)
        """
    static let deleteAll = "DELETE FROM protections WHERE tenant = $1"
}

extension Protection {
    /// Reads `ProtectionSQL.columns` from the fourth on.
    init(_ row: borrowing SQLRow) {
        self.init(
            reason: row.text(3) ?? "",
            by: row.text(4) ?? "",
            since: row.instant(5) ?? .epoch
        )
    }
}
