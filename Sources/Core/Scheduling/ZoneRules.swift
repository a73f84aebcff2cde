import ClaraModel

/// The offset changes of one time zone, and the two mappings that follow from them: an instant to
/// the wall clock, and a wall-clock time to its instants.
public struct ZoneRules: Sendable {
    /// The zone's name.
    public let name: TimeZoneName
    /// The offset before the first change, in seconds east of UTC.
    let firstOffset: Int32
    /// The changes, ascending.
    let changes: [OffsetChange]

    /// The instants for which a zone's changes are known: 1970 to 2150. No schedule has slots
    /// outside. The end leaves every schedule of this century its search of
    /// `SchedulePattern.searchYears`; a zone with two changes a year then takes 6 kB.
    public static let coverage: Range<Instant> =
        Instant(seconds: 0)..<Instant(seconds: 5_680_281_600)

    init(name: TimeZoneName, firstOffset: Int32, changes: [OffsetChange]) {
        self.name = name
        self.firstOffset = firstOffset
        self.changes = changes
    }

    /// The zone's offset at `instant`, in seconds east of UTC.
    public func offset(at instant: Instant) -> Int {
        Int(stretch(at: instant).offset)
    }

    /// What a clock in the zone shows at `instant`, seconds cut off.
    public func local(at instant: Instant) -> LocalDateTime {
        let wallSeconds = Int(instant.seconds) + offset(at: instant)
        let minutes = (wallSeconds - ((wallSeconds % 60) + 60) % 60) / 60
        return LocalDateTime(minutes: Int32(clamping: minutes))
    }

    /// The instants at which a clock in the zone shows `local`.
    public func instants(of local: LocalDateTime) -> LocalInstants {
        let wallSeconds = Int64(local.minutes) * 60
        let index = countOfChanges { $0.firstWallSecond <= wallSeconds }
        guard index > 0 else {
            return .unique(Instant(seconds: wallSeconds - Int64(firstOffset)))
        }
        let change = changes[index - 1]
        let after = Instant(seconds: wallSeconds - Int64(change.offsetAfter))
        guard wallSeconds < change.endWallSecond else { return .unique(after) }
        guard change.isGap else {
            let before = Instant(seconds: wallSeconds - Int64(change.offsetBefore))
            return .twice(first: before, second: after)
        }
        return .gap(firstAfter: change.instant)
    }

    /// The offset at `instant` and the instant at which it next changes, `nil` where it does not.
    func stretch(at instant: Instant) -> (offset: Int32, end: Instant?) {
        let index = countOfChanges { $0.instant <= instant }
        return (
            index == 0 ? firstOffset : changes[index - 1].offsetAfter,
            index == changes.count ? nil : changes[index].instant
        )
    }

    /// How many changes, from the first on, satisfy a condition that no later one satisfies after
    /// one that does not.
    private func countOfChanges(_ isBefore: (OffsetChange) -> Bool) -> Int {
        var low = 0
        var high = changes.count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(changes[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// What a wall-clock time means in a zone.
public enum LocalInstants: Hashable, Sendable {
    /// It occurs once.
    case unique(Instant)
    /// It is skipped by a change; this is the first instant after the gap.
    case gap(firstAfter: Instant)
    /// It occurs twice, as the clock is set back.
    case twice(first: Instant, second: Instant)
}

/// One change of a zone's offset.
struct OffsetChange: Sendable {
    /// The first instant with the new offset.
    let instant: Instant
    /// Seconds east of UTC until then.
    let offsetBefore: Int32
    /// Seconds east of UTC from then on.
    let offsetAfter: Int32

    /// Whether the clock is set forward, so that wall-clock times are skipped.
    var isGap: Bool { offsetAfter > offsetBefore }

    /// Wall-clock seconds at which the skipped or repeated stretch starts.
    var firstWallSecond: Int64 { instant.seconds + Int64(min(offsetBefore, offsetAfter)) }

    /// Wall-clock seconds at which it ends; not inside.
    var endWallSecond: Int64 { instant.seconds + Int64(max(offsetBefore, offsetAfter)) }
}
