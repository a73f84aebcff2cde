import ClaraModel

/// Tells whether bytes are canonical JSON already, so that a column's text can be copied into a
/// content without being read as a value.
///
/// It knows the common spellings only: everything else (fractions, names beyond ASCII, rare
/// escapes) is read and spelled again to see whether it stays the same.
struct CanonicalScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    /// How deep lists and mappings may nest: more than any field asks for, and little enough that
    /// a text made of brackets cannot exhaust the stack.
    private static let depthLimit = 32
    /// Up to how many digits a number is known to be a canonical integer; longer ones may not fit
    /// 64 bits.
    private static let digitLimit = 18

    /// Whether the bytes are the canonical spelling of a list or a mapping.
    static func isList(orMapping bytes: Span<UInt8>) -> Bool {
        guard !bytes.isEmpty, bytes[0] == UInt8(ascii: "[") || bytes[0] == UInt8(ascii: "{")
        else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            var scanner = CanonicalScanner(bytes: bytes)
            let known = scanner.takeValue(depth: 0) && scanner.position == bytes.count
            return known || staysTheSame(bytes)
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private static func staysTheSame(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let text = CanonicalJSON(trusting: String(decoding: bytes, as: UTF8.self))
        // What cannot be read is not JSON, which is all that is asked here.
        guard let value = try? text.value() else { return false }
        return CanonicalJSON(value).text.utf8.elementsEqual(bytes)
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func takeValue(depth: Int) -> Bool {
        switch next {
        case UInt8(ascii: "\""): takeString() != nil
        case UInt8(ascii: "["): depth < Self.depthLimit && takeList(depth: depth + 1)
        case UInt8(ascii: "{"): depth < Self.depthLimit && takeMapping(depth: depth + 1)
        case UInt8(ascii: "t"): take("true")
        case UInt8(ascii: "f"): take("false")
        case UInt8(ascii: "n"): take("null")
        default: takeInteger()
        }
    }

    private mutating func take(_ word: StaticString) -> Bool {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count else { return false }
        defer { position = end }
        return word.withUTF8Buffer { bytes[position..<end].elementsEqual($0) }
    }

    private mutating func takeList(depth: Int) -> Bool {
        position += 1
        if take(UInt8(ascii: "]")) { return true }
        repeat {
            guard takeValue(depth: depth) else { return false }
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "]"))
    }

    /// Names must ascend; only plain ASCII is compared here.
    private mutating func takeMapping(depth: Int) -> Bool {
        position += 1
        if take(UInt8(ascii: "}")) { return true }
        var last: Range<Int>?
        repeat {
            guard let name = takeString(), bytes[name].allSatisfy({ $0 < 0x80 && $0 != 0x5C }),
                last.map({ bytes[$0].lexicographicallyPrecedes(bytes[name]) }) ?? true,
                take(UInt8(ascii: ":")), takeValue(depth: depth)
            else { return false }
            last = name
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "}"))
    }

    /// - Returns: the bytes between the quotes.
    private mutating func takeString() -> Range<Int>? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        let start = position
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return start..<position - 1
            case UInt8(ascii: "\\"):
                guard let escaped = next, Self.shortEscapes.contains(escaped) else { return nil }
                position += 1
            case 0..<0x20: return nil
            default: break
            }
        }
        return nil
    }

    private static let shortEscapes: [UInt8] = Array("\"\\bfnrt".utf8)

    private mutating func takeInteger() -> Bool {
        let isNegative = take(UInt8(ascii: "-"))
        let start = position
        while let byte = next, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { position += 1 }
        let count = position - start
        guard (1...Self.digitLimit).contains(count) else { return false }
        if bytes[start] == UInt8(ascii: "0"), count > 1 || isNegative { return false }
        return next.map { !".eE".utf8.contains($0) } ?? true
    }
}
