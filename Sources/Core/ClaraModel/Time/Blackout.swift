/// Days or an interval without posts, in the schedule's local time.
///
///     2026-12-25                        that day, from 00:00 to 24:00
///     2026-12-24/2026-12-26             three whole days
///     2026-12-24T12:00/2026-12-26       from noon until the end of the 26th
///     2026-12-24T12:00/2026-12-26T08:00 from noon until just before 08:00
///
/// An ISO 8601 interval in which a *date* is the whole day, as start and as end, and a *date-time*
/// is that minute: the start is inside, the end is not.
public struct Blackout: TextRepresentable, Comparable {
    /// The first minute without posts.
    public let start: LocalDateTime
    /// The first minute after the blackout.
    public let end: LocalDateTime

    /// The blackout of `start ..< end`; `nil` where that is empty.
    public init?(start: LocalDateTime, end: LocalDateTime) {
        guard start < end else { return nil }
        self.start = start
        self.end = end
    }

    /// Reads a date, or two dates or date-times with a slash between them.
    ///
    /// - Throws: `FormatError` where the form is another or the end is not after the start.
    public init(parsing text: String) throws(FormatError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (1...2).contains(parts.count) else { throw Self.formatError }
        let first = try Self.readBoundary(parts[0])
        if parts.count == 1, case .dateTime = first {
            throw FormatError(
                expected: "a day such as 2026-12-25, or an interval",
                hint: "a date-time needs its end: 2026-12-24T12:00/2026-12-26"
            )
        }
        let last = parts.count == 1 ? first : try Self.readBoundary(parts[1])
        guard let blackout = Blackout(start: first.start, end: last.end) else {
            throw FormatError(expected: "an interval that ends after it starts")
        }
        self = blackout
    }

    private static let formatError = FormatError(
        expected: "a day such as 2026-12-25, or an interval such as 2026-12-24T12:00/2026-12-26"
    )

    private static func readBoundary(_ text: String) throws(FormatError) -> LocalBoundary {
        do {
            return try LocalBoundary(parsing: text)
        } catch {
            throw FormatError(expected: formatError.expected, hint: error.hint)
        }
    }

    /// Whether the wall-clock time lies in the blackout.
    public func contains(_ local: LocalDateTime) -> Bool { start <= local && local < end }

    /// The shortest text with this meaning: midnights are written as dates.
    public var description: String {
        let startsAtMidnight = start.time == .midnight
        let endsAtMidnight = end.time == .midnight
        let lastDay = end.advanced(byMinutes: -1).date
        if startsAtMidnight, endsAtMidnight, start.date == lastDay { return start.date.description }
        let from = startsAtMidnight ? start.date.description : start.description
        return from + "/" + (endsAtMidnight ? lastDay.description : end.description)
    }

    /// By start, then by end.
    public static func < (a: Blackout, b: Blackout) -> Bool {
        (a.start, a.end) < (b.start, b.end)
    }
}
