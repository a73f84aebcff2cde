import ClaraModel
import TestSupport
import Testing

@Suite("Cron expressions")
struct CronExpressionTests {
    @Test(
        "have one canonical text",
        arguments: [
            ("30 9 * * 1-5", "30 9 * * 1-5"), ("30 9 * * mon-FRI", "30 9 * * 1-5"),
            ("0 0 1 JAN,jul *", "0 0 1 1,7 *"), ("*/15 * * * *", "*/15 * * * *"),
            ("0,15,30,45 * * * *", "0-45/15 * * * *"), ("0-59 * * * *", "0-59 * * * *"),
            ("5,4,3,1 0 * * *", "1,3-5 0 * * *"), ("0 0 * * 7", "0 0 * * 0"),
            ("0 0 * * 5-7", "0 0 * * 5-7"), ("0 0 * * sun,fri,sat", "0 0 * * 5-7"),
            ("0 0 * * 0-7", "0 0 * * 0-6"), ("0 0 */2,5 * *", "0 0 */2 * *"),
            ("0 0 */2,6 * *", "0 0 */2,6 * *"), ("  0\t0  * * * ", "0 0 * * *"),
            ("@hourly", "0 * * * *"), ("@daily", "0 0 * * *"), ("@midnight", "0 0 * * *"),
            ("@weekly", "0 0 * * 0"), ("@Monthly", "0 0 1 * *"), ("@yearly", "0 0 1 1 *"),
            ("@annually", "0 0 1 1 *"), ("0 0 1 1 */7", "0 0 1 1 */7"),
            ("1-50/7 1,2,3,8,9 * * *", "1-50/7 1-3,8,9 * * *"),
        ]
    )
    func canonicalText(text: String, canonical: String) throws {
        let expression = try parse(text, as: CronExpression.self)
        #expect(try parse(canonical, as: CronExpression.self) == expression)
        #expect(expression.description == canonical)
    }

    @Test(
        "are refused with the field and what it takes",
        arguments: [
            Refusal(CronExpression.self, "", "five fields"),
            Refusal(CronExpression.self, "30 9 * *", "there are 4 fields"),
            Refusal(CronExpression.self, "0 30 9 * * 1", "seconds and years are not supported"),
            Refusal(CronExpression.self, "60 * * * *", "\"minute\" numbers from 0 to 59"),
            Refusal(CronExpression.self, "* 24 * * *", "\"hour\" numbers from 0 to 23"),
            Refusal(CronExpression.self, "* * 0 * *", "\"day of month\" numbers from 1 to 31"),
            Refusal(
                CronExpression.self,
                "* * * 13 *",
                "\"month\" numbers from 1 to 12 or Jan to Dec"
            ),
            Refusal(
                CronExpression.self,
                "* * * * 8",
                "\"day of week\" numbers from 0 to 7 or Sun to"
            ),
            Refusal(CronExpression.self, "* * * * monday", "Sun to Sat"),
            Refusal(CronExpression.self, "mon * * * *", "\"minute\""),
            Refusal(CronExpression.self, "5/10 * * * *", "a step follows * or a range"),
            Refusal(CronExpression.self, "*/0 * * * *", "a step is a number from 1 to 59"),
            Refusal(CronExpression.self, "*/60 * * * *", "a step is a number from 1 to 59"),
            Refusal(CronExpression.self, "10-5 * * * *", "a range goes upwards"),
            Refusal(CronExpression.self, "0 0 * * fri-sun", "Sunday is 7 at the end"),
            Refusal(CronExpression.self, "1, * * * *", "\"minute\""),
            Refusal(CronExpression.self, "1,,2 * * * *", "\"minute\""),
            Refusal(CronExpression.self, "-1 * * * *", "\"minute\""),
            Refusal(CronExpression.self, "0 0 L * *", "\"day of month\""),
            Refusal(CronExpression.self, "0 0 * * 1#2", "\"day of week\""),
            Refusal(CronExpression.self, "? * * * *", "\"minute\""),
            Refusal(CronExpression.self, "@reboot", "does not depend on when a process starts"),
            Refusal(CronExpression.self, "@fortnightly", "@yearly or @annually"),
            Refusal(CronExpression.self, "99999999999999999999 * * * *", "\"minute\""),
        ]
    )
    func refusals(refusal: Refusal) throws {
        let error = try #require(throws: FormatError.self) { try refusal.read(refusal.text) }
        #expect(error.description.contains(refusal.words))
    }

    @Test(
        "day of month and day of week are OR-ed where neither begins with *",
        arguments: [
            // 2026-11-01 is a Sunday, 2026-11-13 a Friday, 2026-11-20 a Friday.
            ("0 0 13 * 5", "2026-11-13", true), ("0 0 13 * 5", "2026-11-20", true),
            ("0 0 13 * 5", "2026-11-14", false), ("0 0 13 * *", "2026-11-20", false),
            ("0 0 * * 5", "2026-11-13", true), ("0 0 * * 5", "2026-11-12", false),
            // A step on * leaves the field unrestricted, so that both must match.
            ("0 0 */2 * 5", "2026-11-13", true), ("0 0 */2 * 5", "2026-11-20", false),
            ("0 0 13 * */5", "2026-11-13", true), ("0 0 13 * */5", "2026-11-20", false),
            // A full range is not *.
            ("0 0 1-31 * 5", "2026-11-12", true), ("0 0 * * 0", "2026-11-01", true),
            ("0 0 * * 7", "2026-11-01", true),
        ]
    )
    func dates(text: String, date: String, matches: Bool) throws {
        let expression = try parse(text, as: CronExpression.self)
        #expect(expression.matches(try parse(date, as: CivilDate.self)) == matches)
    }

    @Test(
        "are wildcard jobs where minute or hour begins with *",
        arguments: [
            ("* * * * *", true), ("*/5 9 * * *", true), ("0 * * * *", true), ("0 */2 * * *", true),
            ("0-59 0-23 * * *", false), ("0 9 * * *", false), ("@daily", false), ("@hourly", true),
        ]
    )
    func wildcards(text: String, isWildcard: Bool) throws {
        #expect(try parse(text, as: CronExpression.self).isWildcard == isWildcard)
    }

    @Test("random expressions survive their text", arguments: 0..<300)
    func roundTrip(number: Int) throws {
        var random = generator(number)
        let expression = try parse(randomCron(&random), as: CronExpression.self)
        #expect(try parse(expression.description, as: CronExpression.self) == expression)
    }
}

/// A random expression, with every form that the grammar has, but for a step on a range of one
/// value, which cronsim reads as a step from there to the field's end.
func randomCron(_ random: inout SplitMix64) -> String {
    [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)].map { low, high in
        (0..<Int.random(in: 1...2, using: &random)).map { _ in
            randomItem(low...high, &random)
        }.joined(separator: ",")
    }.joined(separator: " ")
}

private func randomItem(_ range: ClosedRange<Int>, _ random: inout SplitMix64) -> String {
    let a = Int.random(in: range.lowerBound..<range.upperBound, using: &random)
    let b = Int.random(in: (a + 1)...range.upperBound, using: &random)
    let step = Int.random(in: 1...range.upperBound, using: &random)
    switch Int.random(in: 0..<5, using: &random) {
    case 0: return "*"
    case 1: return "*/\(step)"
    case 2: return "\(a)-\(b)"
    case 3: return "\(a)-\(b)/\(step)"
    default: return "\(Bool.random(using: &random) ? a : b)"
    }
}
