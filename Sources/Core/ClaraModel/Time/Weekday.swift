/// A day of the week. Raw values are ISO 8601's: Monday is 1, Sunday is 7.
public enum Weekday: UInt8, CaseIterable, Comparable, TextRepresentable {
    /// Monday to Sunday, in ISO 8601's order.
    case monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday

    /// Reads "Mon" or "Monday", in any case of letters.
    ///
    /// - Throws: `FormatError` where it is no English name of a weekday.
    public init(parsing text: String) throws(FormatError) {
        var cursor = TextCursor(text)
        guard let word = cursor.takeWord(), cursor.isAtEnd, let day = Weekday(name: word) else {
            throw FormatError(expected: "a weekday such as Mon or Monday")
        }
        self = day
    }

    /// The weekday with this name, short or long, in lower case.
    init?(name: String) {
        guard let day = Self.allCases.first(where: { $0.isNamed(name) }) else { return nil }
        self = day
    }

    private func isNamed(_ name: String) -> Bool {
        longName == name || (name.utf8.count == Self.shortLength && longName.hasPrefix(name))
    }

    /// The letters of a short name, as in "mon".
    private static let shortLength = 3

    /// "Mon" … "Sun".
    public var description: String {
        switch self {
        case .monday: "Mon"
        case .tuesday: "Tue"
        case .wednesday: "Wed"
        case .thursday: "Thu"
        case .friday: "Fri"
        case .saturday: "Sat"
        case .sunday: "Sun"
        }
    }

    /// The day's number in cron: Sunday is 0, Saturday is 6.
    public var cronNumber: Int { Int(rawValue) % 7 }

    /// The day after this one; Monday after Sunday.
    public var following: Weekday { Weekday(rawValue: rawValue % 7 + 1) ?? .monday }

    /// The day before this one; Sunday before Monday.
    public var preceding: Weekday { Weekday(rawValue: (rawValue + 5) % 7 + 1) ?? .sunday }

    /// Monday is less than Sunday.
    public static func < (a: Weekday, b: Weekday) -> Bool { a.rawValue < b.rawValue }

    private var longName: String {
        switch self {
        case .monday: "monday"
        case .tuesday: "tuesday"
        case .wednesday: "wednesday"
        case .thursday: "thursday"
        case .friday: "friday"
        case .saturday: "saturday"
        case .sunday: "sunday"
        }
    }
}
