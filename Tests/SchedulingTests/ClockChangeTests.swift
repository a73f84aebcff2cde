import ClaraModel
import Scheduling
import Testing

/// A schedule over days with a clock change, and the slots it has.
struct ClockChangeCase: Sendable, CustomTestStringConvertible {
    let name: String
    let zone: String
    let timing: String
    let first: String
    let last: String
    let slots: [String]

    var testDescription: String { name }

    init(
        _ name: String,
        _ zone: String,
        _ timing: String,
        _ first: String,
        _ last: String,
        _ slots: [String]
    ) {
        (self.name, self.zone, self.timing) = (name, zone, timing)
        (self.first, self.last, self.slots) = (first, last, slots)
    }
}

@Suite("Clock changes")
struct ClockChangeTests {
    @Test(
        "give the slots of the design's table",
        arguments: [
            ClockChangeCase(
                "New York, skipped fixed time",
                "America/New_York",
                "30 2 * * *",
                "2026-03-07",
                "2026-03-10",
                [
                    "2026-03-07T02:30#0 2026-03-07T07:30:00Z",
                    "2026-03-08T02:30#0 2026-03-08T07:00:00Z",
                    "2026-03-09T02:30#0 2026-03-09T06:30:00Z",
                ]
            ),
            ClockChangeCase(
                "New York, two skipped times and the one after",
                "America/New_York",
                "0,30 2,3 * * *",
                "2026-03-08",
                "2026-03-09",
                [
                    "2026-03-08T02:00#0 2026-03-08T07:00:00Z",
                    "2026-03-08T02:30#0 2026-03-08T07:00:00Z",
                    "2026-03-08T03:00#0 2026-03-08T07:00:00Z",
                    "2026-03-08T03:30#0 2026-03-08T07:30:00Z",
                ]
            ),
            ClockChangeCase(
                "New York, wildcard in the gap",
                "America/New_York",
                "*/30 1-3 * * *",
                "2026-03-08",
                "2026-03-09",
                [
                    "2026-03-08T01:00#0 2026-03-08T06:00:00Z",
                    "2026-03-08T01:30#0 2026-03-08T06:30:00Z",
                    "2026-03-08T03:00#0 2026-03-08T07:00:00Z",
                    "2026-03-08T03:30#0 2026-03-08T07:30:00Z",
                ]
            ),
            ClockChangeCase(
                "New York, repeated fixed time",
                "America/New_York",
                "30 1 * * *",
                "2026-11-01",
                "2026-11-02",
                ["2026-11-01T01:30#0 2026-11-01T05:30:00Z"]
            ),
            ClockChangeCase(
                "New York, wildcard in the repeated hour",
                "America/New_York",
                "*/30 1 * * *",
                "2026-11-01",
                "2026-11-02",
                [
                    "2026-11-01T01:00#0 2026-11-01T05:00:00Z",
                    "2026-11-01T01:30#0 2026-11-01T05:30:00Z",
                    "2026-11-01T01:00#1 2026-11-01T06:00:00Z",
                    "2026-11-01T01:30#1 2026-11-01T06:30:00Z",
                ]
            ),
            ClockChangeCase(
                "London, weekly slots over both changes",
                "Europe/London",
                "Sun 01:30",
                "2026-03-29",
                "2026-03-30",
                ["2026-03-29T01:30#0 2026-03-29T01:00:00Z"]
            ),
            ClockChangeCase(
                "London, weekly slot in the repeated hour",
                "Europe/London",
                "Sun 01:30",
                "2026-10-25",
                "2026-10-26",
                ["2026-10-25T01:30#0 2026-10-25T00:30:00Z"]
            ),
            ClockChangeCase(
                "Paris, the hours around the gap",
                "Europe/Paris",
                "0 1-4 29 3 *",
                "2026-03-29",
                "2026-03-30",
                [
                    "2026-03-29T01:00#0 2026-03-29T00:00:00Z",
                    "2026-03-29T02:00#0 2026-03-29T01:00:00Z",
                    "2026-03-29T03:00#0 2026-03-29T01:00:00Z",
                    "2026-03-29T04:00#0 2026-03-29T02:00:00Z",
                ]
            ),
            ClockChangeCase(
                "Paris, every hour of the long day's morning",
                "Europe/Paris",
                "0 * 25 10 *",
                "2026-10-24",
                "2026-10-25",
                [
                    "2026-10-25T00:00#0 2026-10-24T22:00:00Z",
                    "2026-10-25T01:00#0 2026-10-24T23:00:00Z",
                ]
            ),
            ClockChangeCase(
                "São Paulo has no changes any more",
                "America/Sao_Paulo",
                "Sat-Mon 00:30",
                "2026-10-17",
                "2026-10-20",
                [
                    "2026-10-17T00:30#0 2026-10-17T03:30:00Z",
                    "2026-10-18T00:30#0 2026-10-18T03:30:00Z",
                    "2026-10-19T00:30#0 2026-10-19T03:30:00Z",
                ]
            ),
            ClockChangeCase(
                "São Paulo had a gap at midnight",
                "America/Sao_Paulo",
                "daily 00:30",
                "2018-11-03",
                "2018-11-05",
                [
                    "2018-11-03T00:30#0 2018-11-03T03:30:00Z",
                    "2018-11-04T00:30#0 2018-11-04T03:00:00Z",
                ]
            ),
            ClockChangeCase(
                "São Paulo repeated the hour before midnight",
                "America/Sao_Paulo",
                "30 * 17 2 *",
                "2018-02-18",
                "2018-02-19",
                [
                    "2018-02-17T22:30#0 2018-02-18T00:30:00Z",
                    "2018-02-17T23:30#0 2018-02-18T01:30:00Z",
                    "2018-02-17T23:30#1 2018-02-18T02:30:00Z",
                ]
            ),
            ClockChangeCase(
                "Lord Howe skips half an hour",
                "Australia/Lord_Howe",
                "0,15,30 2 * * *",
                "2026-10-03",
                "2026-10-04",
                [
                    "2026-10-04T02:00#0 2026-10-03T15:30:00Z",
                    "2026-10-04T02:15#0 2026-10-03T15:30:00Z",
                    "2026-10-04T02:30#0 2026-10-03T15:30:00Z",
                ]
            ),
            ClockChangeCase(
                "Lord Howe repeats half an hour",
                "Australia/Lord_Howe",
                "*/15 1 5 4 *",
                "2026-04-04",
                "2026-04-05",
                [
                    "2026-04-05T01:00#0 2026-04-04T14:00:00Z",
                    "2026-04-05T01:15#0 2026-04-04T14:15:00Z",
                    "2026-04-05T01:30#0 2026-04-04T14:30:00Z",
                    "2026-04-05T01:45#0 2026-04-04T14:45:00Z",
                    "2026-04-05T01:30#1 2026-04-04T15:00:00Z",
                    "2026-04-05T01:45#1 2026-04-04T15:15:00Z",
                ]
            ),
            ClockChangeCase(
                "Apia skipped a whole day",
                "Pacific/Apia",
                "daily 09:00",
                "2011-12-29",
                "2012-01-01",
                [
                    "2011-12-29T09:00#0 2011-12-29T19:00:00Z",
                    "2011-12-30T09:00#0 2011-12-30T10:00:00Z",
                    "2011-12-31T09:00#0 2011-12-30T19:00:00Z",
                    "2012-01-01T09:00#0 2011-12-31T19:00:00Z",
                ]
            ),
            ClockChangeCase(
                "Apia, every third hour in real time",
                "Pacific/Apia",
                "0 */6 * * *",
                "2011-12-30",
                "2011-12-31",
                [
                    "2011-12-29T18:00#0 2011-12-30T04:00:00Z",
                    "2011-12-31T00:00#0 2011-12-30T10:00:00Z",
                    "2011-12-31T06:00#0 2011-12-30T16:00:00Z",
                    "2011-12-31T12:00#0 2011-12-30T22:00:00Z",
                ]
            ),
            ClockChangeCase(
                "Tokyo never changes",
                "Asia/Tokyo",
                "Mon-Fri 09:00",
                "2026-03-27",
                "2026-03-31",
                [
                    "2026-03-27T09:00#0 2026-03-27T00:00:00Z",
                    "2026-03-30T09:00#0 2026-03-30T00:00:00Z",
                ]
            ),
        ]
    )
    func table(change: ClockChangeCase) throws {
        let isCron = change.timing.split(separator: " ").count == 5
        let timing = isCron ? try cron(change.timing) : try weekly(change.timing)
        let schedule = try pattern(timing, in: change.zone)
        let slots = schedule.slots(in: try days(change.first, change.last))
        #expect(slots.map(\.text) == change.slots)
    }

