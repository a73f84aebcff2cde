import ClaraModel
import Scheduling

/// The freezes of a fleet: when each begins, how long it lasts, whom it is for.
///
/// A freeze begins where its cron expression fires on the wall clock of the fleet's zone, with
/// Debian's rules for clock changes, and lasts for a time that no clock change alters.
struct FreezeCalendar: Sendable {
    private let freezes: [Freeze]

    fileprivate struct Freeze: Sendable {
        let pattern: SchedulePattern
        let duration: TimeSpan
        let window: FreezeWindow
        /// Whom it is for; nil means all.
        let tenants: [PathPattern]?
    }

    init(_ windows: [FreezeWindow], timezone: TimeZoneName) {
        let zone = ZoneCatalogue.rules(of: timezone) ?? ZoneCatalogue.rules(of: .utc)
        freezes = windows.compactMap { window in
            // The loader has refused a window without either, and a zone that does not exist.
            guard let zone, let cron = window.cron, let duration = window.duration else {
                return nil
            }
            let pattern = SchedulePattern(
                zone: zone,
                timing: .cron(cron),
                identity: ScheduleIdentity(tenant: "", schedule: "")
            )
            return Freeze(
                pattern: pattern,
                duration: duration,
                window: window,
                tenants: window.tenants?.map { PathPattern($0) }
            )
        }
    }

    /// A tenant's freeze at a moment.
    struct Standing: Sendable, Hashable {
        /// When the tenant is free again.
        let until: Instant
        let reason: String?
        /// Whether a tenant may be paused meanwhile.
        let allowsPause: Bool
    }

    /// The freezes at a moment, for one tenant after the other.
    func at(_ now: Instant) -> FreezesAtMoment {
        let isFrozen = freezes.contains { $0.covers(now) }
        return FreezesAtMoment(calendar: isFrozen ? self : nil, now: now)
    }

    /// Which freezes are for a tenant.
    fileprivate func indices(for tenant: String) -> [Int] {
        freezes.indices.filter { freezes[$0].isFor(tenant) }
    }

    /// The freeze that some of the windows make together; nil where none covers the moment.
    fileprivate func standing(_ indices: [Int], at now: Instant) -> Standing? {
        let covering = indices.map { freezes[$0] }.filter { $0.covers(now) }
        guard let longest = covering.max(by: { $0.end(at: now) < $1.end(at: now) }) else {
            return nil
        }
        return Standing(
            until: end(of: indices.map { freezes[$0] }, from: longest.end(at: now), seenAt: now),
            reason: longest.window.reason,
            allowsPause: covering.allSatisfy { $0.window.allow?.contains(.pause) ?? false }
        )
    }

    /// How far ahead the end of windows that follow one another is looked for: a year. Nobody waits
    /// for a later one.
    fileprivate static let furthestEnd = TimeSpan.days(366)
    /// How many windows may follow one another before the end is taken as found: a year of days.
    private static let longestChain = 366

    /// The end of a freeze whose windows follow one another without a gap.
    private func end(of freezes: [Freeze], from first: Instant, seenAt now: Instant) -> Instant {
        var end = first
        for _ in 0..<Self.longestChain where end - now < Self.furthestEnd {
            let next = freezes.filter { $0.covers(end) }.map { $0.end(at: end) }.max()
            guard let next, next > end else { return end }
            end = next
        }
        return end
    }
}

extension FreezeCalendar.Freeze {
    fileprivate func isFor(_ tenant: String) -> Bool {
        tenants?.contains { $0.matches(tenant) } ?? true
    }

    fileprivate func covers(_ moment: Instant) -> Bool { end(at: moment) > moment }

    /// When the window that began last ends; the moment itself where none has begun.
    fileprivate func end(at moment: Instant) -> Instant {
        lastStart(upTo: moment).map { $0 + duration } ?? moment
    }

    /// Looks back in steps that double, so that a freeze of years with one that begins every
    /// minute costs no more than a day of it.
    private func lastStart(upTo moment: Instant) -> Instant? {
        var (near, step) = (moment + TimeSpan(seconds: 1), TimeSpan.days(1))
        let furthest = moment - duration
        while near > furthest {
            let far = max(furthest, near - step)
            if let last = pattern.slots(in: far..<near).last?.firesAt { return last }
            near = far
            step = TimeSpan(seconds: step.seconds * 2)
        }
        return nil
    }
}

/// Which tenants are frozen at a moment. Tenants that the same windows are for share an answer.
struct FreezesAtMoment {
    fileprivate let calendar: FreezeCalendar?
    fileprivate let now: Instant
    private var known: [[Int]: FreezeCalendar.Standing?] = [:]

    fileprivate init(calendar: FreezeCalendar?, now: Instant) {
        self.calendar = calendar
        self.now = now
    }

    /// The freeze of a tenant; nil where it is free.
    mutating func standing(of tenant: String) -> FreezeCalendar.Standing? {
        guard let calendar else { return nil }
        let indices = calendar.indices(for: tenant)
        if let known = known[indices] { return known }
        let standing = calendar.standing(indices, at: now)
        known[indices] = .some(standing)
        return standing
    }
}

extension FrozenTenant {
    /// Whether the end was found, seen from the moment of the plan; a later one is not looked for.
    func hasKnownEnd(at now: Instant) -> Bool { until - now < FreezeCalendar.furthestEnd }
}
