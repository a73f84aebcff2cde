/// A day of the proleptic Gregorian calendar, without a time zone: `2026-11-23`.
public struct CivilDate: TextRepresentable, Comparable {
    /// Days since 1970-01-01; negative before it.
    public let daysSince1970: Int32

    /// The years that a text may name. The upper end keeps a `LocalDateTime` within 32 bits of
    /// minutes.
    public static let supportedYears = 1...5000

    /// The day that lies `daysSince1970` days after 1970-01-01.
    public init(daysSince1970: Int32) {
        self.daysSince1970 = daysSince1970
    }

    /// The day with this year, month (1–12) and day of month; `nil` where it does not exist or the
    /// year is not supported.
    public init?(year: Int, month: Int, day: Int) {
        guard Self.supportedYears.contains(year), 1...12 ~= month,
            day >= 1, day <= Self.days(inMonth: month, of: year)
        else { return nil }
        self.init(daysSince1970: Int32(Self.dayNumber(year: year, month: month, day: day)))
    }

    /// The first moment after the day, in UTC.
    public var end: Instant { Instant(seconds: (Int64(daysSince1970) + 1) * 86_400) }

    /// Reads `YYYY-MM-DD`.
    ///
    /// - Throws: `FormatError` where the form is another or the day does not exist.
    public init(parsing text: String) throws(FormatError) {
        var cursor = TextCursor(text)
        self = try CivilDate(reading: &cursor)
        guard cursor.isAtEnd else { throw FormatError(expected: Self.expected) }
    }

    private static let expected = "a date such as 2026-11-23"

    init(reading cursor: inout TextCursor) throws(FormatError) {
        guard let year = cursor.takeDigits(4), cursor.take("-"),
            let month = cursor.takeDigits(2), cursor.take("-"), let day = cursor.takeDigits(2)
        else { throw FormatError(expected: Self.expected) }
        guard let date = CivilDate(year: year, month: month, day: day) else {
            throw FormatError(
                expected: "a day that exists",
                hint: Self.hint(year: year, month: month)
            )
        }
        self = date
    }

    private static func hint(year: Int, month: Int) -> String {
        guard supportedYears.contains(year) else {
            return "years go from 0001 to \(supportedYears.upperBound)"
        }
        guard 1...12 ~= month else { return "months go from 01 to 12" }
        return "that month has \(days(inMonth: month, of: year)) days"
    }

    /// Year, month 1–12 and day of month 1–31.
    public var components: (year: Int, month: Int, day: Int) {
        Self.components(ofDay: Int(daysSince1970))
    }

    /// The day of the week; 1970-01-01 was a Thursday.
    public var weekday: Weekday {
        let fromMonday = (Int(daysSince1970) + 3) % 7
        return Weekday(rawValue: UInt8(fromMonday < 0 ? fromMonday + 7 : fromMonday) + 1) ?? .monday
    }

    /// The date `days` later, or earlier where `days` is negative.
    public func advanced(byDays days: Int) -> CivilDate {
        CivilDate(daysSince1970: Int32(clamping: Int(daysSince1970) + days))
    }

    /// `YYYY-MM-DD`.
    public var description: String {
        let (year, month, day) = components
        return zeroPadded(year, width: 4) + "-" + zeroPadded(month, width: 2) + "-"
            + zeroPadded(day, width: 2)
    }

    /// Earlier days are less.
    public static func < (a: CivilDate, b: CivilDate) -> Bool {
        a.daysSince1970 < b.daysSince1970
    }

    /// How many days a month has.
    public static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

// Day numbers and dates, after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": the
// year is counted from March, so that the leap day comes last, in eras of 400 years.
extension CivilDate {
    private static let daysPerEra = 146_097
    /// Days from 0000-03-01 to 1970-01-01.
    private static let epochShift = 719_468

    static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * daysPerEra + dayOfEra - epochShift
    }

    static func components(ofDay number: Int) -> (year: Int, month: Int, day: Int) {
        let z = number + epochShift
        let era = (z >= 0 ? z : z - (daysPerEra - 1)) / daysPerEra
        let dayOfEra = z - era * daysPerEra
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / (daysPerEra - 1)) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
