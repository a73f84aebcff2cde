import ClaraModel
import Diffing
import Scheduling

/// Decides which slots a schedule gains and loses.
public struct SlotPlanner {
    private let tenant: String
    private let schedule: String
    private let live: LiveSlots
    private let now: Instant

    /// - Parameters:
    ///   - live: the schedule's slot rows.
    ///   - now: slots that fire before are left alone.
    public init(tenant: String, schedule: String, live: LiveSlots, now: Instant) {
        self.tenant = tenant
        self.schedule = schedule
        self.live = live
        self.now = now
    }

    /// Seconds in a day of UTC.
    private static let day: Int64 = 86_400

    /// What a horizon covers at a moment. It ends with a day of UTC, so that two plans of one day
    /// say the same and the loop extends it once a day.
    public static func window(from now: Instant, horizon: TimeSpan) -> Range<Instant> {
        let end = now.seconds + horizon.seconds
        let aligned = (end + day - 1) / day * day
        return now..<Instant(seconds: max(aligned, now.seconds + 1))
    }

    /// The change that makes the rows those of the spec.
    func change(to spec: ScheduleSpec, horizon: TimeSpan) -> SlotChange {
        let wanted = Self.window(from: now, horizon: horizon)
        let window = now..<max(wanted.upperBound, live.window?.upperBound ?? wanted.upperBound)
        return change(to: slots(of: spec, in: window), window: window)
    }

    /// The change that extends rows to the horizon; nil where they reach it already, and where
    /// somebody touched them so that the change would hide it.
    func growth(of spec: ScheduleSpec, horizon: TimeSpan) -> SlotChange? {
        guard Self.isShort(live, of: horizon, at: now), drift(from: spec, horizon: horizon).isEmpty
        else { return nil }
        let wanted = Self.window(from: now, horizon: horizon)
        return change(to: slots(of: spec, in: wanted), window: wanted)
    }

    /// What somebody did to the rows: what should be there before, what was found after.
    ///
    /// Slots beyond the window that was filled last are missing because time passed, which nobody
    /// did; slots that fired are past mending.
    func drift(from spec: ScheduleSpec, horizon: TimeSpan) -> [FieldChange] {
        if !live.isTouched, live.window != nil { return [] }
        let change = change(to: spec, horizon: horizon)
        guard let window = live.window ?? change.window else { return [] }
        let found = Dictionary(change.removed.map { ($0.key, $0.firesAt) }) { first, _ in first }
        let missing = change.added.filter {
            $0.firesAt < window.upperBound || found[$0.key] != nil
        }
        let wanted = Dictionary(missing.map { ($0.key, $0.firesAt) }) { first, _ in first }
        return Set(wanted.keys).union(found.keys).sorted().map { key in
            FieldChange(
                path: FieldPath([.member(SlotChange.driftKey), .named(key.description)]),
                before: wanted[key].map { .string($0.description) },
                after: found[key].map { .string($0.description) }
            )
        }
    }

    /// Whether rows end before the horizon does.
    static func isShort(_ live: LiveSlots, of horizon: TimeSpan, at now: Instant) -> Bool {
        guard let current = live.window else { return true }
        return current.upperBound < window(from: now, horizon: horizon).upperBound
    }

    /// The first moment at which rows that fill a window end before the horizon does.
    static func fallsShort(_ window: Range<Instant>, of horizon: TimeSpan) -> Instant {
        // The horizon's end is the next midnight of UTC, so it stays until it passes one.
        let end = window.upperBound.seconds / day * day
        return Instant(seconds: end - horizon.seconds + 1)
    }

    /// The change that removes what has not fired.
    func removal() -> SlotChange { change(to: [], window: nil) }

    private func slots(of spec: ScheduleSpec, in window: Range<Instant>) -> [Slot] {
        guard let pattern = SchedulePattern(spec, tenant: tenant, name: schedule) else { return [] }
        // A slot belongs to the window by the moment it fires, and jitter comes after its time.
        let start = window.lowerBound - pattern.jitter
        return pattern.slots(in: start..<window.upperBound).filter { $0.firesAt >= now }
    }

    private func change(to wanted: [Slot], window: Range<Instant>?) -> SlotChange {
        let wantedByKey = Dictionary(wanted.map { ($0.key, $0) }) { first, _ in first }
        let future = live.rows.filter { $0.firesAt >= now }
        let removed = future.filter { $0.isPlanned && wantedByKey[$0.key]?.firesAt != $0.firesAt }
        let kept = Set(live.rows.map(\.key)).subtracting(removed.map(\.key))
        let added = wanted.filter { !kept.contains($0.key) }
        let remaining = future.filter { kept.contains($0.key) }.map(\.slot)
        return SlotChange(
            added: added,
            removed: removed,
            window: window,
            fingerprint: SlotFingerprint.of(remaining + added),
            formerEnd: live.window?.upperBound
        )
    }
}

extension Slot {
    /// What the slot is known by within its schedule.
    public var key: SlotKey { SlotKey(localTime: localTime, occurrence: occurrence) }
}

extension LiveSlot {
    /// The slot that the row stands for.
    var slot: Slot {
        Slot(
            localTime: key.localTime,
            occurrence: key.occurrence,
            scheduledAt: nil,
            firesAt: firesAt
        )
    }
}

extension SlotChange {
    /// The first component of the paths under which slot rows are reported as drift; it is no field
    /// of a schedule.
    static let driftKey = "slotRows"
}

extension FieldChange {
    /// Whether it is about a slot row, and not about a field.
    var isSlotRow: Bool { path.components.first == .member(SlotChange.driftKey) }
}

extension SlotKey: CustomStringConvertible {
    /// `2026-11-23T09:00`, with `#1` for the second pass through an hour that occurs twice.
    public var description: String {
        occurrence == 0 ? localTime.description : "\(localTime)#\(occurrence)"
    }
}
