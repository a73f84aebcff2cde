/// Hours in which nothing is posted: `22:00-07:00`, `Sat,Sun 00:00-10:00`.
///
/// The start is inside and the end is not. Hours that end at or before they start cross midnight;
/// with weekdays, the days are those on which the hours *start*: `Fri 22:00-07:00` lasts from
/// Friday 22:00 until Saturday 07:00. The whole day is `00:00-24:00`.
public struct QuietHours: TextRepresentable {
    /// The days on which the hours start.
    public let days: WeekdaySet
    /// The first quiet minute.
    public let start: TimeOfDay
    /// The first minute after the quiet hours; on the next day where it is not after `start`.
    public let end: TimeOfDay

    /// Reads `[days ]HH:MM-HH:MM`.
    ///
    /// - Throws: `FormatError` where the form is another or both ends are equal.
    public init(parsing text: String) throws(FormatError) {
        var cursor = TextCursor(text)
        days = try Self.readDays(&cursor)
        start = try TimeOfDay(reading: &cursor)
        guard cursor.take("-") else { throw Self.formatError }
        end = try TimeOfDay(readingIntervalEnd: &cursor)
        guard cursor.isAtEnd else { throw Self.formatError }
        guard start != end else {
            throw FormatError(
                expected: "hours that end at another time than they start",
                hint: "write 00:00-24:00 for the whole day"
            )
        }
    }

    private static let formatError = FormatError(
        expected: "hours such as 22:00-07:00 or \"Sat,Sun 00:00-10:00\""
    )

    private static func readDays(_ cursor: inout TextCursor) throws(FormatError) -> WeekdaySet {
        guard cursor.next?.isDigit != true else { return .daily }
        guard let days = WeekdaySet(reading: &cursor), cursor.takeBlanks() else {
            throw formatError
        }
        return days
    }

    /// Whether the hours go on after midnight.
    public var crossesMidnight: Bool { end < start }

    /// How many minutes the hours last on the wall clock.
    public var lengthInMinutes: Int {
        Int(end.minutes) - Int(start.minutes) + (crossesMidnight ? TimeOfDay.minutesPerDay : 0)
    }

    /// Whether the wall-clock time lies in these hours.
    public func contains(_ local: LocalDateTime) -> Bool {
        let weekday = local.date.weekday
        let time = local.time
        guard crossesMidnight else { return days.contains(weekday) && start <= time && time < end }
        return time >= start && days.contains(weekday)
            || time < end && days.contains(weekday.preceding)
    }

    /// Start and end, after the weekdays where they are not all.
    public var description: String {
        days == .daily ? "\(start)-\(end)" : "\(days) \(start)-\(end)"
    }
}
