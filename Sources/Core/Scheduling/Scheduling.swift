/// Scheduling turns what a Schedule says into slots: which local times, which instants, in which
/// order.
///
/// It owns the rules of time zones, of clock changes, of quiet hours and blackouts, and of jitter,
/// and it says what is wrong with a schedule before anybody relies on it. Everything here is a
/// function of its arguments: the same schedule has the same slots on every replica and in every
/// run.
///
/// It must never read the clock, draw a random number, touch a file or the network, know the store,
/// or use a calendar of Foundation: from Foundation it takes the offset changes of a time zone,
/// once each.
///
/// The way through: `ZoneRules` (a zone's offset changes) and `SchedulePattern` (a compiled
/// schedule) give `Slot`s; `SchedulePattern.validate` gives `ScheduleProblem`s.
import ClaraModel

/// Whose schedule it is: the key under which jitter is drawn.
public struct ScheduleIdentity: Hashable, Sendable {
    /// The tenant's name.
    public let tenant: String
    /// The schedule's name within the tenant.
    public let schedule: String

    /// Names a schedule.
    public init(tenant: String, schedule: String) {
        self.tenant = tenant
        self.schedule = schedule
    }
}

/// The two ways in which a schedule says its times.
public enum ScheduleTiming: Hashable, Sendable {
    /// Weekdays and times of day. Each is a fixed time over clock changes.
    case weekly([WeeklySlot])
    /// A cron expression; one with `*` in minute or hour follows real time over clock changes.
    case cron(CronExpression)
}
