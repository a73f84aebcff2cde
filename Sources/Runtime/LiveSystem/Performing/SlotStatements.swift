import ClaraModel
import Planning
import SQLDatabase
import Scheduling

/// The guarded statements that move a schedule's slots. None of them touches a slot that is past
/// `planned`.
enum SlotStatements {
    /// Deletes and inserts rows.
    static func moves(_ change: SlotChange, of address: ResourceAddress) -> [GuardedStatement] {
        let owner: [SQLValue] = [.text(address.tenant), .text(address.name)]
        let subject = address.description
        // A moved slot has the key of a removed one, so what goes, goes first.
        return change.removed.map { slot in
            let values = owner + key(slot.key.localTime, slot.key.occurrence, slot.firesAt)
            return GuardedStatement(
                SQLStatement(delete, values),
                expects: .exactly(1),
                subject: subject
            )
        }
            + insertions(of: change.added, owner: owner, subject: subject)
    }

    /// Most schedules gain many slots at once. SQLite takes several rows of one statement in half
    /// the time; each number of them is a statement of its own, to be kept prepared.
    private static let rowsPerInsertion = 8

    private static func insertions(
        of slots: [Slot],
        owner: [SQLValue],
        subject: String
    ) -> [GuardedStatement] {
        stride(from: 0, to: slots.count, by: rowsPerInsertion).map { start in
            let rows = slots[start..<min(start + rowsPerInsertion, slots.count)]
            let values = rows.flatMap { key($0.localTime, $0.occurrence, $0.firesAt) }
            return GuardedStatement(
                SQLStatement(inserts[rows.count - 1], owner + values),
                expects: .atMost(Int64(rows.count)),
                subject: subject
            )
        }
    }

    private static func key(
        _ localTime: LocalDateTime,
        _ occurrence: UInt8,
        _ firesAt: Instant
    ) -> [SQLValue] {
        [.text(localTime.description), .integer(Int64(occurrence)), .text(firesAt.description)]
    }

    /// The values that say which time the rows cover.
    static func window(_ window: Range<Instant>, fingerprint: UInt64) -> [SQLValue] {
        [
            .text(window.lowerBound.description), .text(window.upperBound.description),
            .integer(Int64(bitPattern: fingerprint)),
        ]
    }

    /// A row that the engine has taken, or that somebody moved, is not there for this.
    private static let delete = """
        DELETE FROM slots WHERE tenant = $1 AND schedule = $2 AND local_time = $3 \
        AND occurrence = $4 AND fires_at = $5 AND state = 'planned'
        """
    /// Inserts one row, two rows, and so on. A row with a slot's key may be there from before its
    /// schedule was last deleted: it was served.
    private static let inserts = (1...rowsPerInsertion).map { count in
        let rows = (0..<count).map { "($1, $2, $\(3 * $0 + 3), $\(3 * $0 + 4), $\(3 * $0 + 5))" }
        return "INSERT INTO slots (tenant, schedule, local_time, occurrence, fires_at) VALUES "
            + rows.joined(separator: ", ") + " ON CONFLICT DO NOTHING"
    }
    /// Says which time a schedule's rows cover, where they end as they did when this was planned:
    /// what was added meanwhile follows from the former schedule. Of an end that nobody could make
    /// sense of, NULL, there is nothing to compare.
    static let setWindow = """
        UPDATE schedules SET slots_from = $1, slots_until = $2, slots_fingerprint = $3 \
        WHERE tenant = $4 AND name = $5 AND ($6 IS NULL OR slots_until = $6)
        """
    /// The same, where they also begin as they did.
    static let moveWindow = """
        UPDATE schedules SET slots_from = $1, slots_until = $2, slots_fingerprint = $3 \
        WHERE tenant = $4 AND name = $5 AND slots_from IS NOT DISTINCT FROM $6 \
        AND slots_until IS NOT DISTINCT FROM $7
        """
}
