/// Decides what a plain scalar is: YAML 1.2 core schema (YAML 1.2.2, §10.3.2) without its
/// surprises.
///
/// Left out, and so text: octal and hexadecimal numbers, infinities and not-a-number, and numbers
/// with leading zeros, which YAML 1.1 reads as octal. Numbers beyond 64 bits are text as well,
/// never another number.
enum CoreSchema {
    /// The longest text that is looked at as a number: no value of 64 bits needs more, and reading
    /// decimal digits costs more than their count.
    static let longestNumber = 64

    /// The value of a plain scalar, or `nil` where it is text.
    static func resolve(_ text: UnsafeBufferPointer<UInt8>) -> YAMLNode.Value? {
        guard let first = text.first else { return .null }
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
            UInt8(ascii: "."):
            return number(text)
        case UInt8(ascii: "~"):
            return text.count == 1 ? .null : nil
        case UInt8(ascii: "n"), UInt8(ascii: "N"):
            return matches(text, "null", "Null", "NULL") ? .null : nil
        case UInt8(ascii: "t"), UInt8(ascii: "T"):
            return matches(text, "true", "True", "TRUE") ? .bool(true) : nil
        case UInt8(ascii: "f"), UInt8(ascii: "F"):
            return matches(text, "false", "False", "FALSE") ? .bool(false) : nil
        default:
            return nil
        }
    }

    private static func matches(
        _ text: UnsafeBufferPointer<UInt8>,
        _ words: StaticString...
    ) -> Bool {
        words.contains { word in
            word.utf8CodeUnitCount == text.count
                && text.elementsEqual(
                    UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
                )
        }
    }

    private static func number(_ text: UnsafeBufferPointer<UInt8>) -> YAMLNode.Value? {
        guard text.count <= longestNumber, let form = NumberForm(text) else { return nil }
        switch form {
        case .integer:
            return Int64(String(decoding: text, as: UTF8.self)).map { .integer($0) }
        case .float:
            let value = Double(String(decoding: text, as: UTF8.self))
            return value.flatMap { $0.isFinite ? .float($0) : nil }
        }
    }
}

/// The two ways to write a number: `[-+]?(0|[1-9][0-9]*)` and the same with a fraction (whose
/// digits may be on one side of the point only), an exponent, or both.
private enum NumberForm {
    case integer
    case float

    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var rest = text[...]
        rest.dropSign()
        let whole = rest.dropDigits()
        guard whole.count <= 1 || whole.first != UInt8(ascii: "0") else { return nil }
        if rest.isEmpty {
            guard !whole.isEmpty else { return nil }
            self = .integer
            return
        }
        var digits = whole.count
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            digits += rest.dropDigits().count
        }
        guard digits > 0, rest.dropExponent(), rest.isEmpty else { return nil }
        self = .float
    }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
    fileprivate mutating func dropSign() {
        if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") { removeFirst() }
    }

    fileprivate mutating func dropDigits() -> Self {
        let digits = prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        removeFirst(digits.count)
        return digits
    }

    /// Removes an exponent where there is one; false where it has no digits.
    fileprivate mutating func dropExponent() -> Bool {
        guard first == UInt8(ascii: "e") || first == UInt8(ascii: "E") else { return true }
        removeFirst()
        dropSign()
        return !dropDigits().isEmpty
    }
}
