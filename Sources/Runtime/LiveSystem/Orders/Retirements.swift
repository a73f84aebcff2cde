import ClaraModel
import Planning
import SQLDatabase

/// A retired tenant, and what it was before.
public struct RetiredTenant: Sendable, Hashable {
    /// Until when it is kept.
    public let retirement: Retirement
    /// The revision that no longer had it.
    public let revision: String
    /// What its row held before it was paused.
    public let formerContent: CanonicalJSON
}

extension RetiredTenant {
    /// What brings the tenant back: its row as it was before, and no retirement.
    ///
    /// - Parameter live: the tenant as it is observed.
    /// - Returns: nil where its row is gone, so that there is nothing to bring back.
    public func restoration(of tenant: String, onto live: LiveTenant) -> TenantPlan? {
        let address = ResourceAddress(tenant: tenant, kind: .tenant, name: tenant)
        guard let content = live.resources[address]?.content else { return nil }
        let step = Step(
            address: address,
            action: .update,
            reason: .restored,
            before: content,
            after: formerContent
        )
        return TenantPlan(tenant: tenant, steps: [step])
    }
}

extension LiveStore {
    /// The retired tenants, by name.
    ///
    /// - Throws: `StoreError` where the database cannot be read.
    public func retirements() async throws(StoreError) -> [String: RetiredTenant] {
        try await read(orEmpty: [:]) { (snapshot) throws(SQLError) in
            var retired: [String: RetiredTenant] = [:]
            try snapshot.forEachRow(SQLStatement(RetirementSQL.select)) { row in
                guard let tenant = row.text(0), let retirement = Retirement(row) else { return }
                retired[tenant] = RetiredTenant(
                    retirement: retirement,
                    revision: row.text(3) ?? "",
                    formerContent: CanonicalJSON(trusting: row.text(4) ?? "{}")
                )
            }
            return retired
        }
    }
}

/// The statements on `retirements`.
enum RetirementSQL {
    static let columns = "tenant, since, purge_after, revision, content"
    static let select = "SELECT \(columns) FROM retirements"
    static let upsert = """
        INSERT INTO retirements (\(columns)) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (tenant) DO UPDATE SET since = excluded.since, \
        purge_after = excluded.purge_after, revision = excluded.revision, \
        content = excluded.content
        """
    static let delete = "DELETE FROM retirements WHERE tenant = $1"
}

extension Retirement {
    /// Reads the second and third of `RetirementSQL.columns`. A moment that somebody made
    /// unreadable is the end of time: nothing is purged by mistake.
    init?(_ row: borrowing SQLRow) {
        guard !row.isNull(1) else { return nil }
        self.init(
            since: row.instant(1) ?? .epoch,
            purgeAfter: row.instant(2) ?? .distantFuture
        )
    }
}

extension Instant {
    /// 9999-12-31T23:59:59Z, the last moment that a column can name.
    fileprivate static let distantFuture = Instant(seconds: 253_402_300_799)
}
