import ClaraModel
import Foundation
import TestSupport

extension SplitMix64 {
    /// The seeds of a property test; `CLARA_SEED` replaces them by one.
    static func seeds(_ count: UInt64) -> [UInt64] {
        let given = ProcessInfo.processInfo.environment["CLARA_SEED"].flatMap { UInt64($0) }
        return given.map { [$0] } ?? Array(1...count)
    }
}

/// Draws contents of any kind from its field table: every field present or absent, every text
/// with whatever text may hold.
struct RandomContent {
    var random: SplitMix64

    mutating func content(_ kind: Kind) -> CanonicalJSON {
        var members = object(kind.specSchema)
        if Bool.random(using: &random) {
            members[ResourceContent.labelsKey] = .object(map(of: .text(.any)))
        }
        if kind == .knowledgeBase {
            members[ResourceContent.documentsKey] = .object(documents())
        }
        return CanonicalJSON(.object(members))
    }

    private mutating func object(_ schema: ObjectSchema) -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        for field in schema.fields where field.isRequired || Bool.random(using: &random) {
            let value = value(field.schema)
            // An object without fields is the same as none: the resolver leaves it out.
            if case .object(_) = field.schema, value == [:] { continue }
            members[field.name] = value
        }
        return members
    }

    private mutating func value(_ schema: Schema) -> JSONValue {
        switch schema {
        case .boolean: .bool(Bool.random(using: &random))
        case .integer(let range): .integer(Int64.random(in: range, using: &random))
        case .number(let range): number(range)
        case .text: .string(text())
        case .choice(let words): .string(words.randomElement(using: &random) ?? "")
        case .secret: [Bool.random(using: &random) ? "env" : "file": .string(text())]
        case .scalar, .anything: scalar()
        case .list(let element):
            .array((0..<Int.random(in: 0...3, using: &random)).map { _ in value(element) })
        case .map(let member): .object(map(of: member))
        case .object(let object): .object(self.object(object))
        }
    }

    private mutating func number(_ range: ClosedRange<Double>) -> JSONValue {
        let value = Double.random(in: range, using: &random)
        return Bool.random(using: &random) ? .number(value) : .number(value.rounded())
    }

    private mutating func scalar() -> JSONValue {
        switch Int.random(in: 0...3, using: &random) {
        case 0: .bool(Bool.random(using: &random))
        case 1: .integer(Int64.random(in: Int64.min...Int64.max, using: &random))
        case 2: .number(Double.random(in: -1e6...1e6, using: &random))
        default: .string(text())
        }
    }

    private mutating func map(of schema: Schema) -> [String: JSONValue] {
        let count = Int.random(in: 1...3, using: &random)
        return Dictionary((0..<count).map { _ in (text(), value(schema)) }) { first, _ in first }
    }

    private mutating func documents() -> [String: JSONValue] {
        let count = Int.random(in: 0...4, using: &random)
        let pairs = (0..<count).map { _ in
            var members: [String: JSONValue] = [
                "contentHash": .string(text()),
                "size": .integer(Int64.random(in: 0...1_000_000, using: &random)),
            ]
            if Bool.random(using: &random) { members["metadata"] = .object(map(of: .scalar)) }
            return (text(), JSONValue.object(members))
        }
        return Dictionary(pairs) { first, _ in first }
    }

    private mutating func text() -> String {
        (0..<Int.random(in: 0...6, using: &random)).map { _ in
            Self.pieces.randomElement(using: &random) ?? ""
        }.joined()
    }

    private static let pieces = [
        "a", "Z", "9", " ", "\"", "\\", "/", "\n", "\r\n", "\t", "\u{8}", "\u{C}", "\u{1}",
        "\u{1F}", "\u{7F}", "é", "e\u{301}", "日本", "☕️", "\u{FFFD}", "{}", "[1]", "null", "{{x}}",
    ]
}
