import ClaraModel
import SQLDatabase

/// How far somebody has read the change feed.
public struct FeedCursor: Sendable, Hashable, Codable {
    /// The number of the last change that was read; 0 before the first.
    let sequence: Int64
}

/// What moved since a cursor.
public struct FeedPage: Sendable, Hashable {
    /// Tenants with a row that somebody changed by hand.
    public let byHand: Set<String>
    /// Tenants with a row that an operation changed.
    public let byOperations: Set<String>
    /// Where to read on.
    public let cursor: FeedCursor
    /// Whether this is everything since the cursor. Where it is not, because the feed was cut or
    /// the store is an older copy of itself, only observing everything tells what moved.
    public let isComplete: Bool

    /// Everybody who has something new.
    public var tenants: Set<String> { byHand.union(byOperations) }
}

extension LiveStore {
    /// The end of the feed. Whoever observes takes it before, so that a change in between is seen
    /// twice and not missed.
    ///
    /// - Throws: `StoreError` where the database cannot be read.
    public func feedCursor() async throws(StoreError) -> FeedCursor {
        try await read(orEmpty: FeedCursor(sequence: 0)) { (snapshot) throws(SQLError) in
            FeedCursor(sequence: try snapshot.feedBounds().upperBound)
        }
    }

    /// What moved since a cursor. Rolling slots forward, and what the engine notes with a row, is
    /// no change.
    ///
    /// - Throws: `StoreError` where the database cannot be read.
    public func feed(after cursor: FeedCursor) async throws(StoreError) -> FeedPage {
        let empty = FeedPage(
            byHand: [],
            byOperations: [],
            cursor: FeedCursor(sequence: 0),
            isComplete: cursor.sequence == 0
        )
        return try await read(orEmpty: empty) { (snapshot) throws(SQLError) in
            let bounds = try snapshot.feedBounds()
            var (byHand, byOperations) = (TenantNames(), TenantNames())
            let query = SQLStatement(FeedSQL.after, [.integer(cursor.sequence)])
            try snapshot.forEachRow(query) { row in
                if row.isNull(1) { byHand.add(row) } else { byOperations.add(row) }
            }
            return FeedPage(
                byHand: byHand.names,
                byOperations: byOperations.names,
                cursor: FeedCursor(sequence: bounds.upperBound),
                isComplete: bounds.contains(cursor.sequence)
            )
        }
    }
}

/// The names in the first column of rows, of which neighbours mostly have the same.
private struct TenantNames {
    var names: Set<String> = []
    private var last = ""

    mutating func add(_ row: borrowing SQLRow) {
        guard !row.holds(last, in: 0) || names.isEmpty else { return }
        last = row.text(0) ?? ""
        names.insert(last)
    }
}

extension SQLSnapshot {
    /// The cursors from which everything can still be read.
    fileprivate func feedBounds() throws(SQLError) -> ClosedRange<Int64> {
        var bounds: ClosedRange<Int64> = 0...0
        try forEachRow(SQLStatement(FeedSQL.bounds)) { row in
            guard let first = row.integer(0), let last = row.integer(1) else { return }
            bounds = (first - 1)...last
        }
        return bounds
    }
}

/// The statements on `change_feed`.
enum FeedSQL {
    /// Asked apart, because SQLite finds one of them at once and both by reading every row.
    static let bounds =
        "SELECT (SELECT min(seq) FROM change_feed), (SELECT max(seq) FROM change_feed)"
    static let after = "SELECT tenant, operation FROM change_feed WHERE seq > $1"

    /// Notes a change that no trigger sees: a mark alone, or the slots of a schedule.
    static let note = """
        INSERT INTO change_feed (tenant, kind, name, source, action, operation, changed_at) \
        SELECT $1, $2, $3, 'applied_resources', 'update', operation, $4 FROM change_context
        """

    /// The first change by hand since Clara last wrote the resource. What stands beside the
    /// resource, such as an order of a person, is no change of it.
    static let firstByHand = """
        SELECT changed_at, action FROM change_feed AS found \
        WHERE tenant = $1 AND kind = $2 AND name = $3 AND operation IS NULL \
        AND source NOT IN ('tenant_settlements', 'protections', 'retirements', 'overrides') \
        AND seq > COALESCE((SELECT max(seq) FROM change_feed AS own \
        WHERE own.tenant = found.tenant AND own.kind = found.kind AND own.name = found.name \
        AND own.operation IS NOT NULL \
        AND own.source NOT IN ('protections', 'retirements', 'overrides')), 0) \
        ORDER BY seq LIMIT 1
        """
}
