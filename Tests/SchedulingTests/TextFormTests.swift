import ClaraModel
import Testing

@Suite("Texts of times")
struct TextFormTests {
    @Test(
        "a text and its value agree in both directions",
        arguments: [
            "1970-01-01T00:00:00Z", "2026-11-23T14:00:00Z", "2000-02-29T23:59:59Z",
            "1969-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "5000-12-31T00:00:00Z",
        ]
    )
    func instants(text: String) throws {
        #expect(try parse(text, as: Instant.self).description == text)
    }

    @Test(
        "spans have one canonical text",
        arguments: [
            ("90s", "90s"), ("15m", "15m"), ("60m", "1h"), ("90m", "90m"), ("14d", "14d"),
            ("10d", "10d"), ("62h", "62h"), ("1w", "7d"), ("1w1d", "8d"), ("0s", "0s"),
            ("1h0m30s", "3630s"), ("1h30m", "90m"), ("36525d", "36525d"),
        ]
    )
    func spans(text: String, canonical: String) throws {
        let span = try parse(text, as: TimeSpan.self)
        #expect(span.description == canonical)
        #expect(try parse(canonical, as: TimeSpan.self) == span)
    }

    @Test(
        "weekly slots have one canonical text",
        arguments: [
            ("Mon-Fri 09:00", "Mon-Fri 09:00"), ("sat,SUN 10:30", "Sat,Sun 10:30"),
            ("08:00", "daily 08:00"), ("Daily 08:00,07:00", "daily 07:00,08:00"),
            ("Fri-Mon 12:00", "Fri-Mon 12:00"), ("monday-sunday 09:00", "daily 09:00"),
            ("Sun,Mon,Wed 09:00", "Wed,Sun,Mon 09:00"), ("Tue-Tue 09:00", "Tue 09:00"),
            ("Mon,Wed-Fri  09:00", "Mon,Wed-Fri 09:00"),
        ]
    )
    func weeklySlots(text: String, canonical: String) throws {
        let slot = try parse(text, as: WeeklySlot.self)
        #expect(slot.description == canonical)
        #expect(try parse(canonical, as: WeeklySlot.self) == slot)
    }

    @Test(
        "quiet hours have one canonical text",
        arguments: [
            ("22:00-07:00", "22:00-07:00"), ("Sat,Sun 00:00-10:00", "Sat,Sun 00:00-10:00"),
            ("daily 00:00-24:00", "00:00-24:00"), ("mon-sun 23:59-00:00", "23:59-00:00"),
        ]
    )
    func quietHours(text: String, canonical: String) throws {
        let hours = try parse(text, as: QuietHours.self)
        #expect(hours.description == canonical)
        #expect(try parse(canonical, as: QuietHours.self) == hours)
    }

    @Test(
        "blackouts with the same meaning have the same text",
        arguments: [
            ("2026-12-25", "2026-12-25"), ("2026-12-25/2026-12-25", "2026-12-25"),
            ("2026-12-24T00:00/2026-12-25T00:00", "2026-12-24"),
            ("2026-12-24/2026-12-26", "2026-12-24/2026-12-26"),
            ("2026-12-24T12:00/2026-12-26", "2026-12-24T12:00/2026-12-26"),
            ("2026-12-24/2026-12-26T08:00", "2026-12-24/2026-12-26T08:00"),
        ]
    )
    func blackouts(text: String, canonical: String) throws {
        let blackout = try parse(text, as: Blackout.self)
        #expect(blackout.description == canonical)
        #expect(try parse(canonical, as: Blackout.self) == blackout)
    }

    @Test(
        "a boundary keeps the form it was written in",
        arguments: [
            "2026-12-24", "2026-12-24T00:00", "2026-12-24T12:30",
        ]
    )
    func boundaries(text: String) throws {
        #expect(try parse(text, as: LocalBoundary.self).description == text)
    }

