/// A point in time, in whole seconds of UTC without leap seconds: `2026-11-23T14:00:00Z`.
public struct Instant: TextRepresentable, Comparable {
    /// Seconds since 1970-01-01T00:00:00Z; negative before it.
    public let seconds: Int64

    /// 1970-01-01T00:00:00Z.
    public static let epoch = Instant(seconds: 0)

    /// The instant this many seconds after 1970-01-01T00:00:00Z.
    public init(seconds: Int64) {
        self.seconds = seconds
    }

    /// Reads ISO 8601 in UTC, with seconds and the letter Z: `YYYY-MM-DDTHH:MM:SSZ`.
    ///
    /// - Throws: `FormatError` where the form is another, or the day or time does not exist.
    public init(parsing text: String) throws(FormatError) {
        var cursor = TextCursor(text)
        let date = try CivilDate(reading: &cursor)
        guard cursor.take("T"), let hour = cursor.takeDigits(2), hour < 24,
            cursor.take(":"), let minute = cursor.takeDigits(2), minute < 60,
            cursor.take(":"), let second = cursor.takeDigits(2), second < 60,
            cursor.take("Z"), cursor.isAtEnd
        else {
            throw FormatError(
                expected: "a time in UTC such as 2026-11-23T14:00:00Z",
                hint: "write whole seconds and end with Z"
            )
        }
        seconds = Int64(date.daysSince1970) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    }

    /// The instant `span` later.
    public static func + (instant: Instant, span: TimeSpan) -> Instant {
        Instant(seconds: instant.seconds + span.seconds)
    }

    /// The instant `span` earlier.
    public static func - (instant: Instant, span: TimeSpan) -> Instant {
        Instant(seconds: instant.seconds - span.seconds)
    }

    /// The time from `b` to `a`; negative where `b` is the later.
    public static func - (a: Instant, b: Instant) -> TimeSpan {
        TimeSpan(seconds: a.seconds - b.seconds)
    }

    /// Earlier instants are less.
    public static func < (a: Instant, b: Instant) -> Bool { a.seconds < b.seconds }

    /// `YYYY-MM-DDTHH:MM:SSZ`; years beyond 9999, which no text can name, are written with more
    /// digits.
    public var description: String {
        let day = floorDivided(Int(seconds), by: 86_400)
        let second = Int(seconds) - day * 86_400
        let (year, month, dayOfMonth) = CivilDate.components(ofDay: day)
        guard 0...9999 ~= year else { return "\(year)-\(month)-\(dayOfMonth)T\(second)s" }
        // Written into the string's own buffer: plans and rows format instants by the million.
        return String(unsafeUninitializedCapacity: 20) { text in
            writeDigits(year, count: 4, at: 0, into: text)
            writeDigits(month, count: 2, at: 5, into: text)
            writeDigits(dayOfMonth, count: 2, at: 8, into: text)
            writeDigits(second / 3600, count: 2, at: 11, into: text)
            writeDigits(second / 60 % 60, count: 2, at: 14, into: text)
            writeDigits(second % 60, count: 2, at: 17, into: text)
            text[4] = UInt8(ascii: "-")
            text[7] = UInt8(ascii: "-")
            text[10] = UInt8(ascii: "T")
            text[13] = UInt8(ascii: ":")
            text[16] = UInt8(ascii: ":")
            text[19] = UInt8(ascii: "Z")
            return 20
        }
    }
}

/// Writes the last `count` decimal digits of `number` at `start`.
private func writeDigits(
    _ number: Int,
    count: Int,
    at start: Int,
    into text: UnsafeMutableBufferPointer<UInt8>
) {
    var rest = number
    for place in stride(from: start + count - 1, through: start, by: -1) {
        text[place] = UInt8.zeroDigit + UInt8(rest % 10)
        rest /= 10
    }
}
