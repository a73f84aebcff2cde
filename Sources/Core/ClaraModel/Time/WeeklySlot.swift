/// When a post goes out each week: `Mon-Fri 09:00`, `Sat,Sun 10:30`, `Mon 09:00,17:30`, `daily
/// 08:00`.
///
///     slot  = [ days " " ] times
///     days  = "daily" | day-or-range { "," day-or-range }
///     times = HH:MM { "," HH:MM }
///
/// Without days it is every day. Names of days are English, short or long, in any case of letters,
/// and a range may wrap around the end of the week (`Fri-Mon`).
public struct WeeklySlot: TextRepresentable {
    /// The days, at least one.
    public let days: WeekdaySet
    /// The times of day, at least one, ascending, each once.
    public let times: [TimeOfDay]

    /// A slot on the given days at the given times; `nil` where either is empty.
    public init?(days: WeekdaySet, times: [TimeOfDay]) {
        guard !days.isEmpty, !times.isEmpty else { return nil }
        self.days = days
        self.times = Set(times).sorted()
    }

    /// Reads one slot.
    ///
    /// - Throws: `FormatError` where it does not fit the grammar or names a time twice.
    public init(parsing text: String) throws(FormatError) {
        var cursor = TextCursor(text)
        days = try Self.readDays(&cursor)
        times = try Self.readTimes(&cursor).sorted()
        guard zip(times, times.dropFirst()).allSatisfy(<) else {
            throw FormatError(expected: "each time of day once")
        }
    }

    private static func formatError(hint: String? = nil) -> FormatError {
        FormatError(
            expected: "weekdays and times such as \"Mon-Fri 09:00\" or \"daily 08:00,17:30\"",
            hint: hint
        )
    }

    private static func readDays(_ cursor: inout TextCursor) throws(FormatError) -> WeekdaySet {
        guard cursor.next?.isDigit != true else { return .daily }
        guard let days = WeekdaySet(reading: &cursor) else {
            throw formatError(hint: "weekdays are Mon Tue Wed Thu Fri Sat Sun, or daily")
        }
        guard cursor.takeBlanks() else {
            throw formatError(hint: "a space comes between the weekdays and the time")
        }
        return days
    }

    private static func readTimes(_ cursor: inout TextCursor) throws(FormatError) -> [TimeOfDay] {
        var times: [TimeOfDay] = []
        repeat {
            times.append(try TimeOfDay(reading: &cursor))
        } while cursor.take(",")
        guard cursor.isAtEnd else { throw formatError() }
        return times
    }

    /// Days, a space, times in ascending order.
    public var description: String {
        "\(days) " + times.map(\.description).joined(separator: ",")
    }
}
