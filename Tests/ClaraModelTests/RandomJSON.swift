import ClaraModel
import TestSupport

extension JSONValue {
    /// Any value.
    static func random(using random: inout SplitMix64, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
        case 0: .null
        case 1: .bool(.random(using: &random))
        case 2: .integer(.random(in: -1_000_000...1_000_000, using: &random))
        case 3: .number(Double.random(in: -1e6...1e6, using: &random) + 0.5)
        case 4: .string(Self.text(using: &random))
        case 5:
            .array(
                (0..<Int.random(in: 0...4, using: &random)).map { _ in
                    Self.random(using: &random, depth: depth - 1)
                }
            )
        default: .object(Self.members(using: &random, depth: depth - 1))
        }
    }

    private static func members(using random: inout SplitMix64, depth: Int) -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            members[text(using: &random)] = .random(using: &random, depth: depth)
        }
        return members
    }

    private static let letters = Array("ab \"\\/\n\t\u{1}é柿😀\u{301}")

    static func text(using random: inout SplitMix64) -> String {
        String(
            (0..<Int.random(in: 0...8, using: &random)).map { _ in
                letters[Int.random(in: 0..<letters.count, using: &random)]
            }
        )
    }

    /// A value that fits a schema; of an object's optional fields some are left out.
    static func fitting(_ schema: Schema, using random: inout SplitMix64) -> JSONValue {
        switch schema {
        case .boolean: .bool(.random(using: &random))
        case .integer(let range): .integer(.random(in: range, using: &random))
        case .number(let range): Double.random(in: range, using: &random).json
        // "@daily" is read, and written as the five fields that it stands for.
        case .text(let format):
            .string(
                format.examples.filter { $0 != "@daily" }.randomElement(using: &random)
                    ?? text(using: &random)
            )
        case .choice(let words): .string(words.randomElement(using: &random) ?? "")
        case .secret: Bool.random(using: &random) ? ["env": "ACME_KEY"] : ["file": "x-token"]
        case .scalar, .anything: [1, 0.5, true, "text"].randomElement(using: &random) ?? 1
        case .list(let element):
            .array(
                (0..<Int.random(in: 0...3, using: &random)).map { _ in
                    fitting(element, using: &random)
                }
            )
        case .map(let element):
            ["a": fitting(element, using: &random), "b": fitting(element, using: &random)]
        case .object(let object): fitting(object, using: &random)
        }
    }

    static func fitting(_ object: ObjectSchema, using random: inout SplitMix64) -> JSONValue {
        var members: [String: JSONValue] = [:]
        for field in object.fields where field.isRequired || Bool.random(using: &random) {
            members[field.name] = fitting(field.schema, using: &random)
        }
        return .object(members)
    }
}
