import ClaraModel
import SQLDatabase

/// The statements on `operations` and `operation_steps`.
enum JournalSQL {
    /// Notes an order before anything of it is done.
    ///
    /// - Parameter note: what a person said of it.
    static func begin(_ operation: Operation, steps: Int, note: String?) -> SQLStatement {
        SQLStatement(
            """
            INSERT INTO operations (id, kind, actor, host, fleet, revision, previous_revision, \
            plan_digest, state, started_at, steps, detail) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'running', $9, $10, $11)
            """,
            [
                .text(operation.id.description), .text(operation.kind.rawValue),
                .text(operation.actor), .text(operation.host), .text(operation.fleet),
                .text(operation.revision), SQLValue(operation.previousRevision),
                SQLValue(operation.planDigest), .text(operation.startedAt.description),
                .integer(Int64(steps)), SQLValue(note),
            ]
        )
    }

    /// Notes a step before it is done.
    static func intend(
        _ entry: JournalEntry,
        at position: Int,
        of operation: SQLValue
    ) -> SQLStatement {
        SQLStatement(
            """
            INSERT INTO operation_steps \
            (operation, position, tenant, kind, name, action, reason, state) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, 'planned')
            """,
            [
                operation, .integer(Int64(position)), .text(entry.address.tenant),
                .text(entry.address.kind.rawValue), .text(entry.address.name),
                .text(entry.action.rawValue), .text(entry.reason.rawValue),
            ]
        )
    }

    /// Marks the steps of a part of the plan.
    static func mark(
        _ state: StepState,
        _ places: Range<Int>,
        of operation: OperationID,
        at now: Instant,
        detail: String? = nil
    ) -> SQLStatement {
        SQLStatement(
            """
            UPDATE operation_steps SET state = $1, changed_at = $2, detail = $3 \
            WHERE operation = $4 AND position >= $5 AND position < $6
            """,
            [
                .text(state.rawValue), .text(now.description), SQLValue(detail),
                .text(operation.description), .integer(Int64(places.lowerBound)),
                .integer(Int64(places.upperBound)),
            ]
        )
    }

    /// Ends an operation: what was not begun is skipped, and the rest is counted.
    ///
    /// - Parameter reason: why it was stopped; nil where it is through.
    static func end(_ operation: OperationID, at now: Instant, reason: String?) -> [SQLStatement] {
        let (id, time) = (
            SQLValue.text(operation.description), SQLValue.text(now.description)
        )
        return [
            SQLStatement(skip + " AND operation = $3", [time, SQLValue(reason), id]),
            SQLStatement(
                "\(count), finished_at = $1, \(remark) WHERE id = $3",
                [time, SQLValue(reason), id]
            ),
            SQLStatement(
                reason == nil
                    ? settle : "UPDATE operations SET state = 'interrupted' WHERE id = $1",
                [id]
            ),
        ]
    }

    /// Ends operations that whoever ran them left running. Their steps are done with their mark or
    /// not at all, so that what is not marked is not done.
    static func interruption(at now: Instant) -> [GuardedStatement] {
        let (time, why) = (SQLValue.text(now.description), SQLValue.text(lostProcess))
        return [
            SQLStatement(
                skip + " AND operation IN (SELECT id FROM operations WHERE state = 'running')",
                [time, why]
            ),
            SQLStatement(
                "\(count), state = 'interrupted', finished_at = $1, \(remark) "
                    + "WHERE state = 'running'",
                [time, why]
            ),
        ].map { GuardedStatement($0, expects: .any, subject: "the journal") }
    }

    /// The kinds of operations that go to a revision, as a list of literals.
    static let kindsThatFollowARevision = Operation.Kind.allCases.filter(\.followsARevision)
        .map { "'\($0.rawValue)'" }.joined(separator: ", ")

    /// What is noted with an operation whose process is gone.
    static let lostProcess =
        "the process that ran it ended, or lost the lock, before it was through"

    /// Adds why it was stopped to what was said of it before.
    private static let remark = """
        detail = CASE WHEN $2 IS NULL THEN detail WHEN detail IS NULL THEN $2 \
        ELSE detail || '; ' || $2 END
        """

    private static let skip = """
        UPDATE operation_steps SET state = 'skipped', changed_at = $1, detail = $2 \
        WHERE state IN ('planned', 'started')
        """

    /// The beginning of an update that counts the steps by their states.
    private static let count: String = {
        let counts = ["done", "failed", "stale", "skipped"].map { state in
            "steps_\(state) = (SELECT count(*) FROM operation_steps "
                + "WHERE operation = operations.id AND operation_steps.state = '\(state)')"
        }
        return "UPDATE operations SET " + counts.joined(separator: ", ")
    }()

    private static let settle = """
        UPDATE operations SET state = CASE WHEN steps_done = steps THEN 'done' \
        WHEN steps_done = 0 THEN 'failed' ELSE 'partial' END WHERE id = $1
        """
}
