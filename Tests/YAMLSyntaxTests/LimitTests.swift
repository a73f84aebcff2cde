import Testing
import YAMLSyntax

@Suite("Whatever a file asks for, reading it is bounded")
struct LimitTests {
    /// A name for the test's output: the inputs are too long for one.
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let fragment: String

        init(_ name: String, _ text: String, _ fragment: String) {
            self.testDescription = name
            self.text = text
            self.fragment = fragment
        }
    }

    private static func layers(_ count: Int, _ layer: (Int) -> String) -> String {
        (1...count).map(layer).joined(separator: "\n") + "\n"
    }

    private static func nineTimes(_ index: Int) -> String {
        Array(repeating: "*a\(index)", count: 9).joined(separator: ",")
    }

    static let cases = [
        Case("file", String(repeating: "#", count: (1 << 20) + 1), "bytes"),
        Case("documents", String(repeating: "---\n", count: 257), "256 documents"),
        Case("brackets", String(repeating: "[", count: 1 << 20), "64 levels"),
        Case("braces", String(repeating: "{a: ", count: 1 << 18), "64 levels"),
        Case("dashes", String(repeating: "- ", count: 1 << 19), "64 levels"),
        Case("questions", String(repeating: "? ", count: 1 << 19), "64 levels"),
        Case("nodes", String(repeating: "- a\n", count: 100_000), "100000 keys and values"),
        Case(
            "a billion laughs",
            "- &a0 [lol]\n" + layers(12) { "- &a\($0) [\(nineTimes($0 - 1))]" },
            "100000 keys and values"
        ),
        Case(
            "a billion merges",
            "- &a0 {x: 1}\n" + layers(12) { "- &a\($0) {<<: [\(nineTimes($0 - 1))]}" },
            "100000 keys and values"
        ),
        Case(
            "a tower of aliases",
            "- &a0 [x]\n" + layers(70) { "- &a\($0) [*a\($0 - 1)]" },
            "64 levels"
        ),
        Case(
            "long text behind aliases",
            "- &a \"\(String(repeating: "x", count: 500_000))\"\n"
                + String(repeating: "- *a\n", count: 1000),
            "4194304 bytes"
        ),
        Case("key", "? \(String(repeating: "e\u{301}", count: 400))\n: 1", "1024 bytes"),
        Case("directives", layers(60_000) { "%TAG !t\($0)! x" }, "begin with '%'"),
        Case("errors", layers(200) { "- !t\($0) x" }, "100 errors"),
    ]

    @Test("a passed limit ends the file with a located error", arguments: cases)
    func passed(_ example: Case) throws {
        let error = try #require(Parsed(example.text).stream.errors.last)
        #expect(error.code == .limit)
        #expect(error.message.contains(example.fragment), "\(error)")
    }

    @Test("what is just within the limits is read")
    func within() {
        let limits = YAMLLimits(fileBytes: 26, documents: 2, depth: 3, nodes: 9, textBytes: 7)
        let parsed = Parsed("- &a [a, b]\n- *a\n--- {c: d}", limits: limits)
        #expect(parsed.codes == [.limit])
        let larger = YAMLLimits(fileBytes: 27, documents: 2, depth: 3, nodes: 10, textBytes: 6)
        #expect(Parsed("- &a [a, b]\n- *a\n--- {c: d}", limits: larger).messages == [])
        #expect(
            Parsed(String(repeating: "[", count: 64) + String(repeating: "]", count: 64))
                .messages == []
        )
    }

    @Test("documents before a passed limit are kept")
    func kept() {
        let parsed = Parsed("a\n---\nb\n---\nc", limits: YAMLLimits(documents: 2))
        #expect(parsed.shapes == ["a", "b"])
        #expect(parsed.stream.errors.map(\.location.line) == [4])
    }

    @Test(
        "long tokens are read without a crash",
        arguments: ["!", "&a", "*a", "'", "\"", "a ", ": ", "%", ",", "a\n", "\n", "[{", "\u{301}"]
    )
    func longTokens(_ token: String) {
        let count = YAMLLimits.standardFileBytes / token.utf8.count
        let parsed = Parsed(String(repeating: token, count: count))
        #expect(parsed.stream.errors.count <= YAMLLimits.standardErrors + 1)
    }
}
