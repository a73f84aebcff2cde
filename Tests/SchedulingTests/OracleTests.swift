import ClaraModel
import Foundation
import Scheduling
import Testing

/// Runs Python, where the machine has it with the modules that a test compares against.
enum Python {
    static func hasModules(_ names: String) -> Bool {
        (try? run("import \(names)", input: "")) != nil  // no Python is an ordinary answer here
    }

    /// The output of a script that reads `input`.
    static func run(_ script: String, input: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script]
        let (stdin, stdout) = (Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = FileHandle.nullDevice
        try process.run()
        // The script reads all of its input before it writes, so that neither side waits for the
        // other.
        try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(status: process.terminationStatus)
        }
        return String(decoding: output, as: UTF8.self)
    }

    struct Failure: Error {
        let status: Int32
    }
}

@Suite("Comparison with other implementations")
struct OracleTests {
    static let hasCronsim = skippedUnless(Python.hasModules("cronsim, zoneinfo"), "cronsim")
    static let hasZoneinfo = skippedUnless(Python.hasModules("zoneinfo"), "zoneinfo")

    private static func skippedUnless(_ isThere: Bool, _ module: String) -> Bool {
        if !isThere { print("SchedulingTests: skips the comparison; Python has no \(module)") }
        return isThere
    }

    /// Where clocks change by whole hours and not at midnight. In a gap at midnight cronsim lets a
    /// wildcard job run that does not match, and after one of half an hour it misses one that does;
    /// such zones have the walk over every minute as their oracle.
    private static let cronsimZones = [
        "America/New_York", "Europe/London", "Europe/Paris", "Antarctica/Troll",
        "Africa/Casablanca", "America/Sao_Paulo", "Asia/Kathmandu", "UTC",
    ]

    @Test("cron expressions fire when cronsim says", .enabled(if: hasCronsim))
    func cronsim() throws {
        var random = generator(5000)
        let cases = (0..<300).map { _ in
            let zone = Self.cronsimZones.randomElement(using: &random) ?? "UTC"
            let month = Int.random(in: 1...12, using: &random)
            return "\(randomCron(&random))|\(zone)|2026-\(zeroPadded(month))-20T05:00:00Z"
        }
        let output = try Python.run(cronsimScript, input: cases.joined(separator: "\n"))
        let answers = output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(answers.count >= cases.count)
        for (text, answer) in zip(cases, answers) {
            let parts = text.split(separator: "|").map(String.init)
            let schedule = try pattern(try cron(parts[0]), in: parts[1])
            let after: Instant = try parse(parts[2])
            let slots = schedule.next(100, after: after)
            // cronsim gives skipped times that fall together once.
            let instants = slots.map(\.firesAt.seconds).reduce(into: [Int64]()) { list, next in
                if list.last != next { list.append(next) }
            }
            let last = (after + .days(40 * 365)).seconds
            let expected = answer.split(separator: " ").compactMap { Int64($0) }
            #expect(Array(instants.filter { $0 <= last }.prefix(40)) == expected, "\(text)")
        }
    }

    @Test("offsets of every zone are those of zoneinfo", .enabled(if: hasZoneinfo))
    func zoneinfo() throws {
        let names = ZoneCatalogue.known
        let output = try Python.run(zoneinfoScript, input: names.joined(separator: "\n"))
        var compared = 0
        for line in output.split(separator: "\n") {
            let parts = line.split(separator: " ").map(String.init)
            let rules = try zone(parts[0])
            for pair in parts.dropFirst() {
                let numbers = pair.split(separator: "=").compactMap { Int64($0) }
                let offset = rules.offset(at: Instant(seconds: numbers[0]))
                #expect(offset == Int(numbers[1]), "\(parts[0]) at \(numbers[0])")
            }
            compared += 1
        }
        #expect(compared > 400)
    }
}

private func zeroPadded(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
}

private let cronsimScript = """
    import sys
    from datetime import datetime, timezone, timedelta
    from zoneinfo import ZoneInfo
    from cronsim import CronSim, CronSimError
    for line in sys.stdin.read().split("\\n"):
        expression, zone, start = line.split("|")
        after = datetime.strptime(start, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
        found = []
        try:
            for moment in CronSim(expression, after.astimezone(ZoneInfo(zone))):
                if len(found) == 40 or moment - after > timedelta(days=40 * 365):
                    break
                found.append(int(moment.timestamp()))
        except CronSimError:
            pass
        print(" ".join(map(str, found)))
    """

/// The offsets at the first second of each stretch and the last before it, 2024 to 2030. It looks
/// once a week: no zone changes its clock there and back within one.
private let zoneinfoScript = """
    import sys
    from datetime import datetime, timezone
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError
    first, last = (int(datetime(year, 1, 1, tzinfo=timezone.utc).timestamp()) for year in (2024, 2031))
    for name in sys.stdin.read().split("\\n"):
        try:
            zone = ZoneInfo(name)
        except ZoneInfoNotFoundError:
            continue
        offset = lambda at: int(datetime.fromtimestamp(at, zone).utcoffset().total_seconds())
        pairs = [(first, offset(first))]
        for week in range(first, last, 604800):
            low, high = week, week + 604800
            if offset(low) == offset(high):
                continue
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if offset(middle) == offset(low) else (low, middle)
            pairs += [(low, offset(low)), (high, offset(high))]
        print(name, *(f"{at}={value}" for at, value in pairs))
    """
