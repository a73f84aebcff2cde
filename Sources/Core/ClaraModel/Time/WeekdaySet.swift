/// A set of weekdays: "Mon-Fri", "Sat,Sun", "Fri-Mon", "Mon,Wed-Fri", "daily".
public struct WeekdaySet: TextRepresentable {
    /// Bit `n - 1` is set where ISO weekday `n` is in the set.
    public let bits: UInt8

    /// Every day.
    public static let daily = WeekdaySet(bits: 0b111_1111)

    /// The set with these bits; bits beyond Sunday's are dropped.
    public init(bits: UInt8) {
        self.bits = bits & 0b111_1111
    }

    /// The set of these days.
    public init(_ days: some Sequence<Weekday>) {
        self.init(bits: days.reduce(0) { $0 | Self.bit($1) })
    }

    /// Reads days and ranges of days separated by commas, or the word "daily". A range may wrap
    /// around the end of the week. Names are English, short or long, in any case of letters.
    ///
    /// - Throws: `FormatError` where it is anything else, or empty.
    public init(parsing text: String) throws(FormatError) {
        var cursor = TextCursor(text)
        guard let set = WeekdaySet(reading: &cursor), cursor.isAtEnd else {
            throw FormatError(expected: Self.expected)
        }
        self = set
    }

    /// What a list of weekdays looks like, for errors.
    static let expected = "weekdays such as Mon-Fri, Sat,Sun or daily"

    /// Reads as much of a list of weekdays as there is; `nil` where it is malformed.
    init?(reading cursor: inout TextCursor) {
        var bits: UInt8 = 0
        repeat {
            guard let word = cursor.takeWord() else { return nil }
            if word == "daily", bits == 0 {
                self = .daily
                return
            }
            guard let first = Weekday(name: word), let last = Self.rangeEnd(first, &cursor) else {
                return nil
            }
            bits |= Self.bits(from: first, through: last)
        } while cursor.take(",")
        self.init(bits: bits)
    }

    /// Whether `day` is in the set.
    public func contains(_ day: Weekday) -> Bool { bits & Self.bit(day) != 0 }

    /// Whether no day is in the set.
    public var isEmpty: Bool { bits == 0 }

    /// "daily", or runs of days from the earliest start in the week: three days and more as a
    /// range.
    public var description: String {
        guard self != .daily else { return "daily" }
        return Weekday.allCases.filter { contains($0) && !contains($0.preceding) }
            .map(runText).joined(separator: ",")
    }

    private func runText(from first: Weekday) -> String {
        var days = [first]
        var day = first.following
        while contains(day), days.count < 7 {
            days.append(day)
            day = day.following
        }
        guard days.count > 2, let last = days.last else {
            return days.map(\.description).joined(separator: ",")
        }
        return "\(first)-\(last)"
    }

    private static func bit(_ day: Weekday) -> UInt8 { 1 << (day.rawValue - 1) }

    private static func rangeEnd(_ first: Weekday, _ cursor: inout TextCursor) -> Weekday? {
        guard cursor.take("-") else { return first }
        return cursor.takeWord().flatMap(Weekday.init(name:))
    }

    private static func bits(from first: Weekday, through last: Weekday) -> UInt8 {
        var bits = bit(first)
        var day = first
        while day != last {
            day = day.following
            bits |= bit(day)
        }
        return bits
    }
}
