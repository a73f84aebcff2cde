import ClaraModel

/// A schedule, compiled: its slots in any interval, and its next ones.
///
/// **Clock changes.** Times are the zone's wall clock. A fixed time (a weekly slot, or a cron
/// expression whose minute and hour do not begin with `*`) that a change skips is scheduled at the
/// first instant after the gap and keeps its local time as its key; several skipped times give
/// several slots at that instant, as Debian's cron runs each of them once. A fixed time that occurs
/// twice is scheduled at the first occurrence only. A wildcard expression follows real time: both
/// occurrences, and nothing in a gap.
///
/// **Silence.** A slot whose local time lies in quiet hours or a blackout, before the start or from
/// the end on, is not a slot; nor is a skipped one for which the clock *after* the gap shows such a
/// time.
///
/// **Jitter** moves `firesAt` by 0 … jitter seconds, drawn from a stable hash of tenant, schedule,
/// local time and occurrence. Where a silence begins within the jitter, the draw is from the time
/// before it, so that no post falls into quiet hours, a blackout or past the end.
///
/// **Intervals** hold a slot by its scheduled instant, before jitter: adjacent intervals share no
/// slot and miss none. Slots are ascending by scheduled instant, then by local time.
public struct SchedulePattern: Sendable {
    /// The zone of the wall clock.
    public let zone: ZoneRules
    /// What was compiled.
    public let timing: ScheduleTiming
    /// The jitter, no longer than `longestJitter`.
    public let jitter: TimeSpan
    /// Hours of the week without posts.
    public let quietHours: [QuietHours]
    /// Days and intervals without posts.
    public let blackouts: [Blackout]
    /// The first day or minute, where it has one.
    public let start: LocalBoundary?
    /// The last day or the minute before which it ends, where it has one.
    public let end: LocalBoundary?
    /// Whose schedule it is.
    public let identity: ScheduleIdentity

    /// Whether the jitter asked for was not within 0 … `longestJitter`.
    let isJitterCut: Bool
    let times: TimesOfDay
    let silence: Silence
    private let seed: StableHash

    /// How far `next` looks: the longest time between two firings of any date that recurs. 29
    /// February falls on the same weekday every 28 years, and after 40 where a century year without
    /// leap day comes between; one more is for where the search starts within a year.
    public static let searchYears = 41

    /// The longest jitter: a day. A post later than that belongs to another day's slots; it also
    /// bounds the clock changes that one slot has to look at.
    public static let longestJitter = TimeSpan.days(1)

    /// Compiles a schedule. A jitter above `longestJitter` or below zero is cut; `validate` reports
    /// it.
    public init(
        zone: ZoneRules,
        timing: ScheduleTiming,
        jitter: TimeSpan = .zero,
        quietHours: [QuietHours] = [],
        blackouts: [Blackout] = [],
        start: LocalBoundary? = nil,
        end: LocalBoundary? = nil,
        identity: ScheduleIdentity
    ) {
        self.zone = zone
        self.timing = timing
        self.jitter = max(.zero, min(jitter, Self.longestJitter))
        isJitterCut = self.jitter != jitter
        self.quietHours = quietHours
        self.blackouts = blackouts
        self.start = start
        self.end = end
        self.identity = identity
        times = TimesOfDay(timing)
        silence = Silence(
            quietHours: quietHours,
            blackouts: blackouts,
            start: start,
            end: end
        )
        var seed = StableHash()
        seed.combine(identity.tenant)
        seed.combine(identity.schedule)
        self.seed = seed
    }

    /// The slots scheduled in `interval`, ascending; only the part within `ZoneRules.coverage` has
    /// any.
    public func slots(in interval: Range<Instant>) -> [Slot] {
        let interval = interval.clamped(to: ZoneRules.coverage)
        guard !interval.isEmpty else { return [] }
        var slots: [Slot] = []
        for date in dates(of: interval) {
            appendSlots(on: date, to: &slots) { interval.contains($0) }
        }
        return Self.ordered(slots)
    }