    @Test(
        "zone names are IANA identifiers",
        arguments: [
            "UTC", "Europe/Paris", "America/Argentina/Buenos_Aires", "America/Port-au-Prince",
            "Etc/GMT+3",
        ]
    )
    func zoneNames(text: String) throws {
        #expect(try parse(text, as: TimeZoneName.self).description == text)
    }

    @Test("every day from year 1 to 5000 has the date after the day before's")
    func civilDates() throws {
        var date = try parse("0001-01-01", as: CivilDate.self)
        var (year, month, day) = (1, 1, 1)
        var weekday = Weekday.monday
        while year <= 5000 {
            let components = date.components
            guard components == (year, month, day), date.weekday == weekday else {
                Issue.record("\(date) is not \(year)-\(month)-\(day), a \(weekday)")
                return
            }
            day += 1
            if day > CivilDate.days(inMonth: month, of: year) { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
            weekday = weekday.following
            date = date.advanced(byDays: 1)
        }
    }

    @Test("random values survive their text", arguments: 0..<200)
    func roundTrips(number: Int) throws {
        var random = generator(number)
        let instant = Instant(
            seconds: .random(in: -60_000_000_000...90_000_000_000, using: &random)
        )
        #expect(try parse(instant.description) == instant)
        let local = LocalDateTime(
            minutes: .random(in: -1_000_000_000...1_500_000_000, using: &random)
        )
        #expect(try parse(local.description) == local)
        #expect(LocalDateTime(local.date, local.time) == local)
        let span = TimeSpan(seconds: .random(in: 0...TimeSpan.longest.seconds, using: &random))
        #expect(try parse(span.description) == span)
        let days = WeekdaySet(bits: .random(in: 1...127, using: &random))
        #expect(try parse(days.description) == days)
    }
}

/// A text, the noun that refuses it, and words that its error has.
struct Refusal: Sendable, CustomTestStringConvertible {
    let text: String
    let words: String
    let read: @Sendable (String) throws -> Void

    init<T: TextRepresentable>(_ type: T.Type, _ text: String, _ words: String) {
        self.text = text
        self.words = words
        read = { _ = try T(parsing: $0) }
    }

