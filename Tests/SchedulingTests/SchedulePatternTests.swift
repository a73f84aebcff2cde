import ClaraModel
import Foundation
import Scheduling
import TestSupport
import Testing

/// Zones whose clocks change in different ways: by an hour, half an hour, two hours, at midnight,
/// twice a year around Ramadan, or not at all.
let changingZones = [
    "America/New_York", "Europe/London", "Australia/Lord_Howe", "Antarctica/Troll",
    "America/Havana", "America/Santiago", "Africa/Casablanca", "Asia/Beirut",
    "America/Sao_Paulo", "Asia/Kathmandu", "UTC",
]

/// A schedule with random timing and restrictions in a random zone.
struct RandomSchedule {
    let zoneName: String
    let timing: ScheduleTiming
    let jitter: TimeSpan
    let quiet: [QuietHours]
    let blackouts: [Blackout]
    let start: LocalBoundary?
    let end: LocalBoundary?

    init(_ random: inout SplitMix64, year: Int) throws {
        zoneName = changingZones.randomElement(using: &random) ?? "UTC"
        timing =
            Bool.random(using: &random)
            ? try cron(Self.frequentCron(&random)) : .weekly(try Self.slots(&random))
        jitter = .minutes(Int64([0, 0, 10, 200].randomElement(using: &random) ?? 0))
        quiet = try ["22:00-07:00", "Sat,Sun 00:00-10:00", "Sun 02:15-03:45", "Fri 12:00-11:00"]
            .filter { _ in Int.random(in: 0..<4, using: &random) == 0 }.map { try parse($0) }
        blackouts = try ["\(year)-03-29", "\(year)-10-24T12:00/\(year)-11-01T01:30"]
            .filter { _ in Int.random(in: 0..<3, using: &random) == 0 }.map { try parse($0) }
        start = Int.random(in: 0..<3, using: &random) == 0 ? try parse("\(year)-02-15T02:30") : nil
        end = Int.random(in: 0..<3, using: &random) == 0 ? try parse("\(year)-12-01") : nil
    }

    /// Cron expressions that often meet the hours in which clocks change.
    private static func frequentCron(_ random: inout SplitMix64) -> String {
        let minute = ["*", "*/20", "0,30", "15", "59", "0-45/15"].randomElement(using: &random)
        let hour = ["*", "*/2", "0-4", "1,2,3,23", "0", "2"].randomElement(using: &random)
        let date = ["* * *", "* * 0", "1-15 * 6", "*/2 * 0,6", "* 3,4,10,11 *"]
            .randomElement(using: &random)
        return "\(minute ?? "*") \(hour ?? "*") \(date ?? "* * *")"
    }

    private static func slots(_ random: inout SplitMix64) throws -> [WeeklySlot] {
        (0..<Int.random(in: 1...4, using: &random)).compactMap { _ in
            let minutes = (0..<2).map { _ in Int.random(in: 0..<300, using: &random) }
            return WeeklySlot(
                days: WeekdaySet(bits: .random(in: 1...127, using: &random)),
                times: minutes.compactMap(TimeOfDay.init(minutes:))
            )
        }
    }

    func compiled() throws -> SchedulePattern {
        SchedulePattern(
            zone: try zone(zoneName),
            timing: timing,
            jitter: jitter,
            quietHours: quiet,
            blackouts: blackouts,
            start: start,
            end: end,
            identity: identity
        )
    }

    var text: String { "\(zoneName) \(timing) \(quiet) \(blackouts)" }
}

@Suite("Schedule patterns")
struct SchedulePatternTests {
    @Test("adjacent intervals share no slot and miss none", arguments: 0..<30)
    func splits(number: Int) throws {
        var random = generator(number)
        let schedule = try RandomSchedule(&random, year: 2026)
        let pattern = try schedule.compiled()
        let year = try days("2026-01-01", "2027-01-01")
        let cuts = (0..<12).map { _ in
            Instant(
                seconds: .random(
                    in: year.lowerBound.seconds...year.upperBound.seconds,
                    using: &random
                )
            )
        }
        let ends = ([year.lowerBound, year.upperBound] + cuts).sorted()
        let parts = zip(ends, ends.dropFirst()).flatMap { pattern.slots(in: $0..<$1) }
        #expect(parts == pattern.slots(in: year), "\(schedule.text)")
    }

    @Test("the next n are the first n of the interval that follows", arguments: 0..<30)
    func nextIsPrefix(number: Int) throws {
        var random = generator(1000 + number)
        let schedule = try RandomSchedule(&random, year: 2026)
        let pattern = try schedule.compiled()
        let year = try days("2026-01-01", "2027-01-01")
        let after = Instant(
            seconds: .random(in: year.lowerBound.seconds..<year.upperBound.seconds, using: &random)
        )
        let rest = (after + TimeSpan(seconds: 1))..<(year.upperBound + .days(400))
        let expected = pattern.slots(in: rest)
        for count in [0, 1, 2, 7, 40] where count <= expected.count {
            let next = pattern.next(count, after: after)
            #expect(next == Array(expected.prefix(count)), "\(schedule.text)")
        }
    }

    @Test("slots of a year are those that a walk over its minutes finds", arguments: 0..<6)
    func bruteForce(number: Int) throws {
        var random = generator(2000 + number)
        let schedule = try RandomSchedule(&random, year: 2026)
        let pattern = try schedule.compiled()
        let year = try days("2026-01-01", "2027-01-01")
        let walked = try MinuteWalk(schedule).slots(in: year)
        let slots = pattern.slots(in: year)
        #expect(slots.map(\.text) == walked, "\(schedule.text)")
        for slot in slots {
            let delay = slot.firesAt - (slot.scheduledAt ?? slot.firesAt)
            #expect(delay >= .zero && delay <= schedule.jitter)
            #expect(!schedule.isSilent(pattern.zone.local(at: slot.firesAt)))
        }
    }

