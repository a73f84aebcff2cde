import ClaraModel
import Foundation
import TestSupport

/// The seed of a property test: `CLARA_SEED` where it is set, so that a failure can be replayed.
func testSeed(_ fallback: UInt64) -> UInt64 {
    ProcessInfo.processInfo.environment["CLARA_SEED"].flatMap(UInt64.init) ?? fallback
}

/// Random JSON values, and values that differ from others in a few places.
struct RandomValues {
    let seed: UInt64
    private var generator: SplitMix64
    private let names = ["a", "b", "name", "warm", "knowledge/x.md", ""]

    init(seed: UInt64) {
        self.seed = seed
        generator = SplitMix64(seed: seed)
    }

    mutating func value(depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 5), using: &generator) {
        case 0: .null
        case 1: .bool(Bool.random(using: &generator))
        case 2: .integer(Int64.random(in: -2...2, using: &generator))
        case 3: .number(0.5)
        case 4: .string(name())
        case 5: .array(values(depth: depth))
        case 6: .array(named(depth: depth))
        default: .object(members(depth: depth))
        }
    }

    /// The value with some of its parts replaced, removed or moved; now and then the same value.
    mutating func mutation(of value: JSONValue) -> JSONValue {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: self.value(depth: 3)
        case 1: value
        default: deepMutation(of: value)
        }
    }

    private mutating func deepMutation(of value: JSONValue) -> JSONValue {
        switch value {
        case .object(var members):
            for key in members.keys.sorted() {
                members[key] = members[key].map { mutation(of: $0) }
            }
            if Bool.random(using: &generator) { members[name()] = nil }
            return .object(members)
        case .array(let elements):
            let mutated = elements.map { mutation(of: $0) }
            return .array(
                Bool.random(using: &generator) ? mutated : mutated.shuffled(using: &generator)
            )
        default: return Bool.random(using: &generator) ? value : self.value(depth: 0)
        }
    }

    private mutating func name() -> String { names.randomElement(using: &generator) ?? "" }

    private mutating func values(depth: Int) -> [JSONValue] {
        (0..<Int.random(in: 0..<4, using: &generator)).map { _ in value(depth: depth - 1) }
    }

    private mutating func named(depth: Int) -> [JSONValue] {
        (0..<Int.random(in: 1..<4, using: &generator)).map { _ in
            .object(members(depth: depth - 1).merging(["name": .string(name())]) { $1 })
        }
    }

    private mutating func members(depth: Int) -> [String: JSONValue] {
        let pairs = (0..<Int.random(in: 0..<4, using: &generator)).map { _ in
            (name(), value(depth: depth - 1))
        }
        return Dictionary(pairs) { first, _ in first }
    }
}
