/// A reading position in the UTF-8 of a short text; the parsers of this folder are written on it.
///
/// Each `take…` either consumes what it names and returns it, or consumes nothing.
struct TextCursor {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = text[...].utf8
    }

    init(_ text: Substring) {
        rest = text.utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    var next: UInt8? { rest.first }

    /// Consumes `character` if it comes next.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let byte = rest.first, UInt32(byte) == character.value else { return false }
        rest.removeFirst()
        return true
    }

    /// Consumes exactly `count` digits. A longer run of digits is for the caller's next step to
    /// refuse.
    mutating func takeDigits(_ count: Int) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy(\.isDigit) else { return nil }
        rest.removeFirst(count)
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8.zeroDigit) }
    }

    /// Consumes a run of digits; `nil` where there is none or the number exceeds `limit`.
    mutating func takeNumber(upTo limit: Int) -> Int? {
        let digits = rest.prefix(while: \.isDigit)
        guard !digits.isEmpty else { return nil }
        var value = 0
        for digit in digits {
            value = value * 10 + Int(digit - UInt8.zeroDigit)
            if value > limit { return nil }
        }
        rest.removeFirst(digits.count)
        return value
    }

    /// Consumes a run of ASCII letters and returns it in lower case.
    mutating func takeWord() -> String? {
        let letters = rest.prefix(while: \.isLetter)
        guard !letters.isEmpty else { return nil }
        rest.removeFirst(letters.count)
        return String(decoding: letters.map { $0 | UInt8.lowercaseBit }, as: UTF8.self)
    }

    /// Consumes a run of spaces and tabs; false where there is none.
    mutating func takeBlanks() -> Bool {
        let blanks = rest.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        rest.removeFirst(blanks.count)
        return !blanks.isEmpty
    }
}

extension UInt8 {
    static let zeroDigit = UInt8(ascii: "0")
    static let lowercaseBit: UInt8 = 0x20

    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    var isLetter: Bool {
        let lower = self | UInt8.lowercaseBit
        return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
    }
}

/// A number in decimal, filled with zeros on the left to at least `width` characters.
func zeroPadded(_ number: Int, width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
