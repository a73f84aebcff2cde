/// A cron expression of five fields, with the meaning that Debian's cron gives it.
///
/// Minute, hour, day of month, month, day of week; each `*`, a number, a range `a-b`, either of `*`
/// and `a-b` with a step `/n`, or a list of those. Months and weekdays also go by their English
/// names of three letters, in any case. Sunday is 0 and 7. `@hourly @daily @midnight @weekly
/// @monthly @yearly @annually` stand for their expressions.
///
/// Source: Debian's cron 3.0pl1, crontab(5), `entry.c` and `cron.c`. Where a field *begins with*
/// `*` (`*/2` does), it counts as unrestricted: day of month and day of week are OR-ed only if
/// neither does, and AND-ed otherwise; an expression whose minute or hour does is a wildcard job,
/// which follows real time over clock changes.
public struct CronExpression: TextRepresentable {
    /// 0–59.
    public let minute: CronField
    /// 0–23.
    public let hour: CronField
    /// 1–31.
    public let dayOfMonth: CronField
    /// 1–12.
    public let month: CronField
    /// 0–6, Sunday is 0.
    public let dayOfWeek: CronField

    /// Reads five fields separated by blanks, or one of the `@` words.
    ///
    /// - Throws: `FormatError` that names the field and what it accepts.
    public init(parsing text: String) throws(FormatError) {
        let expression = text.utf8.first == UInt8(ascii: "@") ? try Self.expansion(of: text) : text
        let fields = expression.split { $0 == " " || $0 == "\t" }
        guard fields.count == 5 else { throw Self.wrongCount(fields.count) }
        minute = try CronField(parsing: fields[0], as: .minute)
        hour = try CronField(parsing: fields[1], as: .hour)
        dayOfMonth = try CronField(parsing: fields[2], as: .dayOfMonth)
        month = try CronField(parsing: fields[3], as: .month)
        dayOfWeek = try CronField(parsing: fields[4], as: .dayOfWeek)
    }

    private static func wrongCount(_ count: Int) -> FormatError {
        FormatError(
            expected: "five fields: minute, hour, day of month, month, day of week, such as"
                + " \"30 9 * * 1-5\"",
            hint: count == 6
                ? "there are six fields; seconds and years are not supported"
                : "there are \(count) fields"
        )
    }

    private static func expansion(of text: String) throws(FormatError) -> String {
        switch text.lowercased() {
        case "@hourly": return "0 * * * *"
        case "@daily", "@midnight": return "0 0 * * *"
        case "@weekly": return "0 0 * * 0"
        case "@monthly": return "0 0 1 * *"
        case "@yearly", "@annually": return "0 0 1 1 *"
        case "@reboot":
            throw FormatError(
                expected: words,
                hint: "@reboot names no time: a schedule does not depend on when a process starts"
            )
        default: throw FormatError(expected: words)
        }
    }

    private static let words =
        "five fields, or @hourly, @daily, @midnight, @weekly, @monthly, @yearly or @annually"

    /// Whether minute or hour begins with `*`, which makes it follow real time over clock changes.
    public var isWildcard: Bool { minute.isStar || hour.isStar }

    /// Whether the expression fires on this date.
    public func matches(_ date: CivilDate) -> Bool {
        let (_, month, day) = date.components
        guard self.month.contains(month) else { return false }
        let matchesDay = dayOfMonth.contains(day)
        let matchesWeekday = dayOfWeek.contains(date.weekday.cronNumber)
        return dayOfMonth.isStar || dayOfWeek.isStar
            ? matchesDay && matchesWeekday : matchesDay || matchesWeekday
    }

    /// The times of a day that fires, ascending.
    public var timesOfDay: [TimeOfDay] {
        hour.values.flatMap { hour in
            minute.values.compactMap { TimeOfDay(hour: hour, minute: $0) }
        }
    }

    /// The five fields in numbers, each in its shortest form; equal expressions have equal texts.
    public var description: String {
        [
            minute.text(as: .minute), hour.text(as: .hour), dayOfMonth.text(as: .dayOfMonth),
            month.text(as: .month), dayOfWeek.text(as: .dayOfWeek),
        ].joined(separator: " ")
    }
}