    @Test("a wall-clock time has the instants that its zone gives it")
    func mapping() throws {
        let paris = try zone("Europe/Paris")
        #expect(
            paris.instants(of: try parse("2026-03-29T02:00"))
                == .gap(firstAfter: try parse("2026-03-29T01:00:00Z"))
        )
        #expect(
            paris.instants(of: try parse("2026-03-29T03:00"))
                == .unique(try parse("2026-03-29T01:00:00Z"))
        )
        #expect(
            paris.instants(of: try parse("2026-10-25T02:59"))
                == .twice(
                    first: try parse("2026-10-25T00:59:00Z"),
                    second: try parse("2026-10-25T01:59:00Z")
                )
        )
        #expect(
            paris.instants(of: try parse("2026-10-25T03:00"))
                == .unique(try parse("2026-10-25T02:00:00Z"))
        )
        #expect(
            try zone("UTC").local(at: parse("2026-10-25T02:00:59Z")).description
                == "2026-10-25T02:00"
        )
    }

    @Test(
        "quiet hours across midnight follow the clock on the days of a change",
        arguments: [
            ("2026-03-28T20:30:00Z", "2026-03-29T07:30:00Z", 9.0),
            ("2026-10-24T19:30:00Z", "2026-10-25T08:30:00Z", 11.0),
            ("2026-11-23T20:30:00Z", "2026-11-24T08:30:00Z", 10.0),
        ]
    )
    func quietNight(from: String, to: String, hours: Double) throws {
        let hourly = try pattern(try cron("0 * * * *"), in: "Europe/London", quiet: ["22:00-07:00"])
        let slots = hourly.slots(in: try parse(from)..<parse(to))
        let times = slots.map { $0.localTime.time.description }
        #expect(times.prefix(2) == ["21:00", "07:00"])
        #expect(slots[1].firesAt - slots[0].firesAt == .minutes(Int64(hours * 60)))
    }

    @Test("a skipped time is no slot where the clock shows quiet hours after the gap")
    func skippedIntoQuiet() throws {
        let day = try days("2026-03-29", "2026-03-30")
        let loud = try pattern(try weekly("Sun 01:30"), in: "Europe/London")
        let quiet = try pattern(
            try weekly("Sun 01:30"),
            in: "Europe/London",
            quiet: ["02:00-04:00"]
        )
        #expect(loud.slots(in: day).count == 1)
        #expect(quiet.slots(in: day).isEmpty)
    }
}