    /// The next `count` slots scheduled after `instant`, ascending: fewer where there are no more
    /// within `searchYears` or `ZoneRules.coverage`.
    public func next(_ count: Int, after instant: Instant) -> [Slot] {
        let furthest = instant.seconds.addingReportingOverflow(Int64(Self.searchYears) * 31_622_400)
        guard count > 0, !furthest.overflow else { return [] }
        let search = (instant..<Instant(seconds: furthest.partialValue))
            .clamped(to: ZoneRules.coverage)
        guard !search.isEmpty else { return [] }
        var slots: [Slot] = []
        var lastDate: CivilDate?
        for date in dates(of: search) {
            appendSlots(on: date, to: &slots) { $0 > instant && search.contains($0) }
            // A clock that is set back over midnight puts slots of one date before some of the date
            // before: so the date after the one that completes the count is taken in too.
            if let lastDate, date > lastDate { break }
            if lastDate == nil, slots.count >= count { lastDate = date }
        }
        return Array(Self.ordered(slots).prefix(count))
    }

    /// The dates whose times may be scheduled in `interval`: those of its ends and one more on each
    /// side, since a gap (of a whole day, at most) or a clock set back moves a slot to another
    /// date.
    private func dates(of interval: Range<Instant>) -> some Sequence<CivilDate> {
        let first = zone.local(at: interval.lowerBound).date.daysSince1970 - 1
        let last = zone.local(at: interval.upperBound).date.daysSince1970 + 1
        return (first...last).lazy.map(CivilDate.init(daysSince1970:))
    }

    private func appendSlots(
        on date: CivilDate,
        to slots: inout [Slot],
        where isWanted: (Instant) -> Bool
    ) {
        for minute in times.minutes(on: date) {
            let midnight = date.daysSince1970 * Int32(TimeOfDay.minutesPerDay)
            let local = LocalDateTime(minutes: midnight + Int32(minute))
            switch zone.instants(of: local) {
            case .unique(let instant):
                if isWanted(instant) { append(local, 0, at: instant, to: &slots) }
            case .gap(let instant):
                if !times.isWildcard, isWanted(instant) {
                    append(local, 0, at: instant, to: &slots)
                }
            case .twice(let first, let second):
                if isWanted(first) { append(local, 0, at: first, to: &slots) }
                if times.isWildcard, isWanted(second) { append(local, 1, at: second, to: &slots) }
            }
        }
    }

    private func append(
        _ local: LocalDateTime,
        _ occurrence: UInt8,
        at instant: Instant,
        to slots: inout [Slot]
    ) {
        guard !silence.contains(local) else { return }
        let choices = secondsOfSound(from: instant, upTo: jitter.seconds + 1)
        guard choices > 0 else { return }
        var hash = seed
        hash.combine(local)
        hash.combine(occurrence)
        let delay = Int64(hash.value.multipliedFullWidth(by: UInt64(choices)).high)
        slots.append(
            Slot(
                localTime: local,
                occurrence: occurrence,
                scheduledAt: instant,
                firesAt: Instant(seconds: instant.seconds + delay)
            )
        )
    }

    /// How many seconds from `instant` on, at most `limit`, pass until a silence begins; 0 in a
    /// silence.
    private func secondsOfSound(from instant: Instant, upTo limit: Int64) -> Int64 {
        guard !silence.isEmpty else { return limit }
        let end = Instant(seconds: instant.seconds + limit)
        var at = instant
        while at < end {
            let stretch = zone.stretch(at: at)
            let local = zone.local(at: at)
            if silence.contains(local) { return at.seconds - instant.seconds }
            let stretchEnd = min(end, stretch.end ?? end)
            if let minutes = silence.minutesUntilNext(after: local) {
                let wallSeconds = (Int64(local.minutes) + Int64(minutes)) * 60
                let silent = Instant(seconds: wallSeconds - Int64(stretch.offset))
                if silent < stretchEnd { return silent.seconds - instant.seconds }
            }
            at = stretchEnd
        }
        return limit
    }

    /// The slots in order; they almost always are, so that this is one comparison each.
    private static func ordered(_ slots: [Slot]) -> [Slot] {
        let isOrdered = zip(slots, slots.dropFirst()).allSatisfy { !precedes($1, $0) }
        return isOrdered ? slots : slots.sorted(by: precedes)
    }

    private static func precedes(_ a: Slot, _ b: Slot) -> Bool {
        let (first, second) = (a.scheduledAt ?? a.firesAt, b.scheduledAt ?? b.firesAt)
        return first == second ? a.localTime < b.localTime : first < second
    }
}
