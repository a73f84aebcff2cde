import Crypto

/// JSON text with exactly one spelling for every value: members sorted by name, no white space,
/// the shortest number that reads back the same. Two resources are equal where their canonical
/// texts are.
///
/// It follows RFC 8785 (JSON Canonicalization Scheme) but for the order of members, which there
/// goes by UTF-16 code units and here by normalised Unicode scalars, as Swift compares strings;
/// the two differ only outside ASCII.
public struct CanonicalJSON: Sendable, Hashable {
    /// The canonical text.
    public let text: String

    /// Spells a value.
    public init(_ value: JSONValue) {
        var writer = CanonicalWriter()
        writer.write(value)
        text = writer.finish()
    }

    /// Takes text that `init(_:)` has written earlier, such as a column of the store.
    public init(trusting text: String) { self.text = text }

    /// Whether the bytes are the same, as digests and databases compare them. Swift holds an é to
    /// be equal to an e with an accent behind it.
    public static func == (left: CanonicalJSON, right: CanonicalJSON) -> Bool {
        left.text.hasSameBytes(as: right.text)
    }

    /// SHA-256 over the UTF-8 bytes.
    public var digest: Digest { Digest(of: text) }

    /// Reads the value back.
    ///
    /// - Throws: `JSONSyntaxError` where the text is not JSON, which for text that Clara wrote
    ///   means that somebody edited it.
    public func value() throws(JSONSyntaxError) -> JSONValue { try JSONReader.read(text) }
}

extension String {
    /// Whether two texts are the same byte for byte.
    func hasSameBytes(as other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}

/// A SHA-256 digest, shown as `sha256:<64 hexadecimal digits>`.
public struct Digest: Sendable, Hashable, CustomStringConvertible {
    /// The text form.
    public let description: String

    /// Hashes the UTF-8 bytes of a text.
    public init(of text: String) {
        var text = text
        description = text.withUTF8 { Self.spell(SHA256.hash(data: UnsafeRawBufferPointer($0))) }
    }

    /// Reads the text form; nil where the text has another shape.
    public init?(parsing text: String) {
        let digits = text.utf8.dropFirst(Self.prefix.utf8.count)
        guard text.hasPrefix(Self.prefix), digits.count == SHA256.byteCount * 2,
            digits.allSatisfy({ Self.digits.contains($0) })
        else { return nil }
        description = text
    }

    private static let prefix = "sha256:"
    private static let digits = Array("0123456789abcdef".utf8)

    fileprivate init(_ hash: SHA256.Digest) { description = Self.spell(hash) }

    private static func spell(_ hash: SHA256.Digest) -> String {
        var bytes = Array(prefix.utf8)
        for byte in hash {
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Digests several texts, so that no two sequences of texts give the same bytes.
public struct DigestBuilder {
    private var hash = SHA256()

    /// Starts with no text.
    public init() {}

    /// Adds one text, preceded by its length.
    public mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { hash.update(bufferPointer: $0) }
            hash.update(bufferPointer: UnsafeRawBufferPointer(bytes))
        }
    }

    /// The digest of all texts.
    public consuming func finish() -> Digest { Digest(hash.finalize()) }
}

/// Appends canonical JSON to a buffer.
public struct CanonicalWriter {
    private var bytes: [UInt8] = []

    /// An empty text.
    public init() { bytes.reserveCapacity(512) }

    /// The text so far.
    public consuming func finish() -> String { String(decoding: bytes, as: UTF8.self) }

    /// Appends one value.
    public mutating func write(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .integer(let number): append(String(number))
        case .number(let number): append(Self.spell(number))
        case .string(let text): write(quoting: text)
        case .array(let elements): write(elements)
        case .object(let members): write(members)
        }
    }

    private mutating func write(_ elements: [JSONValue]) {
        append("[")
        for (index, element) in elements.enumerated() {
            if index > 0 { append(",") }
            write(element)
        }
        append("]")
    }

    private mutating func write(_ members: [String: JSONValue]) {
        append("{")
        for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
            if index > 0 { append(",") }
            write(quoting: member.key)
            append(":")
            write(member.value)
        }
        append("}")
    }

    /// Appends a string with its quotes; only what RFC 8259 §7 demands is escaped.
    private mutating func write(quoting text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { text in
            var start = 0
            for (index, byte) in text.enumerated() where Self.needsEscape(byte) {
                bytes.append(contentsOf: text[start..<index])
                writeEscape(of: byte)
                start = index + 1
            }
            bytes.append(contentsOf: text[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func writeEscape(of byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case 0x08: append("\\b")
        case 0x09: append("\\t")
        case 0x0A: append("\\n")
        case 0x0C: append("\\f")
        case 0x0D: append("\\r")
        default: append("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
        }
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// A whole number is spelled without a fraction, so that `1.0` and `1` are the same value.
    private static func spell(_ number: Double) -> String {
        if number == number.rounded(), abs(number) < 9_007_199_254_740_992 {
            return String(Int64(number))
        }
        return "\(number)"
    }
}
