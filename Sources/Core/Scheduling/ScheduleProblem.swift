import ClaraModel

/// Something wrong, or probably not meant, in a schedule whose fields are each well formed.
public enum ScheduleProblem: Hashable, Sendable {
    /// It has no slot, now or later, and why.
    case neverFires(Cause)
    /// Its end is not after its start.
    case endsBeforeStart
    /// Its jitter is longer than `SchedulePattern.longestJitter`.
    case jitterTooLong
    /// It had slots and, by its end, has none any more.
    case hasEnded
    /// It has more slots a day than an account is likely to want.
    case dense(slotsPerDay: Int)
    /// Several of its weekly slots name this time on these days; it is one slot.
    case duplicate(days: WeekdaySet, time: TimeOfDay)
    /// A weekly slot that is always in quiet hours, while others are not.
    case alwaysQuiet(days: WeekdaySet, time: TimeOfDay)

    /// Why a schedule has no slot.
    public enum Cause: Hashable, Sendable {
        /// No date has the day and month asked for, such as 31 February.
        case impossibleDate
        /// No date between start and end matches.
        case outsideStartAndEnd
        /// Every time lies in quiet hours.
        case quietHours
        /// Every time that is left lies in a blackout.
        case blackouts
    }

    /// Whether the schedule is refused or only remarked on.
    public enum Severity: Hashable, Sendable {
        /// The schedule cannot be what was meant.
        case error
        /// The schedule works.
        case warning
    }

    /// How many slots a day pass without a remark: one every quarter of an hour. X accepts more,
    /// but a reader does not, and a `*` in the minute of a cron expression is a common slip (1440 a
    /// day).
    public static let usualSlotsPerDay = 96

    /// Whether the schedule is refused.
    public var severity: Severity {
        switch self {
        case .neverFires, .endsBeforeStart, .jitterTooLong: .error
        case .hasEnded, .dense, .duplicate, .alwaysQuiet: .warning
        }
    }

    /// What is wrong and what to do, as a sentence without a full stop.
    public var message: String {
        switch self {
        case .neverFires(let cause): "the schedule can never fire: \(cause.message)"
        case .endsBeforeStart: "the schedule ends before it starts; move start or end"
        case .jitterTooLong:
            "the jitter is longer than \(SchedulePattern.longestJitter); use a shorter one"
        case .hasEnded: "the schedule has ended: no slot is left; move its end or remove it"
        case .dense(let slotsPerDay):
            "the schedule has \(slotsPerDay) slots a day; \"*\" in the minute is every minute"
        case .duplicate(let days, let time):
            "\"\(days) \(time)\" is in more than one slot and is used once; remove one"
        case .alwaysQuiet(let days, let time):
            "\"\(days) \(time)\" is always in quiet hours and never fires; move or remove it"
        }
    }
}

extension ScheduleProblem.Cause {
    fileprivate var message: String {
        switch self {
        case .impossibleDate:
            "no date in \(SchedulePattern.searchYears) years matches; check day and month"
        case .outsideStartAndEnd: "no slot lies between its start and its end"
        case .quietHours: "every slot lies in its quiet hours"
        case .blackouts: "every slot lies in its blackouts"
        }
    }
}

extension SchedulePattern {
    /// What is wrong with the schedule, as seen at `reference`: errors first. Empty where all is
    /// well.
    public func validate(at reference: Instant) -> [ScheduleProblem] {
        var problems: [ScheduleProblem] = isJitterCut ? [.jitterTooLong] : []
        if let start, let end, end.end <= start.start {
            problems.append(.endsBeforeStart)
        } else if next(1, after: reference).isEmpty {
            let hasEnded = end != nil && firesBefore(reference)
            problems.append(hasEnded ? .hasEnded : .neverFires(cause(at: reference)))
        } else {
            problems += alwaysQuiet
        }
        if times.mostPerDay > ScheduleProblem.usualSlotsPerDay {
            problems.append(.dense(slotsPerDay: times.mostPerDay))
        }
        return problems + duplicates
    }

    private func firesBefore(_ reference: Instant) -> Bool {
        let years = TimeSpan.days(366 * Int64(Self.searchYears))
        let first = next(1, after: max(reference - years, ZoneRules.coverage.lowerBound)).first
        return first?.scheduledAt.map { $0 <= reference } ?? false
    }

    private func fires(around reference: Instant) -> Bool {
        !next(1, after: reference).isEmpty || firesBefore(reference)
    }

    /// The first restriction that leaves no slot, of those in the order in which people think of
    /// them.
    private func cause(at reference: Instant) -> ScheduleProblem.Cause {
        if !restricted().fires(around: reference) { return .impossibleDate }
        if !restricted(start: start, end: end).fires(around: reference) {
            return .outsideStartAndEnd
        }
        return restricted(quietHours: quietHours, start: start, end: end).fires(around: reference)
            ? .blackouts : .quietHours
    }

    /// The same times under these restrictions only.
    private func restricted(
        quietHours: [QuietHours] = [],
        start: LocalBoundary? = nil,
        end: LocalBoundary? = nil
    ) -> SchedulePattern {
        SchedulePattern(
            zone: zone,
            timing: timing,
            quietHours: quietHours,
            start: start,
            end: end,
            identity: identity
        )
    }

    private var alwaysQuiet: [ScheduleProblem] {
        weekdays { day, minute in
            silence.isQuiet(LocalDateTime(minutes: Self.monday + Int32(day) * 1440 + Int32(minute)))
        }.map { ScheduleProblem.alwaysQuiet(days: $0, time: $1) }
    }

    private var duplicates: [ScheduleProblem] {
        guard case .weekly(let slots) = timing else { return [] }
        return weekdays { day, minute in
            slots.filter { slot in
                slot.days.bits >> day & 1 == 1 && slot.times.contains { $0.minutes == minute }
            }.count > 1
        }.map { ScheduleProblem.duplicate(days: $0, time: $1) }
    }

    /// Midnight of a Monday, 1970-01-05.
    private static let monday: Int32 = 4 * Int32(TimeOfDay.minutesPerDay)

    /// Of the weekly times those that satisfy `condition`, each with its days (0 is Monday), by
    /// time.
    private func weekdays(
        where condition: (_ day: Int, _ minute: UInt16) -> Bool
    ) -> [(WeekdaySet, TimeOfDay)] {
        guard case .weekly(let minutesByDay) = times else { return [] }
        var days: [UInt16: UInt8] = [:]
        for (day, minutes) in minutesByDay.enumerated() {
            for minute in minutes where condition(day, minute) {
                days[minute, default: 0] |= 1 << UInt8(day)
            }
        }
        return days.sorted { $0.key < $1.key }.compactMap { minute, bits in
            TimeOfDay(minutes: Int(minute)).map { (WeekdaySet(bits: bits), $0) }
        }
    }
}
