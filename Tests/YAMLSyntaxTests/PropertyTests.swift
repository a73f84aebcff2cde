import Foundation
import TestSupport
import Testing
import YAMLSyntax

/// Makes random trees and writes them down.
struct TreeGenerator {
    var random: SplitMix64

    private static let letters: [Character] = Array("ab z09-_:#'\"\\,[]{}&*!|>%@`~.\t\n/éß東😀")

    mutating func tree(depth: Int = 4) -> Shape {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &random) {
        case 0: .null
        case 1: .bool(Bool.random(using: &random))
        case 2: .integer(Int64.random(in: .min ... .max, using: &random))
        case 3: .float(Double.random(in: -1e6...1e6, using: &random))
        case 4: .string(text())
        case 5: .sequence(children().map { _ in tree(depth: depth - 1) })
        default: mapping(depth: depth)
        }
    }

    private mutating func mapping(depth: Int) -> Shape {
        var keys: Set<String> = []
        for _ in children() { keys.insert(text()) }
        return .mapping(
            keys.sorted().map { Shape.Pair(key: $0, value: tree(depth: depth - 1)) }
        )
    }

    private mutating func children() -> Range<Int> {
        0..<Int.random(in: 0..<20, using: &random) / 2
    }

    private mutating func text() -> String {
        let count = Int.random(in: 0..<24, using: &random)
        return String((0..<count).compactMap { _ in Self.letters.randomElement(using: &random) })
    }
}

extension Shape {
    /// The tree as JSON-like flow text, which is YAML too.
    var flowText: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .float(let value): "\(value)"
        case .string(let value): Self.quoted(value)
        case .sequence(let items): "[" + items.map(\.flowText).joined(separator: ", ") + "]"
        case .mapping(let pairs):
            "{"
                + pairs.map { Self.quoted($0.key) + ": " + $0.value.flowText }
                .joined(separator: ", ") + "}"
        }
    }

    /// The tree in block style, `indent` spaces in, beginning on a line of its own where it is a
    /// collection.
    func blockText(indent: Int = 0) -> String {
        let margin = "\n" + String(repeating: " ", count: indent)
        switch self {
        case .sequence(let items) where !items.isEmpty:
            return items.map { margin + "- " + $0.blockText(indent: indent + 2) }.joined()
        case .mapping(let pairs) where !pairs.isEmpty:
            return pairs.map {
                margin + Self.quoted($0.key) + ": " + $0.value.blockText(indent: indent + 2)
            }.joined()
        default:
            return flowText
        }
    }

    private static func quoted(_ text: String) -> String {
        let escapes: [Character: String] = ["\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\t": "\\t"]
        return "\"" + text.map { escapes[$0] ?? String($0) }.joined() + "\""
    }
}

@Suite("A tree that is written down is read back")
struct PropertyTests {
    static let seed =
        ProcessInfo.processInfo.environment["CLARA_SEED"].flatMap(UInt64.init)
        ?? UInt64.random(in: .min ... .max)

    @Test("in flow and in block style, with any line end")
    func roundTrip() {
        var generator = TreeGenerator(random: SplitMix64(seed: Self.seed))
        for round in 0..<300 {
            let tree = generator.tree()
            let context = Comment("CLARA_SEED=\(Self.seed), round \(round)")
            let flow = Parsed(tree.flowText)
            #expect(flow.messages == [] && flow.shape == tree, context)
            let block = Parsed(tree.blockText())
            #expect(block.messages == [] && block.shape == tree, context)
            let carriage = tree.blockText().replacing("\n", with: "\r\n")
            #expect(Parsed(carriage).shape == tree, context)
        }
    }

    @Test("random damage never escapes the limits")
    func damage() {
        var generator = TreeGenerator(random: SplitMix64(seed: Self.seed))
        for _ in 0..<300 {
            var bytes = Array(generator.tree().blockText().utf8)
            for _ in 0..<4 where !bytes.isEmpty {
                let index = Int.random(in: bytes.indices, using: &generator.random)
                bytes[index] = UInt8.random(in: .min ... .max, using: &generator.random)
            }
            let stream = Parsed(bytes: bytes).stream
            #expect(stream.errors.count <= YAMLLimits.standardErrors + 1)
        }
    }
}
