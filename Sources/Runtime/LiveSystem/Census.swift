import ClaraModel
import SQLDatabase

/// How many resources a fleet manages.
public struct StoreCensus: Sendable, Hashable {
    /// In the whole store.
    public let managed: Int
    /// By tenant; a tenant without any is absent.
    public let byTenant: [String: Int]
}

/// How much of what is live is managed.
public struct StoreCoverage: Sendable, Hashable {
    /// Live rows of resources that carry a mark.
    public let managed: Int
    /// Live rows of resources that nobody manages.
    public let unmanaged: Int
}

extension LiveStore {
    /// Counts marks.
    ///
    /// - Throws: `StoreError` where the database cannot be read.
    public func census() async throws(StoreError) -> StoreCensus {
        let query = "SELECT tenant, count(*) FROM applied_resources GROUP BY tenant"
        return try await read(orEmpty: .empty) { (snapshot) throws(SQLError) in
            var byTenant: [String: Int] = [:]
            try snapshot.forEachRow(SQLStatement(query)) { row in
                byTenant[row.text(0) ?? ""] = Int(row.integer(1) ?? 0)
            }
            return StoreCensus(managed: byTenant.values.reduce(0, +), byTenant: byTenant)
        }
    }

    /// Counts the marks of some tenants, and of the whole store.
    ///
    /// - Throws: `StoreError` where the database cannot be read.
    public func census(of tenants: Set<String>) async throws(StoreError) -> StoreCensus {
        try await read(orEmpty: .empty) { (snapshot) throws(SQLError) in
            let all = "SELECT count(*) FROM applied_resources"
            var byTenant: [String: Int] = [:]
            for tenant in tenants.sorted() {
                let query = SQLStatement("\(all) WHERE tenant = $1", [.text(tenant)])
                let count = try snapshot.count(query)
                if count > 0 { byTenant[tenant] = count }
            }
            return StoreCensus(
                managed: try snapshot.count(SQLStatement(all)),
                byTenant: byTenant
            )
        }
    }

    /// Counts live rows with and without a mark.
    ///
    /// - Throws: `StoreError` where the database cannot be read.
    public func coverage() async throws(StoreError) -> StoreCoverage {
        let none = StoreCoverage(managed: 0, unmanaged: 0)
        return try await read(orEmpty: none) { (snapshot) throws(SQLError) in
            var (managed, unmanaged) = (0, 0)
            for kind in Kind.allCases {
                let query = CoverageSQL.count(kind)
                try snapshot.forEachRow(query) { row in
                    let marked = Int(row.integer(1) ?? 0)
                    managed += marked
                    unmanaged += Int(row.integer(0) ?? 0) - marked
                }
            }
            return StoreCoverage(managed: managed, unmanaged: unmanaged)
        }
    }
}

private enum CoverageSQL {
    /// How many rows of a kind there are, and how many of them carry a mark.
    static func count(_ kind: Kind) -> SQLStatement {
        let layout = TableLayout.of(kind)
        let key = layout.keys.last ?? "tenant"
        return SQLStatement(
            """
            SELECT count(*), count(mark.tenant) FROM \(layout.table) AS live \
            LEFT JOIN applied_resources AS mark ON mark.tenant = live.tenant \
            AND mark.kind = $1 AND mark.name = live.\(key)
            """,
            [.text(kind.rawValue)]
        )
    }
}

extension StoreCensus {
    fileprivate static let empty = StoreCensus(managed: 0, byTenant: [:])
}

extension SQLSnapshot {
    /// The number in the first column of the only row.
    fileprivate func count(_ query: SQLStatement) throws(SQLError) -> Int {
        var count = 0
        try forEachRow(query) { row in count = Int(row.integer(0) ?? 0) }
        return count
    }
}
