/// Words that the code of a floor may not hold, each with what to write instead.
struct BanRules {
    /// Where the rules hold, as the beginnings of paths.
    let folders: [String]
    let bans: [Ban]

    /// A word and its replacement.
    struct Ban: Sendable {
        let word: String
        let instead: String
    }

    /// The pure floor: everything comes in as a value and goes out as one.
    static let core = BanRules(
        folders: ["Sources/Core/"],
        bans: clocks + chance + waiting + surroundings + output + machineSettings
    )

    /// The floor of effects: it acts, but when it is and what is random is told to it.
    static let runtime = BanRules(
        folders: ["Sources/Runtime/"],
        bans: clocks + chance + waiting + output + machineSettings
    )

    private static let clocks = bans(
        "take `now:` as an argument; Sources/clara reads the clock",
        [
            "Date()", "Date.now", "Date(timeIntervalSinceNow", "ContinuousClock",
            "SuspendingClock", "DispatchTime", "clock_gettime(", "gettimeofday(",
        ]
    )

    private static let chance =
        bans(
            "take a seeded generator, or the value itself, as an argument",
            [
                ".random(", ".randomElement()", ".shuffled()", ".shuffle()",
                "SystemRandomNumberGenerator", "arc4random",
            ]
        )
        + bans("take the identifier as an argument", ["UUID()"])
        + bans(
            "Swift's hashes differ from run to run; use `StableHash` or `Digest`",
            [".hashValue", "Hasher()"]
        )

    private static let waiting = bans(
        "return when to come back; the caller waits",
        ["Task.sleep", "Thread.sleep", "usleep(", "nanosleep("]
    )

    private static let surroundings =
        bans(
            "take the contents as an argument; an adapter reads files",
            [
                "FileManager", "FileHandle", "Data(contentsOf", "String(contentsOf", "fopen(",
                "Bundle.",
            ]
        )
        + bans(
            "take the value as an argument; Sources/clara reads the environment",
            ["ProcessInfo", "getenv(", "CommandLine."]
        )
        + bans("take the answer as an argument; Runtime asks", ["URLSession", "Process()"])
        + bans(
            "compute and return; the caller decides what runs where",
            [
                "DispatchQueue", "DispatchSemaphore", "Thread(", "Thread.current", "pthread_",
                "Task {", "Task.detached",
            ]
        )
        + bans("return a value that says it; Runtime logs", ["Logger("])

    private static let output = bans(
        "return the text; Sources/clara prints",
        ["print(", "debugPrint(", "dump(", "fputs(", "NSLog("]
    )

    private static let machineSettings = bans(
        "name the zone or locale; this machine's must not matter",
        [
            "TimeZone.current", "Locale.current", "Calendar.current", "autoupdatingCurrent",
            "NSTimeZone",
        ]
    )

    private static func bans(_ instead: String, _ words: [String]) -> [Ban] {
        words.map { Ban(word: $0, instead: instead) }
    }

    /// What a file holds against the rules.
    func check(_ file: SwiftFile) -> [Violation] {
        guard folders.contains(where: { file.path.hasPrefix($0) }) else { return [] }
        return file.lines.flatMap { line in
            bans.filter { Self.holds(line.code, $0.word) }.map {
                file.violation(line.number, "`\($0.word)` is banned here: \($0.instead)")
            }
        }
    }

    /// Whether the word stands there by itself, not as the end of a longer one.
    private static func holds(_ code: String, _ word: String) -> Bool {
        code.ranges(of: word).contains { range in
            guard range.lowerBound > code.startIndex, word.first?.isLetter == true else {
                return true
            }
            let before = code[code.index(before: range.lowerBound)]
            return !before.isLetter && !before.isNumber && before != "_"
        }
    }
}
