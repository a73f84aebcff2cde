/// A wall-clock time to the minute: `09:30`.
public struct TimeOfDay: TextRepresentable, Comparable {
    /// Minutes since midnight, 0 … 1440. Only `endOfDay` is 1440.
    public let minutes: UInt16

    /// Minutes in a day.
    public static let minutesPerDay = 1440
    /// 00:00.
    public static let midnight = TimeOfDay(unchecked: 0)
    /// 24:00, which only the end of an interval may be.
    public static let endOfDay = TimeOfDay(unchecked: UInt16(minutesPerDay))

    /// The time with this hour (0–23) and minute (0–59); `nil` outside those.
    public init?(hour: Int, minute: Int) {
        guard 0..<24 ~= hour, 0..<60 ~= minute else { return nil }
        self.init(unchecked: UInt16(hour * 60 + minute))
    }

    /// The time this many minutes after midnight, 0 … 1439; `nil` outside those.
    public init?(minutes: Int) {
        guard 0..<Self.minutesPerDay ~= minutes else { return nil }
        self.init(unchecked: UInt16(minutes))
    }

    private init(unchecked minutes: UInt16) {
        self.minutes = minutes
    }

    /// Reads `HH:MM`, 00:00 to 23:59.
    ///
    /// - Throws: `FormatError` where it is anything else, `24:00` too.
    public init(parsing text: String) throws(FormatError) {
        var cursor = TextCursor(text)
        self = try TimeOfDay(reading: &cursor)
        guard cursor.isAtEnd else { throw Self.formatError }
    }

    private static let formatError = FormatError(
        expected: "a time from 00:00 to 23:59",
        hint: "write two digits for the hour and two for the minute, such as 09:30"
    )

    init(reading cursor: inout TextCursor) throws(FormatError) {
        guard let hour = cursor.takeDigits(2), cursor.take(":"), let minute = cursor.takeDigits(2),
            let time = TimeOfDay(hour: hour, minute: minute)
        else { throw Self.formatError }
        self = time
    }

    /// Reads `HH:MM` where an interval ends, 00:00 to 24:00.
    init(readingIntervalEnd cursor: inout TextCursor) throws(FormatError) {
        var ahead = cursor
        if ahead.takeDigits(2) == 24, ahead.take(":"), ahead.takeDigits(2) == 0 {
            cursor = ahead
            self = .endOfDay
        } else {
            self = try TimeOfDay(reading: &cursor)
        }
    }

    /// The hour, 0–23 (24 for `endOfDay`).
    public var hour: Int { Int(minutes) / 60 }

    /// The minute, 0–59.
    public var minute: Int { Int(minutes) % 60 }

    /// `HH:MM`.
    public var description: String {
        zeroPadded(hour, width: 2) + ":" + zeroPadded(minute, width: 2)
    }

    /// Earlier times are less.
    public static func < (a: TimeOfDay, b: TimeOfDay) -> Bool { a.minutes < b.minutes }
}
