/// A date and wall-clock time to the minute, without a time zone: `2026-11-23T09:00`.
public struct LocalDateTime: TextRepresentable, Comparable {
    /// Minutes since 1970-01-01T00:00 on the same wall clock; 32 bits reach the years −2113 … 6053.
    public let minutes: Int32

    /// The time this many minutes after 1970-01-01T00:00.
    public init(minutes: Int32) {
        self.minutes = minutes
    }

    /// The given time on the given date; `TimeOfDay.endOfDay` is the next date's midnight.
    public init(_ date: CivilDate, _ time: TimeOfDay) {
        let days = Int64(date.daysSince1970)
        minutes = Int32(clamping: days * Int64(TimeOfDay.minutesPerDay) + Int64(time.minutes))
    }

    /// Reads `YYYY-MM-DDTHH:MM`.
    ///
    /// - Throws: `FormatError` where the form is another, or the day or time does not exist.
    public init(parsing text: String) throws(FormatError) {
        var cursor = TextCursor(text)
        let date = try CivilDate(reading: &cursor)
        guard cursor.take("T") else { throw Self.formatError }
        self.init(date, try TimeOfDay(reading: &cursor))
        guard cursor.isAtEnd else { throw Self.formatError }
    }

    private static let formatError = FormatError(
        expected: "a local date and time such as 2026-11-23T09:00",
        hint: "write minutes without seconds, and no zone: the schedule's time zone applies"
    )

    /// The date.
    public var date: CivilDate {
        CivilDate(daysSince1970: Int32(floorDivided(Int(minutes), by: TimeOfDay.minutesPerDay)))
    }

    /// The time of day.
    public var time: TimeOfDay {
        let day = floorDivided(Int(minutes), by: TimeOfDay.minutesPerDay)
        return TimeOfDay(minutes: Int(minutes) - day * TimeOfDay.minutesPerDay) ?? .midnight
    }

    /// The time `minutes` later on the wall clock, or earlier where `minutes` is negative.
    public func advanced(byMinutes minutes: Int) -> LocalDateTime {
        LocalDateTime(minutes: Int32(clamping: Int(self.minutes) + minutes))
    }

    /// `YYYY-MM-DDTHH:MM`.
    public var description: String { "\(date)T\(time)" }

    /// Earlier times are less.
    public static func < (a: LocalDateTime, b: LocalDateTime) -> Bool { a.minutes < b.minutes }
}

/// The quotient rounded towards negative infinity, for a positive divisor.
func floorDivided(_ dividend: Int, by divisor: Int) -> Int {
    let quotient = dividend / divisor
    return dividend % divisor < 0 ? quotient - 1 : quotient
}
