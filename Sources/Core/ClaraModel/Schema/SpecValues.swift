extension Bool: SpecValue {
    /// The shape that the loader checks.
    public static var schema: Schema { .boolean }
    /// Reads the value.
    ///
    /// - Throws: `SpecMismatch` where the JSON has another shape.
    public init(json: JSONValue) throws(SpecMismatch) {
        guard case .bool(let value) = json else { throw SpecMismatch(expected: "true or false") }
        self = value
    }
    /// The canonical spelling.
    public var json: JSONValue { .bool(self) }
}

extension Int: SpecValue {
    /// The shape that the loader checks.
    public static var schema: Schema { .integer(0...Int64(Int32.max)) }
    /// Reads the value.
    ///
    /// - Throws: `SpecMismatch` where the JSON has another shape.
    public init(json: JSONValue) throws(SpecMismatch) {
        guard case .integer(let value) = json, let value = Int(exactly: value) else {
            throw SpecMismatch(expected: "a whole number")
        }
        self = value
    }
    /// The canonical spelling.
    public var json: JSONValue { .integer(Int64(self)) }
}

extension Double: SpecValue {
    /// The shape that the loader checks.
    public static var schema: Schema { .number(0...Double(Int32.max)) }
    /// Reads the value.
    ///
    /// - Throws: `SpecMismatch` where the JSON has another shape.
    public init(json: JSONValue) throws(SpecMismatch) {
        switch json {
        case .integer(let value): self = Double(value)
        case .number(let value): self = value
        default: throw SpecMismatch(expected: "a number")
        }
    }
    /// The canonical spelling.
    public var json: JSONValue { Int64(exactly: self).map { .integer($0) } ?? .number(self) }
}

extension String: SpecValue {
    /// The shape that the loader checks.
    public static var schema: Schema { .text(.any) }
    /// Reads the value.
    ///
    /// - Throws: `SpecMismatch` where the JSON has another shape.
    public init(json: JSONValue) throws(SpecMismatch) {
        guard case .string(let value) = json else { throw SpecMismatch(expected: "text") }
        self = value
    }
    /// The canonical spelling.
    public var json: JSONValue { .string(self) }
}

extension Array: SpecValue where Element: SpecValue {
    /// The shape that the loader checks.
    public static var schema: Schema { .list(of: Element.schema) }
    /// Reads the value.
    ///
    /// - Throws: `SpecMismatch` where the JSON has another shape.
    public init(json: JSONValue) throws(SpecMismatch) {
        guard case .array(let elements) = json else { throw SpecMismatch(expected: "a list") }
        self = []
        reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            do {
                append(try Element(json: element))
            } catch {
                throw SpecMismatch(path: ["\(index)"] + error.path, expected: error.expected)
            }
        }
    }
    /// The canonical spelling.
    public var json: JSONValue { .array(map(\.json)) }
}

extension Dictionary: SpecValue where Key == String, Value: SpecValue {
    /// The shape that the loader checks.
    public static var schema: Schema { .map(of: Value.schema) }
    /// Reads the value.
    ///
    /// - Throws: `SpecMismatch` where the JSON has another shape.
    public init(json: JSONValue) throws(SpecMismatch) {
        guard case .object(let members) = json else { throw SpecMismatch(expected: "a mapping") }
        self = [:]
        for (key, member) in members {
            do {
                self[key] = try Value(json: member)
            } catch {
                throw SpecMismatch(path: [key] + error.path, expected: error.expected)
            }
        }
    }
    /// The canonical spelling.
    public var json: JSONValue { .object(mapValues(\.json)) }
}

/// Text, a number or a boolean, such as the value of a prompt's variable.
public struct ScalarValue: SpecValue {
    /// The value.
    public let json: JSONValue
    /// The shape that the loader checks.
    public static var schema: Schema { .scalar }
    /// Reads the value.
    ///
    /// - Throws: `SpecMismatch` where the JSON has another shape.
    public init(json: JSONValue) throws(SpecMismatch) {
        switch json {
        case .string, .integer, .number, .bool: self.json = json
        default: throw SpecMismatch(expected: "text, a number or a boolean")
        }
    }
}

/// An enumeration whose raw values are the words in YAML.
public protocol SpecChoice: SpecValue, RawRepresentable, CaseIterable where RawValue == String {}

extension SpecChoice {
    /// The shape that the loader checks.
    public static var schema: Schema { .choice(allCases.map(\.rawValue)) }
    /// Reads the value.
    ///
    /// - Throws: `SpecMismatch` where the JSON has another shape.
    public init(json: JSONValue) throws(SpecMismatch) {
        guard case .string(let word) = json, let value = Self(rawValue: word) else {
            let words = Self.allCases.map(\.rawValue).joined(separator: ", ")
            throw SpecMismatch(expected: "one of \(words)")
        }
        self = value
    }
    /// The canonical spelling.
    public var json: JSONValue { .string(rawValue) }
}

/// A value that is written as one piece of text with a grammar of its own.
public protocol SpecText: SpecValue, TextRepresentable {
    /// The format's name, words and examples; the check itself is `init(parsing:)`.
    static var format: TextDescription { get }
}

/// What a person is told about a text format.
public struct TextDescription: Sendable {
    let name: String
    let expected: String
    let examples: [String]
    let pattern: String?

    /// Describes a format.
    public init(_ name: String, _ expected: String, examples: [String], pattern: String? = nil) {
        self.name = name
        self.expected = expected
        self.examples = examples
        self.pattern = pattern
    }
}

extension SpecText {
    /// The shape that the loader checks.
    public static var schema: Schema {
        let format = format
        return .text(
            TextFormat(
                name: format.name,
                expected: format.expected,
                examples: format.examples,
                pattern: format.pattern,
                problem: Self.problem
            )
        )
    }

    /// Reads the value.
    ///
    /// - Throws: `SpecMismatch` where the JSON has another shape.
    public init(json: JSONValue) throws(SpecMismatch) {
        guard case .string(let text) = json else {
            throw SpecMismatch(expected: Self.format.expected)
        }
        do {
            try self.init(parsing: text)
        } catch {
            throw SpecMismatch(expected: error.expected)
        }
    }

    /// The canonical spelling.
    public var json: JSONValue { .string(description) }

    @Sendable private static func problem(_ text: String) -> FormatError? {
        do {
            _ = try Self(parsing: text)
            return nil
        } catch {
            return error
        }
    }
}
