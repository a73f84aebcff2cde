import ClaraModel
import Foundation
import TestSupport
import Testing

@Suite("Canonical JSON")
struct CanonicalJSONTests {
    static let spellings: [(value: JSONValue, text: String)] = [
        (.null, "null"), (true, "true"), (0, "0"), (-7, "-7"),
        (.integer(.max), "9223372036854775807"),
        (1.0, "1"), (-0.0, "0"), (0.1, "0.1"), (1e21, "1e+21"),
        (.number(.leastNonzeroMagnitude), "5e-324"), (123456.5, "123456.5"),
        ("", "\"\""), ("é柿", "\"é柿\""), ("a\"b\\c/", "\"a\\\"b\\\\c/\""),
        ("\n\t\r\u{8}\u{C}\u{1}\u{1F}", "\"\\n\\t\\r\\b\\f\\u0001\\u001f\""),
        ([], "[]"), ([1, "a", .null], "[1,\"a\",null]"), ([:], "{}"),
        (["b": 1, "a": ["d": 2, "c": 3]], "{\"a\":{\"c\":3,\"d\":2},\"b\":1}"),
        (["z": 1, "é": 2, "A": 3, "a": 4], "{\"A\":3,\"a\":4,\"z\":1,\"é\":2}"),
    ]

    @Test("has one spelling for every value", arguments: spellings)
    func spelling(_ example: (value: JSONValue, text: String)) {
        #expect(CanonicalJSON(example.value).text == example.text)
    }

    @Test("is another where the bytes are, whatever the characters look like")
    func bytes() {
        let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
        #expect(composed == decomposed)
        let pairs: [(JSONValue, JSONValue)] = [
            (.string(composed), .string(decomposed)),
            ([.string(composed)], [.string(decomposed)]),
            (.object([composed: 1]), .object([decomposed: 1])),
            (.object(["a": .string(composed)]), .object(["a": .string(decomposed)])),
        ]
        for (one, other) in pairs {
            #expect(one != other && CanonicalJSON(one) != CanonicalJSON(other))
            #expect(CanonicalJSON(one).digest != CanonicalJSON(other).digest)
            #expect(one == one && CanonicalJSON(one) == CanonicalJSON(one))
        }
    }

    @Test("reads back as the same value, here and in Foundation")
    func roundTrip() throws {
        var random = SplitMix64(seed: SplitMix64.seed)
        for _ in 0..<500 {
            let value = JSONValue.random(using: &random, depth: 4)
            let text = CanonicalJSON(value)
            let back = try text.value()
            #expect(CanonicalJSON(back) == text, "seed \(SplitMix64.seed): \(text.text)")
            let foundation = try JSONSerialization.jsonObject(
                with: Data(text.text.utf8),
                options: .fragmentsAllowed
            )
            #expect(
                try Self.spelling(ofFoundation: foundation)
                    == Self.spelling(ofFoundation: value.foundation),
                "seed \(SplitMix64.seed): \(text.text)"
            )
        }
    }

    /// Foundation's own spelling: objects of two origins need not be equal on every platform.
    private static func spelling(ofFoundation object: Any) throws -> String {
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .fragmentsAllowed]
        let data = try JSONSerialization.data(withJSONObject: object, options: options)
        return String(decoding: data, as: UTF8.self)
    }

    @Test("is equal exactly where values are")
    func equality() {
        var random = SplitMix64(seed: SplitMix64.seed)
        let values = (0..<200).map { _ in JSONValue.random(using: &random, depth: 2) }
        for left in values {
            for right in values where left == right {
                #expect(CanonicalJSON(left) == CanonicalJSON(right))
            }
        }
        #expect(CanonicalJSON(["a": "1"]) != CanonicalJSON(["a": 1]))
        #expect(CanonicalJSON(1.0) == CanonicalJSON(1))
    }

    /// FIPS 180-4's own examples.
    static let digests: [(text: String, digest: String)] = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ]

    @Test("is digested with SHA-256", arguments: digests)
    func digest(_ example: (text: String, digest: String)) {
        #expect("\(Digest(of: example.text))" == "sha256:\(example.digest)")
    }

    @Test("Digests of several texts tell where one ends and the next begins")
    func severalTexts() {
        func digest(_ texts: String...) -> Digest {
            var builder = DigestBuilder()
            for text in texts { builder.add(text) }
            return builder.finish()
        }
        #expect(digest("ab", "c") == digest("ab", "c"))
        #expect(
            Set([digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("abc", "")]).count == 4
        )
    }
}

extension JSONValue {
    /// The value as Foundation's own types.
    fileprivate var foundation: NSObject {
        switch self {
        case .null: NSNull()
        case .bool(let flag): NSNumber(value: flag)
        case .integer(let number): NSNumber(value: number)
        case .number(let number): NSNumber(value: number)
        case .string(let text): NSString(string: text)
        case .array(let elements): NSArray(array: elements.map(\.foundation))
        case .object(let members): NSDictionary(dictionary: members.mapValues(\.foundation))
        }
    }
}
