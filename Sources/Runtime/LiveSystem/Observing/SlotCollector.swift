import ClaraModel
import SQLDatabase
import Scheduling

/// How long a slot that has fired is still observed: long enough that a change of time zone, which
/// moves local times by at most 26 hours, finds a local time that was served already.
public let slotMemory = TimeSpan.days(2)

/// Collects the slot rows of an observation, by schedule.
struct SlotCollector {
    /// A schedule, by the position of its tenant.
    struct Owner: Hashable {
        let tenant: Int
        let schedule: String
    }

    private struct Group {
        let owner: Owner
        var window: Range<Instant>?
        var fingerprint: UInt64?
        var oldest: Instant
        var rows: [LiveSlot] = []
        var isUnreadable = false
    }

    /// The longest horizon that a fleet can ask for, and some days for clocks that differ. A window
    /// that ends later was not written by Clara, and would keep slots from being added for years.
    private static let longestWindow = TimeSpan.days(370)

    private let now: Instant
    private var groups: [Group] = []
    private var positions: [Owner: Int] = [:]
    /// Positions by the hash of a row's names, to find a row's group without making its names.
    private var shortcuts: [UInt64: Int] = [:]

    init(now: Instant) { self.now = now }

    /// Notes what a schedule's row says of its slots.
    mutating func expect(
        _ owner: Owner,
        from: Instant?,
        until: Instant?,
        fingerprint: Int64?
    ) {
        let position = position(of: owner)
        guard let from, let until, from <= until, until <= now + Self.longestWindow else { return }
        groups[position].window = from..<until
        groups[position].fingerprint = fingerprint.map(UInt64.init(bitPattern:))
        groups[position].oldest = from - slotMemory
    }

    /// Reads the slots that are not past memory.
    mutating func readRows(
        _ scope: ObservationScope,
        _ snapshot: any SQLSnapshot,
        of observation: inout Observation
    ) throws(SQLError) {
        let oldest = groups.lazy.map(\.oldest).min() ?? (now - slotMemory)
        let query = Self.query(scope, since: min(oldest, now - slotMemory))
        try snapshot.forEachRow(query) { row in
            add(row, to: position(of: row, in: &observation))
        }
    }

    /// The group of a row. Neighbours belong to different schedules here, as they come by time.
    private mutating func position(
        of row: borrowing SQLRow,
        in observation: inout Observation
    ) -> Int {
        let hash = row.hash(of: 0, 1)
        if let known = shortcuts[hash], row.holds(groups[known].owner.schedule, in: 1),
            row.holds(observation.name(groups[known].owner.tenant), in: 0)
        {
            return known
        }
        let tenant = observation.position(of: row, 0)
        let found = position(of: Owner(tenant: tenant, schedule: row.text(1) ?? ""))
        shortcuts[hash] = found
        return found
    }

    /// In no order: the index by due time has all these columns.
    private static func query(_ scope: ObservationScope, since: Instant) -> SQLStatement {
        let time = SQLValue.text(since.description)
        switch scope {
        case .everything: return SQLStatement("\(select) WHERE fires_at >= $1", [time])
        case .tenant(let name):
            return SQLStatement(
                "\(select) WHERE tenant = $1 AND fires_at >= $2",
                [.text(name), time]
            )
        }
    }

    private static let select =
        "SELECT tenant, schedule, local_time, occurrence, fires_at, state FROM slots"

    private mutating func add(_ row: borrowing SQLRow, to position: Int) {
        guard let localTime = row.localTime(2), let firesAt = row.instant(4),
            let occurrence = row.integer(3).flatMap(UInt8.init(exactly:))
        else {
            // The table's checks refuse such a row; somebody has switched them off.
            groups[position].isUnreadable = true
            return
        }
        guard firesAt >= groups[position].oldest else { return }
        groups[position].rows.append(
            LiveSlot(
                key: SlotKey(localTime: localTime, occurrence: occurrence),
                firesAt: firesAt,
                isPlanned: row.holds("planned", in: 5)
            )
        )
    }

    private mutating func position(of owner: Owner) -> Int {
        if let position = positions[owner] { return position }
        positions[owner] = groups.count
        groups.append(Group(owner: owner, oldest: now - slotMemory))
        return groups.count - 1
    }

    /// Hands everything over.
    consuming func finish(into observation: inout Observation) {
        for group in groups where group.window != nil || !group.rows.isEmpty {
            let slots = LiveSlots(
                window: group.window,
                isTouched: Self.isTouched(group),
                rows: group.rows.sorted { $0.key < $1.key }
            )
            observation.add(slots, of: group.owner.schedule, at: group.owner.tenant)
        }
    }

    private static func isTouched(_ group: Group) -> Bool {
        guard let window = group.window else { return group.isUnreadable }
        let covered = group.rows.lazy.filter { $0.firesAt >= window.lowerBound }.map {
            Slot(
                localTime: $0.key.localTime,
                occurrence: $0.key.occurrence,
                scheduledAt: nil,
                firesAt: $0.firesAt
            )
        }
        return group.isUnreadable || SlotFingerprint.of(covered) != group.fingerprint
    }
}