    var testDescription: String { text }
}

@Suite("Texts of times that are refused")
struct RefusalTests {
    @Test(
        "says what was expected, without repeating the text",
        arguments: [
            Refusal(Instant.self, "2026-11-23T14:00:00", "end with Z"),
            Refusal(Instant.self, "2026-11-23T14:00:60Z", "a time in UTC"),
            Refusal(Instant.self, "2026-11-23T24:00:00Z", "a time in UTC"),
            Refusal(Instant.self, "2026-11-23T14:00:00+01:00", "a time in UTC"),
            Refusal(Instant.self, "tomorrow", "a date such as"),
            Refusal(TimeSpan.self, "15", "every number needs its unit"),
            Refusal(TimeSpan.self, "1.5h", "write whole numbers"),
            Refusal(TimeSpan.self, "-5m", "cannot be negative"),
            Refusal(TimeSpan.self, "30m1h", "the largest first"),
            Refusal(TimeSpan.self, "1h 30m", "without spaces"),
            Refusal(TimeSpan.self, "1h1h", "each once"),
            Refusal(TimeSpan.self, "", "a duration such as"),
            Refusal(TimeSpan.self, "99999999999999999999d", "a duration such as"),
            Refusal(TimeSpan.self, "36526d", "the longest is 36525d"),
            Refusal(CivilDate.self, "2026-02-29", "that month has 28 days"),
            Refusal(CivilDate.self, "2026-13-01", "months go from 01 to 12"),
            Refusal(CivilDate.self, "9999-01-01", "years go from 0001 to 5000"),
            Refusal(CivilDate.self, "2026-1-1", "a date such as"),
            Refusal(CivilDate.self, "2026-01-011", "a date such as"),
            Refusal(TimeOfDay.self, "24:00", "from 00:00 to 23:59"),
            Refusal(TimeOfDay.self, "9:00", "two digits"),
            Refusal(TimeOfDay.self, "09:60", "from 00:00 to 23:59"),
            Refusal(TimeOfDay.self, "09:00am", "from 00:00 to 23:59"),
            Refusal(LocalDateTime.self, "2026-11-23 09:00", "a local date and time"),
            Refusal(LocalDateTime.self, "2026-11-23T09:00:00", "without seconds"),
            Refusal(LocalDateTime.self, "2026-11-23T09:00Z", "no zone"),
            Refusal(
                LocalBoundary.self,
                "2026-11-23T25:00",
                "a date such as 2026-11-23, or a local"
            ),
            Refusal(Weekday.self, "Mo", "a weekday"),
            Refusal(WeekdaySet.self, "", "weekdays such as"),
            Refusal(WeekdaySet.self, "Mon-", "weekdays such as"),
            Refusal(WeeklySlot.self, "Mon-Fri", "a space comes between"),
            Refusal(WeeklySlot.self, "Mon-Fri09:00", "a space comes between"),
            Refusal(WeeklySlot.self, "Mo-Fr 09:00", "Mon Tue Wed"),
            Refusal(WeeklySlot.self, "Mon 09:00,09:00", "each time of day once"),
            Refusal(WeeklySlot.self, "Mon 09:00, 10:00", "from 00:00 to 23:59"),
            Refusal(WeeklySlot.self, "09:00 Mon", "weekdays and times"),
            Refusal(WeeklySlot.self, "Mon 24:00", "from 00:00 to 23:59"),
            Refusal(QuietHours.self, "22:00-22:00", "00:00-24:00 for the whole day"),
            Refusal(QuietHours.self, "24:00-07:00", "from 00:00 to 23:59"),
            Refusal(QuietHours.self, "22:00", "hours such as"),
            Refusal(QuietHours.self, "22:00-07:00 Mon", "hours such as"),
            Refusal(Blackout.self, "2026-12-24T12:00", "needs its end"),
            Refusal(Blackout.self, "2026-12-26/2026-12-24", "ends after it starts"),
            Refusal(Blackout.self, "2026-12-24T12:00/2026-12-24T12:00", "ends after it starts"),
            Refusal(Blackout.self, "2026-12-24/2026-12-25/2026-12-26", "a day such as"),
            Refusal(Blackout.self, "2026-02-30", "that month has 28 days"),
            Refusal(Blackout.self, "christmas", "a day such as"),
            Refusal(TimeZoneName.self, "EST", "name a city"),
            Refusal(TimeZoneName.self, "GMT+3", "name a city"),
            Refusal(TimeZoneName.self, "Europe/", "an IANA time zone"),
            Refusal(TimeZoneName.self, "../etc/passwd", "an IANA time zone"),
            Refusal(TimeZoneName.self, "Europe/Paris ", "an IANA time zone"),
        ]
    )
    func refusals(refusal: Refusal) throws {
        let error = try #require(throws: FormatError.self) { try refusal.read(refusal.text) }
        #expect(error.description.hasPrefix("expected "))
        #expect(error.description.contains(refusal.words))
    }

    @Test("a secret in the wrong field is not in the error")
    func noEcho() throws {
        let secret = "sk-live-0123456789abcdef"
        let readers: [(String) throws -> Void] = [
            { _ = try Instant(parsing: $0) }, { _ = try TimeSpan(parsing: $0) },
            { _ = try CronExpression(parsing: $0) }, { _ = try WeeklySlot(parsing: $0) },
            { _ = try QuietHours(parsing: $0) }, { _ = try Blackout(parsing: $0) },
            { _ = try LocalBoundary(parsing: $0) }, { _ = try TimeZoneName(parsing: $0) },
        ]
        for read in readers {
            let error = try #require(throws: FormatError.self) { try read(secret) }
            #expect(!error.description.contains("sk-"))
        }
    }
}