    @Test("a fingerprint ignores order and notices every change")
    func fingerprint() throws {
        let schedule = try pattern(try weekly("daily 09:00"), in: "Asia/Tokyo", jitter: "10m")
        let slots = schedule.slots(in: try days("2026-11-01", "2026-12-01"))
        let whole = SlotFingerprint.of(slots)
        #expect(SlotFingerprint.of(slots.reversed()) == whole)
        #expect(SlotFingerprint.of([]) == 0)
        #expect(SlotFingerprint.of(slots.dropLast()) != whole)
        for (index, slot) in slots.enumerated() {
            var changed = slots
            changed[index] = Slot(
                localTime: slot.localTime,
                occurrence: 1,
                scheduledAt: nil,
                firesAt: slot.firesAt
            )
            #expect(SlotFingerprint.of(changed) != whole)
            changed[index] = Slot(
                localTime: slot.localTime,
                occurrence: 0,
                scheduledAt: nil,
                firesAt: slot.firesAt + TimeSpan(seconds: 1)
            )
            #expect(SlotFingerprint.of(changed) != whole)
        }
    }

    @Test("a slot takes no more than 24 bytes")
    func slotSize() {
        #expect(MemoryLayout<Slot>.stride <= 24)
    }

    @Test("the search ends: for dates that never come, and beyond the years that are covered")
    func bounds() throws {
        let never = try pattern(try cron("0 0 31 2 *"), in: "Europe/Paris")
        #expect(never.next(1, after: try parse("2026-01-01T00:00:00Z")).isEmpty)
        let always = try pattern(try cron("0 0 * * *"), in: "Europe/Paris")
        let ends = [Int64.min, Int64.max].map { Instant(seconds: $0) }
        #expect(always.next(1, after: ends[1]).isEmpty)
        #expect(always.next(1, after: ends[0]).isEmpty)
        #expect(always.slots(in: ends[0]..<ends[1]).count == 65_744)
    }

    @Test("29 February on a Sunday is found over the century without a leap day")
    func leapDays() throws {
        let leapSunday = try pattern(try cron("0 12 29 2 */7"), in: "America/New_York")
        let found = leapSunday.next(3, after: try parse("2064-01-01T00:00:00Z"))
        #expect(found.map(\.localTime.date.description) == ["2088-02-29"])
        let next = leapSunday.next(1, after: try parse("2088-03-01T00:00:00Z"))
        #expect(next.map(\.localTime.date.description) == ["2128-02-29"])
    }
}

extension RandomSchedule {
    /// Whether nothing may be posted at this time, asked of each noun.
    func isSilent(_ local: LocalDateTime) -> Bool {
        quiet.contains { $0.contains(local) } || blackouts.contains { $0.contains(local) }
            || start.map { local < $0.start } ?? false || end.map { local >= $0.end } ?? false
    }

    /// Whether the timing names this wall-clock minute.
    func names(_ local: LocalDateTime) -> Bool {
        switch timing {
        case .cron(let expression):
            expression.timesOfDay.contains(local.time) && expression.matches(local.date)
        case .weekly(let slots):
            slots.contains { $0.times.contains(local.time) && $0.days.contains(local.date.weekday) }
        }
    }

    var isWildcard: Bool {
        guard case .cron(let expression) = timing else { return false }
        return expression.isWildcard
    }
}

/// The oracle: reads the clock of Foundation's time zone at every minute, as cron does.
struct MinuteWalk {
    private let schedule: RandomSchedule
    private let zone: TimeZone
    /// The latest time that the clock has shown; one that is not later is a repeated one.
    private var latest = LocalDateTime(minutes: .min)
    private var offset = 0

    init(_ schedule: RandomSchedule) throws {
        self.schedule = schedule
        zone = try #require(TimeZone(identifier: schedule.zoneName))
    }

    func slots(in interval: Range<Instant>) -> [String] {
        var walk = self
        var texts: [String] = []
        // One day ahead, so that the latest time is known at the interval's start.
        let first = interval.lowerBound.seconds - 86_400
        for seconds in stride(from: first, to: interval.upperBound.seconds, by: 60) {
            let found = walk.step(to: Instant(seconds: seconds))
            if seconds >= interval.lowerBound.seconds { texts += found }
        }
        return texts
    }

    private mutating func step(to instant: Instant) -> [String] {
        // In this century clocks change at whole quarters of an hour.
        if instant.seconds % 900 == 0 {
            let date = Date(timeIntervalSince1970: Double(instant.seconds))
            offset = zone.secondsFromGMT(for: date)
        }
        let wallSeconds = Int(instant.seconds) + offset
        let now = LocalDateTime(minutes: Int32(wallSeconds / 60))
        guard now > latest else {
            return schedule.isWildcard ? texts(of: now, occurrence: 1, at: instant) : []
        }
        let skipped = latest.minutes == .min ? 0 : Int(now.minutes - latest.minutes) - 1
        latest = now
        var times = [now]
        if skipped > 0, !schedule.isWildcard, !schedule.isSilent(now) {
            times = (0...skipped).map { now.advanced(byMinutes: $0 - skipped) }
        }
        return times.flatMap { texts(of: $0, occurrence: 0, at: instant) }
    }

    private func texts(of local: LocalDateTime, occurrence: Int, at instant: Instant) -> [String] {
        guard schedule.names(local), !schedule.isSilent(local) else { return [] }
        return ["\(local)#\(occurrence) \(instant)"]
    }
}
