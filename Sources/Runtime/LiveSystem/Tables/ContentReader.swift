import ClaraModel
import SQLDatabase

/// Takes a content apart into the values of its columns: what `ContentWriter` has joined, exactly.
///
/// It reads canonical text only, and copies lists and mappings without looking inside.
struct ContentReader {
    private let bytes: [UInt8]
    private var position = 0

    /// A content in pieces.
    struct Pieces: Equatable {
        /// The values of the columns, in their order.
        var values: [SQLValue]
        /// The documents of a knowledge base.
        var documents: [Document] = []
    }

    /// A document of a knowledge base.
    struct Document: Equatable {
        let path: String
        /// The values of `DocumentLayout.columns`.
        let values: [SQLValue]
    }

    /// The text is not canonical JSON of the layout at this byte.
    struct Malformed: Error, Equatable {
        let byte: Int
    }

    /// Takes a content apart.
    ///
    /// - Throws: `Malformed` where the content was not made by this program.
    static func read(
        _ content: CanonicalJSON,
        _ layout: TableLayout
    ) throws(Malformed) -> Pieces {
        var reader = ContentReader(bytes: Array(content.text.utf8))
        var pieces = Pieces(values: Array(repeating: .null, count: layout.columns.count))
        try reader.readObject(layout.members, into: &pieces)
        guard reader.position == reader.bytes.count else { throw reader.malformed }
        return pieces
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// Members and layout are both sorted, so that one pass meets them all.
    private mutating func readObject(
        _ members: [TableLayout.Member],
        into pieces: inout Pieces
    ) throws(Malformed) {
        var rest = members[...]
        try readMembers { (reader) throws(Malformed) in
            guard let found = rest.firstIndex(where: { reader.takes($0.key) }) else {
                throw reader.malformed
            }
            rest = rest[found...].dropFirst()
            switch members[found] {
            case .column(_, let index, let form): pieces.values[index] = try reader.readValue(form)
            case .group(_, let members): try reader.readObject(members, into: &pieces)
            case .documents: try reader.readDocuments(into: &pieces)
            }
        }
    }

    private mutating func readDocuments(into pieces: inout Pieces) throws(Malformed) {
        try readMembers { (reader) throws(Malformed) in
            let path = try reader.readString()
            try reader.expect(UInt8(ascii: ":"))
            var document = Pieces(
                values: Array(repeating: .null, count: DocumentLayout.columns.count)
            )
            try reader.readObject(DocumentLayout.members, into: &document)
            pieces.documents.append(Document(path: path, values: document.values))
        }
    }

    /// - Parameter readMember: reads a name, a colon and a value.
    private mutating func readMembers(
        _ readMember: (inout ContentReader) throws(Malformed) -> Void
    ) throws(Malformed) {
        try expect(UInt8(ascii: "{"))
        if take(UInt8(ascii: "}")) { return }
        repeat {
            try readMember(&self)
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
    }
}

extension ContentReader {
    private var malformed: Malformed { Malformed(byte: position) }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws(Malformed) {
        guard take(byte) else { throw malformed }
    }

    /// Passes a name and its colon, where they are next.
    private mutating func takes(_ key: TableLayout.Key) -> Bool {
        guard bytes[position...].starts(with: key.spelling) else { return false }
        position += key.spelling.count
        return true
    }

    private mutating func readValue(_ form: TableLayout.Form) throws(Malformed) -> SQLValue {
        guard next == UInt8(ascii: "\"") else { return try readPlain(form) }
        let text = try readString()
        switch (form, text) {
        case (.real, Infinity.positive): return .real(.infinity)
        case (.real, Infinity.negative): return .real(-.infinity)
        default: return .text(text)
        }
    }

    /// Reads what is no string: numbers and booleans as such, everything else as its JSON.
    private mutating func readPlain(_ form: TableLayout.Form) throws(Malformed) -> SQLValue {
        let start = position
        try skipValue()
        guard position > start else { throw malformed }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        switch form {
        case .boolean where text == "true": return .integer(1)
        case .boolean where text == "false": return .integer(0)
        case .real: return Double(text).map { .real($0) } ?? .text(text)
        case .boolean, .integer:
            return Int64(text).map { .integer($0) } ?? Double(text).map { .real($0) } ?? .text(text)
        case .text, .json: return .text(text)
        }
    }

    /// Passes a value: up to the comma or bracket that ends it.
    private mutating func skipValue() throws(Malformed) {
        var depth = 0
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                try skipString()
                continue
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if depth == 0 { return }
                depth -= 1
            case UInt8(ascii: ",") where depth == 0: return
            default: break
            }
            position += 1
        }
        guard depth == 0 else { throw malformed }
    }

    /// Passes a string with its quotes.
    ///
    /// - Returns: whether it holds escapes.
    @discardableResult
    private mutating func skipString() throws(Malformed) -> Bool {
        try expect(UInt8(ascii: "\""))
        var hasEscapes = false
        while let byte = next {
            position += 1
            if byte == UInt8(ascii: "\"") { return hasEscapes }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                position += 1
            }
        }
        throw malformed
    }

    private mutating func readString() throws(Malformed) -> String {
        let start = position + 1
        let hasEscapes = try skipString()
        let inside = bytes[start..<position - 1]
        guard hasEscapes else { return String(decoding: inside, as: UTF8.self) }
        guard let text = unescape(inside) else { throw Malformed(byte: start) }
        return text
    }
}

/// Reads the escapes that canonical JSON has; nil where there is another one.
private func unescape(_ inside: ArraySlice<UInt8>) -> String? {
    var result: [UInt8] = []
    result.reserveCapacity(inside.count)
    var rest = inside
    while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "\\") else {
            result.append(byte)
            continue
        }
        guard let escaped = rest.popFirst(), let plain = unescape(escaped, &rest) else {
            return nil
        }
        result.append(plain)
    }
    return String(decoding: result, as: UTF8.self)
}

private func unescape(_ letter: UInt8, _ rest: inout ArraySlice<UInt8>) -> UInt8? {
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return letter
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "u"):
        // Only control characters are written this way: four digits, a byte at most.
        let digits = String(decoding: rest.prefix(4), as: UTF8.self)
        rest = rest.dropFirst(4)
        return digits.count == 4 ? UInt8(digits, radix: 16) : nil
    default: return nil
    }
}
