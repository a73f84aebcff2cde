import ClaraModel
import Planning
import SQLDatabase

/// How much of what is live is managed.
public struct StoreCoverage: Sendable, Hashable {
    /// Live rows of resources that carry a mark.
    public let managed: Int
    /// Live rows of resources that nobody manages.
    public let unmanaged: Int
}

extension LiveStore {
    /// Counts what a fleet manages, and the tenants that have a row.
    ///
    /// - Throws: `StoreError` where the database cannot be read.
    public func census(of fleet: String) async throws(StoreError) -> LiveCensus {
        let empty = LiveCensus(managed: 0, byTenant: [:], clients: 0)
        return try await read(orEmpty: empty) { (snapshot) throws(SQLError) in
            var byTenant: [String: Int] = [:]
            try snapshot.forEachRow(SQLStatement(CensusSQL.marks, [.text(fleet)])) { row in
                byTenant[row.text(0) ?? ""] = Int(row.integer(1) ?? 0)
            }
            var clients = 0
            try snapshot.forEachRow(SQLStatement(CensusSQL.clients)) { row in
                clients = Int(row.integer(0) ?? 0)
            }
            return LiveCensus(
                managed: byTenant.values.reduce(0, +),
                byTenant: byTenant,
                clients: clients
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

/// The statements that count what limits are held against.
enum CensusSQL {
    static let marks =
        "SELECT tenant, count(*) FROM applied_resources WHERE fleet = $1 GROUP BY tenant"
    static let clients = "SELECT count(*) FROM clients"
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
