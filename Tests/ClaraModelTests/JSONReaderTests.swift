import TestSupport
import Testing

@testable import ClaraModel

@Suite("Reading JSON")
struct JSONReaderTests {
    @Test(
        "a text is read as the value that it spells",
        arguments: [
            ("null", .null), (" true ", .bool(true)), ("[false]", [false]), ("0", 0), ("-7", -7),
            ("1.0", 1), ("1e2", 100), ("0.5", 0.5), ("9223372036854775807", .integer(.max)),
            ("-9223372036854775808", .integer(.min)), ("1e300", 1e300),
            (#""""#, ""), (#""a\"\\\/\b\f\n\r\t""#, "a\"\\/\u{8}\u{c}\n\r\t"),
            (#""\u00e9 \uD83D\uDE00 é""#, "é 😀 é"), ("[]", []), ("{ }", [:]),
            (#"{"a":[1, {"b":null}], "c":"d"}"#, ["a": [1, ["b": nil]], "c": "d"]),
        ] as [(String, JSONValue)]
    )
    func reads(_ text: String, _ value: JSONValue) throws {
        #expect(try CanonicalJSON(trusting: text).value() == value)
    }

    @Test(
        "what is no JSON is refused at its first wrong byte",
        arguments: [
            ("", 0), ("nul", 0), ("[1,]", 3), ("{\"a\"}", 4), ("{\"a\":1,}", 7), ("{1:2}", 1),
            ("01", 2), ("1.", 2), ("-", 1), (".5", 0), ("1e", 2), ("0x1", 1), ("1e999", 5),
            ("\"a", 2), ("\"\n\"", 1), (#""\x""#, 3), (#""\uD800""#, 7), (#""\uZZZZ""#, 3),
            ("1 2", 2), ("[1", 2),
        ]
    )
    func refuses(_ text: String, _ byte: Int) {
        #expect(throws: JSONSyntaxError(byte: byte)) { try CanonicalJSON(trusting: text).value() }
    }

    @Test("a text made of brackets is refused, not followed to the end of the stack")
    func depth() {
        let text = String(repeating: "[", count: 1_000_000)
        #expect(throws: JSONSyntaxError.self) { try CanonicalJSON(trusting: text).value() }
    }

    @Test("every value is read back from its canonical text")
    func readsBack() throws {
        var generator = SplitMix64(seed: SplitMix64.seed)
        for _ in 0..<2_000 {
            let value = Self.value(depth: 0, &generator)
            #expect(try CanonicalJSON(value).value() == value, "CLARA_SEED=\(SplitMix64.seed)")
        }
    }

    private static func value(depth: Int, _ generator: inout SplitMix64) -> JSONValue {
        switch Int.random(in: 0..<(depth < 4 ? 7 : 5), using: &generator) {
        case 0: .null
        case 1: .bool(Bool.random(using: &generator))
        case 2: .integer(Int64.random(in: .min ... .max, using: &generator))
        case 3: .number(Double.random(in: -1e6...1e6, using: &generator))
        case 4: .string(text(&generator))
        case 5:
            .array(
                (0..<Int.random(in: 0..<4, using: &generator)).map { _ in
                    value(depth: depth + 1, &generator)
                }
            )
        default:
            .object(
                Dictionary(
                    (0..<Int.random(in: 0..<4, using: &generator)).map { _ in
                        (text(&generator), value(depth: depth + 1, &generator))
                    }
                ) { first, _ in first }
            )
        }
    }

    private static func text(_ generator: inout SplitMix64) -> String {
        let letters: [Character] = [
            "a", "B", "\"", "\\", "/", "\n", "\u{1}", "é", "😀", " ", "\u{7f}",
        ]
        return String(
            (0..<Int.random(in: 0..<9, using: &generator)).compactMap { _ in
                letters.randomElement(using: &generator)
            }
        )
    }
}
