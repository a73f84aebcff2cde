import ClaraModel
import Scheduling
import Testing

@Suite("Problems of a schedule")
struct ScheduleProblemTests {
    private let now = "2026-11-23T12:00:00Z"

    private func problems(of schedule: SchedulePattern) throws -> [ScheduleProblem] {
        schedule.validate(at: try parse(now))
    }

    @Test("an ordinary schedule has none")
    func none() throws {
        let schedule = try pattern(
            try weekly("Mon-Fri 09:00", "Mon-Fri 17:30"),
            in: "Europe/Paris",
            jitter: "10m",
            quiet: ["22:00-07:00"],
            blackouts: ["2026-12-25"],
            start: "2026-01-01",
            end: "2027-12-31"
        )
        #expect(try problems(of: schedule).isEmpty)
    }

    @Test(
        "a cron expression whose dates never come is an error",
        arguments: [
            "0 0 31 2 *", "0 0 30 2 *", "0 0 31 4,6,9,11 *",
        ]
    )
    func impossibleDates(text: String) throws {
        let schedule = try pattern(try cron(text), in: "Europe/Paris")
        #expect(try problems(of: schedule) == [.neverFires(.impossibleDate)])
    }

    @Test("dates that come seldom are none", arguments: ["0 0 29 2 *", "0 0 29 2 */7"])
    func seldomDates(text: String) throws {
        #expect(try problems(of: pattern(try cron(text), in: "Europe/Paris")).isEmpty)
    }

    @Test("a schedule that is silent throughout is an error that names the silence")
    func silent() throws {
        let monday = try weekly("Mon 23:00")
        #expect(
            try problems(of: pattern(monday, in: "UTC", quiet: ["22:00-07:00"]))
                == [.neverFires(.quietHours)]
        )
        #expect(
            try problems(of: pattern(monday, in: "UTC", blackouts: ["2020-01-01/2200-01-01"]))
                == [.neverFires(.blackouts)]
        )
        #expect(
            try problems(of: pattern(monday, in: "UTC", start: "2026-12-01", end: "2026-12-05"))
                == [.neverFires(.outsideStartAndEnd)]
        )
        #expect(
            try problems(of: pattern(monday, in: "UTC", start: "2026-12-05", end: "2026-12-01"))
                == [.endsBeforeStart]
        )
    }

    @Test("a schedule that is silent from now on, without an end, never fires")
    func silentFromNow() throws {
        let schedule = try pattern(
            try weekly("Mon 09:00"),
            in: "UTC",
            blackouts: ["2026-11-01/2200-01-01"],
            start: "2026-01-01"
        )
        #expect(try problems(of: schedule) == [.neverFires(.blackouts)])
    }

    @Test("a schedule whose slots have passed has ended, and that is a warning")
    func ended() throws {
        let past = try pattern(try weekly("Mon 09:00"), in: "UTC", end: "2026-11-23")
        let problems = try problems(of: past)
        #expect(problems == [.hasEnded])
        #expect(problems.allSatisfy { $0.severity == .warning })
    }

    @Test("slots that are named twice, always quiet or very many are remarked on")
    func warnings() throws {
        let mixed = try pattern(
            try weekly("Mon-Fri 09:00", "mon,wed 09:00", "Sat,Sun 23:00"),
            in: "UTC",
            quiet: ["22:00-07:00"]
        )
        let pairs = try problems(of: mixed)
        #expect(
            pairs == [
                .alwaysQuiet(days: try parse("Sat,Sun"), time: try parse("23:00")),
                .duplicate(days: try parse("Mon,Wed"), time: try parse("09:00")),
            ]
        )
        let minutely = try pattern(try cron("* * * * *"), in: "UTC")
        #expect(try problems(of: minutely) == [.dense(slotsPerDay: 1440)])
        let quarterly = try pattern(try cron("*/15 * * * *"), in: "UTC")
        #expect(try problems(of: quarterly).isEmpty)
    }

    @Test("a jitter above a day is an error")
    func jitter() throws {
        let schedule = try pattern(try weekly("09:00"), in: "UTC", jitter: "25h")
        #expect(try problems(of: schedule) == [.jitterTooLong])
        #expect(schedule.jitter == SchedulePattern.longestJitter)
    }

    @Test("messages say what to do")
    func messages() throws {
        let problem = ScheduleProblem.duplicate(
            days: try parse("Mon,Wed"),
            time: try parse("09:00")
        )
        #expect(
            problem.message
                == "\"Mon,Wed 09:00\" is in more than one slot and is used once; remove one"
        )
        #expect(ScheduleProblem.jitterTooLong.message.contains("longer than 1d;"))
    }
}
