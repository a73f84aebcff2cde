import Foundation
import LuaSandbox
import TestSupport
import Testing

/// The matcher held against Lua's own, which the Debian package `lua5.4` brings.
@Suite("Patterns are those of Lua 5.4")
struct PatternOracleTests {
    private static let interpreter = "/usr/bin/lua5.4"
    private static let rounds = 4_000

    /// Spells whatever a call returns. Of errors it is enough that there is one: where several
    /// things are wrong with a pattern, Lua does not promise which it names.
    private static let spelling = """
        local function spell(fine, ...)
          if not fine then return "an error" end
          local out = {}
          for i = 1, select("#", ...) do out[i] = tostring((select(i, ...))) end
          return table.concat(out, "|")
        end
        local function all(s, p)
          local out = {}
          for a, b in string.gmatch(s, p) do out[#out + 1] = tostring(a) .. "," .. tostring(b) end
          return table.concat(out, ";")
        end
        """

    @Test(
        "searches find what Lua's own find, errors included",
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: interpreter),
            "there is no lua5.4 to compare with; scripts/setup --tests installs it"
        )
    )
    func agrees() throws {
        var generator = SplitMix64(seed: SplitMix64.seed)
        let calls = (0..<Self.rounds).map { _ in PatternCall(using: &generator).source }
        let expected = try Self.asked(calls)
        try #require(expected.count == calls.count)
        let machine = try LuaMachine()
        for (call, answer) in zip(calls, expected) {
            let program = try machine.compile("\(Self.spelling)\nreturn \(call)")
            let found = try machine.run(program, in: Host())
            #expect(found.text == answer, "\(call), seed \(SplitMix64.seed)")
        }
    }

    private static func asked(_ calls: [String]) throws -> [String] {
        let script = NSTemporaryDirectory() + "/clara-patterns-\(UUID().uuidString).lua"
        let lines = [spelling] + calls.map { "print(\($0))" }
        try lines.joined(separator: "\n").write(toFile: script, atomically: true, encoding: .utf8)
        defer { unlink(script) }
        let run = try Program(path: interpreter, environment: [:]).run([script], in: "/")
        try #require(run.status == 0, "\(run.errors)")
        return run.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            .map(String.init)
    }
}

/// A random call with a short text and a short pattern, many of which are malformed.
private struct PatternCall {
    let source: String

    private static let pieces = [
        "a", "b", "1", ".", "%a", "%d", "%s", "%w", "%S", "%A", "%x", "%p", "%u", "%l", "%g", "%c",
        "[ab]", "[^a]", "[a-c1]", "[]a]", "[^]a]", "[%a-]", "[a-]", "[%]x]", "[a%-c]", "%b()",
        "%bab",
        "%f[a]", "%f[%w]", "%f[^a]", "%f[%z]", "%z", "%Z", "%1", "%2", "%0", "(", ")", "()", "(a)",
        "(.-)", "(%w*)",
        "^", "$", "*", "+", "-", "?", "*", "+", "-", "?", "%", "[", "]", "%%", "%.", "%f", "%b",
        "\\0",
    ]
    private static let letters = [
        "a", "b", "c", "1", "-", " ", "x", "]", "(", ")", "A", ".", "\\0",
    ]
    private static let replacements = ["<%0>", "<%1>", "%2", "%%", "%", "x", "%x", ""]

    init(using generator: inout SplitMix64) {
        let isReplacing = Bool.random(using: &generator)
        let subject = Self.text(Self.letters, 0...10, &generator)
        let pattern = Self.text(isReplacing ? Self.balanced : Self.pieces, 0...6, &generator)
        let both = "'\(subject)', '\(pattern)'"
        let from = Int.random(in: -4...6, using: &generator)
        let with = Self.replacements.randomElement(using: &generator) ?? ""
        let replacing = [
            "pcall(string.gsub, \(both), '\(with)')",
            "pcall(string.gsub, \(both), '\(with)', \(max(0, from)))",
        ]
        let finding = [
            "pcall(string.find, \(both))", "pcall(string.find, \(both), \(from))",
            "pcall(string.match, \(both))", "pcall(string.match, \(both), \(from))",
            "pcall(string.find, \(both), \(from), true)", "pcall(all, \(both))",
        ]
        let call = (isReplacing ? replacing : finding).randomElement(using: &generator) ?? ""
        source = "spell(\(call))"
    }

    /// A capture that is never closed is an error here wherever the pattern matches; Lua's `gsub`
    /// overlooks it where the replacement names no capture.
    private static let balanced = pieces.filter { $0 != "(" }

    private static func text(
        _ parts: [String],
        _ count: ClosedRange<Int>,
        _ generator: inout SplitMix64
    ) -> String {
        (0..<Int.random(in: count, using: &generator)).map { _ in
            parts.randomElement(using: &generator) ?? ""
        }.joined()
    }
}
