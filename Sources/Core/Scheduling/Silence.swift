import ClaraModel

/// When a schedule posts nothing, on the wall clock: quiet hours, blackouts, before its start, from
/// its end on.
struct Silence: Sendable {
    /// Quiet stretches as minutes of the week from Monday 00:00, ascending, merged, within one
    /// week.
    private let week: [Range<Int>]
    /// Stretches without posts as minutes since 1970, ascending, merged.
    private let stretches: [Range<Int>]

    private static let minutesPerWeek = 7 * TimeOfDay.minutesPerDay

    init(
        quietHours: [QuietHours],
        blackouts: [Blackout],
        start: LocalBoundary?,
        end: LocalBoundary?
    ) {
        week = Self.merged(quietHours.flatMap(Self.stretchesOfWeek))
        var stretches = blackouts.map { Int($0.start.minutes)..<Int($0.end.minutes) }
        if let start { stretches.append(Int(Int32.min)..<Int(start.start.minutes)) }
        if let end { stretches.append(Int(end.end.minutes)..<Int(Int32.max)) }
        self.stretches = Self.merged(stretches)
    }

    /// Whether there is no silence at all.
    var isEmpty: Bool { week.isEmpty && stretches.isEmpty }

    /// Whether nothing is posted at this time.
    func contains(_ local: LocalDateTime) -> Bool {
        isQuiet(local) || stretches.contains { $0.contains(Int(local.minutes)) }
    }

    /// Whether the time lies in quiet hours.
    func isQuiet(_ local: LocalDateTime) -> Bool {
        guard !week.isEmpty else { return false }
        let minute = Self.minuteOfWeek(local)
        return week.contains { $0.contains(minute) }
    }

    /// Minutes from a time that is not silent to the next that is; `nil` where none follows.
    func minutesUntilNext(after local: LocalDateTime) -> Int? {
        let now = Int(local.minutes)
        let absolute = stretches.first { $0.lowerBound > now }.map { $0.lowerBound - now }
        guard let firstOfWeek = week.first else { return absolute }
        let minute = Self.minuteOfWeek(local)
        let next =
            week.first { $0.lowerBound > minute }?.lowerBound
            ?? firstOfWeek.lowerBound + Self.minutesPerWeek
        return min(next - minute, absolute ?? .max)
    }

    private static func minuteOfWeek(_ local: LocalDateTime) -> Int {
        let mondayShift = 3 * TimeOfDay.minutesPerDay  // 1970-01-01 was a Thursday
        let minute = (Int(local.minutes) + mondayShift) % minutesPerWeek
        return minute < 0 ? minute + minutesPerWeek : minute
    }

    private static func stretchesOfWeek(_ hours: QuietHours) -> [Range<Int>] {
        Weekday.allCases.filter(hours.days.contains).flatMap { day in
            let start =
                (Int(day.rawValue) - 1) * TimeOfDay.minutesPerDay + Int(hours.start.minutes)
            let end = start + hours.lengthInMinutes
            guard end > minutesPerWeek else { return [start..<end] }
            return [start..<minutesPerWeek, 0..<(end - minutesPerWeek)]
        }
    }

    private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
        let sorted = ranges.filter { !$0.isEmpty }.sorted { $0.lowerBound < $1.lowerBound }
        return sorted.reduce(into: []) { merged, range in
            if let last = merged.last, range.lowerBound <= last.upperBound {
                let upper = max(last.upperBound, range.upperBound)
                merged[merged.count - 1] = last.lowerBound..<upper
            } else {
                merged.append(range)
            }
        }
    }
}
