/// Text that is not JSON.
public struct JSONSyntaxError: Error, Equatable, CustomStringConvertible {
    /// Where it stops being JSON, counted in bytes from 0.
    public let byte: Int

    /// What is wrong, and where.
    public var description: String { "this is not JSON from byte \(byte) on" }
}

/// Reads JSON text (RFC 8259) as a value, several times faster than a general decoder: a plan of a
/// new fleet reads every content once.
struct JSONReader {
    private let bytes: [UInt8]
    private var position = 0

    /// How deep lists and objects may nest: reading is recursive, and a text made of brackets must
    /// not exhaust the stack.
    private static let depthLimit = 128
    /// Up to how many digits an integer fits 64 bits whatever they are.
    private static let safeDigits = 18
    /// Whole numbers up to here are integers however they are written; beyond, not every one is a
    /// `Double`.
    private static let largestExact = 9_007_199_254_740_992.0

    /// Reads one value and nothing beside it.
    static func read(_ text: String) throws(JSONSyntaxError) -> JSONValue {
        var reader = JSONReader(bytes: Array(text.utf8))
        let value = try reader.readValue(depth: 0)
        guard reader.next == nil else { throw reader.error }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var error: JSONSyntaxError { JSONSyntaxError(byte: position) }

    private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// The next byte that is no white space.
    private var next: UInt8? {
        mutating get {
            while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
                position += 1
            }
            return byte
        }
    }

    private mutating func takeNext(_ wanted: UInt8) -> Bool {
        guard next == wanted else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ wanted: UInt8) throws(JSONSyntaxError) {
        guard takeNext(wanted) else { throw error }
    }

    private mutating func readValue(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        guard depth < Self.depthLimit else { throw error }
        switch next {
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "{"): return .object(try readMembers(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try readElements(depth: depth + 1))
        case UInt8(ascii: "t"): return try readWord("true", .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", .null)
        default: return try readNumber()
        }
    }

    private mutating func readWord(
        _ word: StaticString,
        _ value: JSONValue
    ) throws(JSONSyntaxError) -> JSONValue {
        let end = position + word.utf8CodeUnitCount
        let isThere = word.withUTF8Buffer {
            end <= bytes.count && bytes[position..<end].elementsEqual($0)
        }
        guard isThere else { throw error }
        position = end
        return value
    }

    private mutating func readElements(depth: Int) throws(JSONSyntaxError) -> [JSONValue] {
        position += 1
        var elements: [JSONValue] = []
        if takeNext(UInt8(ascii: "]")) { return elements }
        repeat {
            elements.append(try readValue(depth: depth))
        } while takeNext(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
        return elements
    }

    private mutating func readMembers(depth: Int) throws(JSONSyntaxError) -> [String: JSONValue] {
        position += 1
        var members: [String: JSONValue] = [:]
        if takeNext(UInt8(ascii: "}")) { return members }
        repeat {
            guard next == UInt8(ascii: "\"") else { throw error }
            let name = try readString()
            try expect(UInt8(ascii: ":"))
            members[name] = try readValue(depth: depth)
        } while takeNext(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
        return members
    }
}

// MARK: - Numbers

extension JSONReader {
    private mutating func readNumber() throws(JSONSyntaxError) -> JSONValue {
        let start = position
        skip(UInt8(ascii: "-"))
        let firstDigit = position
        try skipDigits()
        guard bytes[firstDigit] != UInt8(ascii: "0") || position == firstDigit + 1 else {
            throw error
        }
        let integerEnd = position
        if skip(UInt8(ascii: ".")) { try skipDigits() }
        if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
            if !skip(UInt8(ascii: "+")) { skip(UInt8(ascii: "-")) }
            try skipDigits()
        }
        if position == integerEnd, position - firstDigit <= Self.safeDigits {
            let magnitude = bytes[firstDigit..<position].reduce(0) { $0 * 10 + Int64($1 & 0x0F) }
            return .integer(firstDigit == start ? magnitude : -magnitude)
        }
        return try number(bytes[start..<position])
    }

    private func number(_ spelling: ArraySlice<UInt8>) throws(JSONSyntaxError) -> JSONValue {
        let text = String(decoding: spelling, as: UTF8.self)
        if let integer = Int64(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else { throw error }
        let isWhole = number == number.rounded() && abs(number) <= Self.largestExact
        return isWhole ? .integer(Int64(number)) : .number(number)
    }

    private mutating func skipDigits() throws(JSONSyntaxError) {
        let start = position
        while let byte, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { position += 1 }
        guard position > start else { throw error }
    }

    @discardableResult
    private mutating func skip(_ wanted: UInt8) -> Bool {
        guard byte == wanted else { return false }
        position += 1
        return true
    }
}

// MARK: - Strings

extension JSONReader {
    private mutating func readString() throws(JSONSyntaxError) -> String {
        position += 1
        let start = position
        while let byte, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw error }
            if byte == UInt8(ascii: "\\") { return try readEscapedString(from: start) }
            position += 1
        }
        return try finishString(Array(bytes[start..<position]))
    }

    /// Reads on from the first escape.
    private mutating func readEscapedString(from start: Int) throws(JSONSyntaxError) -> String {
        var text = Array(bytes[start..<position])
        while let byte, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw error }
            position += 1
            if byte == UInt8(ascii: "\\") {
                text.append(contentsOf: try readEscape())
            } else {
                text.append(byte)
            }
        }
        return try finishString(text)
    }

    private mutating func finishString(_ text: [UInt8]) throws(JSONSyntaxError) -> String {
        guard skip(UInt8(ascii: "\"")) else { throw error }
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func readEscape() throws(JSONSyntaxError) -> [UInt8] {
        guard let letter = byte else { throw error }
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return Array(String(Character(try readScalar())).utf8)
        default: throw error
        }
    }

    /// Reads the digits of an escape, and those of its other half where it is a surrogate.
    private mutating func readScalar() throws(JSONSyntaxError) -> Unicode.Scalar {
        let high = try readHex()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard 0xD800..<0xDC00 ~= high, skip(UInt8(ascii: "\\")), skip(UInt8(ascii: "u")) else {
            throw error
        }
        let low = try readHex()
        guard 0xDC00..<0xE000 ~= low,
            let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
        else { throw error }
        return scalar
    }

    private mutating func readHex() throws(JSONSyntaxError) -> UInt32 {
        var number: UInt32 = 0
        for _ in 0..<4 {
            guard let byte, let digit = Character(UnicodeScalar(byte)).hexDigitValue else {
                throw error
            }
            number = number << 4 | UInt32(digit)
            position += 1
        }
        return number
    }
}
