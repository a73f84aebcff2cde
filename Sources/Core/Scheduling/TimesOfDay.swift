import ClaraModel

/// A schedule's timing, compiled to the one question that is asked of it: at which times on this
/// date?
enum TimesOfDay: Sendable {
    /// Minutes of the day per weekday, Monday first, ascending, each once.
    case weekly([[UInt16]])
    /// The dates that fire, and the minutes of the day on each of them, ascending.
    case cron(CronExpression, minutes: [UInt16])

    init(_ timing: ScheduleTiming) {
        switch timing {
        case .weekly(let slots):
            self = .weekly(Weekday.allCases.map { Self.minutes(on: $0, of: slots) })
        case .cron(let expression):
            self = .cron(expression, minutes: expression.timesOfDay.map(\.minutes))
        }
    }

    private static func minutes(on day: Weekday, of slots: [WeeklySlot]) -> [UInt16] {
        let times = slots.filter { $0.days.contains(day) }.flatMap(\.times)
        return Set(times.map(\.minutes)).sorted()
    }

    /// The minutes of the day at which it fires on `date`, ascending.
    func minutes(on date: CivilDate) -> [UInt16] {
        switch self {
        case .weekly(let minutes): minutes[Int(date.weekday.rawValue) - 1]
        case .cron(let expression, let minutes): expression.matches(date) ? minutes : []
        }
    }

    /// Whether it follows real time over clock changes, rather than a fixed time of day.
    var isWildcard: Bool {
        switch self {
        case .weekly: false
        case .cron(let expression, _): expression.isWildcard
        }
    }

    /// The most slots that one ordinary day can have.
    var mostPerDay: Int {
        switch self {
        case .weekly(let minutes): minutes.map(\.count).max() ?? 0
        case .cron(_, let minutes): minutes.count
        }
    }
}
