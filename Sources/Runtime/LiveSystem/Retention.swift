import ClaraModel
import SQLDatabase

/// How much of its own history the store keeps. It is for people and for loops that fell behind;
/// nothing that is decided depends on what is forgotten.
public enum Retention {
    /// How many operations are kept: three weeks of one every half hour.
    public static let operations = 1_000
    /// How long an operation is kept: a quarter, the longest that people go back.
    public static let operationAge = TimeSpan.days(90)
    /// How many events are kept: one for each tenant of a large fleet.
    public static let events = 10_000
    /// How long an event is kept after it was last seen.
    public static let eventAge = TimeSpan.days(30)
    /// How many changes the feed keeps: two applies of a new fleet of 10,000 tenants, some 30 MB. A
    /// reader that is further behind observes everything.
    public static let changes = 200_000

    /// What forgets everything beyond these.
    static func statements(at now: Instant) -> [SQLStatement] {
        forgetOperations(at: now) + [
            SQLStatement(
                "DELETE FROM events WHERE last_at < $1 OR seq NOT IN "
                    + "(SELECT seq FROM events ORDER BY last_at DESC, seq DESC LIMIT $2)",
                [.text((now - eventAge).description), .integer(Int64(events))]
            ),
            SQLStatement(
                "DELETE FROM change_feed WHERE seq <= (SELECT max(seq) FROM change_feed) - $1",
                [.integer(Int64(changes))]
            ),
        ]
    }

    private static func forgetOperations(at now: Instant) -> [SQLStatement] {
        // The last operation of a fleet that went to a revision tells which way is backwards.
        let old = """
            state <> 'running' AND (started_at < $1 OR id NOT IN \
            (SELECT id FROM operations ORDER BY started_at DESC, id DESC LIMIT $2)) \
            AND seq NOT IN (SELECT max(seq) FROM operations \
            WHERE kind IN (\(JournalSQL.kindsThatFollowARevision)) GROUP BY fleet)
            """
        let values: [SQLValue] = [
            .text((now - operationAge).description), .integer(Int64(operations)),
        ]
        return [
            SQLStatement(
                "DELETE FROM operation_steps WHERE operation IN "
                    + "(SELECT id FROM operations WHERE \(old))",
                values
            ),
            SQLStatement("DELETE FROM operations WHERE \(old)", values),
        ]
    }
}

extension LockedStore {
    /// Forgets what is too old, or too much, to be kept.
    ///
    /// - Throws: `StoreError.lockLost`; `StoreError` of the database.
    public func prune() async throws(StoreError) {
        try await write(Retention.statements(at: now()))
    }
}
