import Testing
import YAMLSyntax

@Suite("Plain scalars follow YAML 1.2's core schema, without its surprises")
struct ScalarTests {
    static let resolved: [(String, Shape)] = [
        ("null", .null), ("Null", .null), ("NULL", .null), ("~", .null),
        ("true", .bool(true)), ("True", .bool(true)), ("TRUE", .bool(true)),
        ("false", .bool(false)), ("False", .bool(false)), ("FALSE", .bool(false)),
        ("0", 0), ("-0", 0), ("+7", 7), ("-12", -12), ("1234567890", 1_234_567_890),
        ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
        ("1.5", .float(1.5)), ("-0.25", .float(-0.25)), (".5", .float(0.5)), ("1.", .float(1)),
        ("1e3", .float(1000)), ("+1.5E-2", .float(0.015)), ("0.0", .float(0)),
    ]

    @Test("a value has its type and keeps how it was written", arguments: resolved)
    func typed(_ text: String, _ shape: Shape) throws {
        let node = try #require(Parsed("- \(text)").stream.documents.first?.items.first)
        #expect(Shape(node) == shape)
        #expect(node.plainText == text)
    }

    @Test(
        "what other readers take for something else is text that tells how it was written",
        arguments: [
            "yes", "Yes", "no", "on", "ON", "off", "y", "n", "Y", "N", "tRUE", "nULL",
            "0o17", "0x1F", "0b1", "010", "-01", "00", "08.5", "1_000", "12:30:45", "1,000",
            ".inf", "-.inf", "+.INF", ".nan", ".NaN", "9223372036854775808", "-9223372036854775809",
            "1e999", "1e", "1.5.1", "+", "-1-", ".", "e3", "--1", "2026-12-25", "1e+", "=",
            "1.00000000000000000000000000000000000000000000000000000000000000000000",
        ]
    )
    func surprising(_ text: String) throws {
        let node = try #require(Parsed("- \(text)").stream.documents.first?.items.first)
        #expect(Shape(node) == .string(text))
        #expect(node.plainText == text)
    }

    @Test(
        "quoted text and blocks are text, whatever they look like",
        arguments: [
            ("\"true\"", "true"), ("'12'", "12"), ("\"\"", ""), ("''", ""), ("'it''s'", "it's"),
            (#""\x41\u00e9\U0001F600\t""#, "Aé😀\t"), ("|\n  a\n  b", "a\nb\n"),
            (">-\n  a\n  b", "a b"), ("|-\n  12", "12"), ("\"a\\\n   b\"", "ab"),
        ]
    )
    func quoted(_ text: String, _ expected: String) throws {
        let node = try #require(Parsed("- \(text)\n").stream.documents.first?.items.first)
        #expect(Shape(node) == .string(expected))
        #expect(node.plainText == nil)
    }

    @Test("nothing is null")
    func nothing() throws {
        let parsed = Parsed("a:\nb: [c: ]")
        #expect(parsed.shape == ["a": .null, "b": [["c": .null]]])
        #expect(parsed.stream.documents[0].entry("a")?.value.plainText == "")
        #expect(parsed.stream.documents[0].entry("a")?.value.place == "1:3")
    }

    @Test(
        "a core tag decides",
        arguments: [
            ("!!str 12", "12"), ("!!str yes", "yes"), ("!!str", ""), ("!!int \"5\"", 5),
            ("!!int 5", 5), ("!!float 1", .float(1)), ("!!float 1.5", .float(1.5)),
            ("!!bool 'true'", .bool(true)), ("!!null ''", .null), ("!!seq [1]", [1]),
            ("!!map {a: 1}", ["a": 1]), ("!<tag:yaml.org,2002:str> 1", "1"),
        ] as [(String, Shape)]
    )
    func tagged(_ text: String, _ shape: Shape) {
        let parsed = Parsed(text)
        #expect(parsed.shape == shape)
        #expect(parsed.stream.errors.isEmpty)
    }

    @Test("text with an explicit tag was not written by accident")
    func taggedTextIsNotPlain() {
        #expect(Parsed("!!str yes").stream.documents[0].plainText == nil)
        #expect(Parsed("!!int 5").stream.documents[0].plainText == "5")
    }

    @Test(
        "a value that does not fit its tag is an error",
        arguments: [
            "!!int 0x1F", "!!int 1.5", "!!int 9223372036854775808", "!!bool on", "!!null x",
            "!!float .inf", "!!float x", "!!seq x", "!!map [a]", "!!int {a: b}",
        ]
    )
    func mismatched(_ text: String) {
        #expect(Parsed(text).codes == [.tagMismatch])
    }
}
