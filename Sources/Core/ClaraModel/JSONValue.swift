/// A JSON value (RFC 8259) with integers kept apart from other numbers.
public enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}

extension JSONValue {
    /// Whether the values are spelled the same in canonical JSON; texts and names of members are
    /// compared byte for byte.
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): areEqual(left, right)
        default: false
        }
    }

    private static func areEqual(
        _ left: [String: JSONValue],
        _ right: [String: JSONValue]
    ) -> Bool {
        left.count == right.count
            && left.allSatisfy { name, value in
                guard let index = right.index(forKey: name) else { return false }
                return name.hasSameBytes(as: right[index].key) && value == right[index].value
            }
    }

    /// The members of an object; nil for every other value.
    public var members: [String: JSONValue]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The elements of an array; nil for every other value.
    public var elements: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The text of a string; nil for every other value.
    public var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The member named `key`; nil where this is no object or has no such member.
    public subscript(key: String) -> JSONValue? { members?[key] }

    /// Applies a merge patch (RFC 7396): members of `patch` win, null removes, arrays are replaced.
    public func merged(with patch: JSONValue) -> JSONValue {
        guard case .object(let changes) = patch else { return patch }
        var result = members ?? [:]
        for (key, change) in changes {
            if change == .null {
                result[key] = nil
            } else {
                result[key] = (result[key] ?? .null).merged(with: change)
            }
        }
        return .object(result)
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    /// The value of a literal.
    public init(stringLiteral value: String) { self = .string(value) }
    /// The value of a literal.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// The value of a literal.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// The value of a literal.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// The value of a literal.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// The value of a literal.
    public init(nilLiteral: ()) { self = .null }
    /// The value of a literal.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements) { _, last in last })
    }
}
