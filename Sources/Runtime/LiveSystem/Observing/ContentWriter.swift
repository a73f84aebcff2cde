import ClaraModel
import SQLDatabase

/// Spells the content of rows as canonical JSON, straight from their columns. The text is the one
/// that `CanonicalJSON` would give; a test holds them together.
struct ContentWriter {
    private var bytes: [UInt8] = []

    /// The object of the members whose columns begin at `first`.
    ///
    /// - Parameter documents: the spelled documents of a knowledge base.
    mutating func spell(
        _ row: borrowing SQLRow,
        _ members: [TableLayout.Member],
        from first: Int,
        documents: String = "{}"
    ) -> String {
        bytes.removeAll(keepingCapacity: true)
        // An object without members is a content too.
        _ = writeObject(members, row, first, documents)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// - Returns: whether the object has any member.
    private mutating func writeObject(
        _ members: [TableLayout.Member],
        _ row: borrowing SQLRow,
        _ first: Int,
        _ documents: String
    ) -> Bool {
        var isEmpty = true
        bytes.append(UInt8(ascii: "{"))
        for member in members {
            let mark = bytes.count
            if !isEmpty { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: member.key.spelling)
            if write(member, row, first, documents) {
                isEmpty = false
            } else {
                bytes.removeLast(bytes.count - mark)
            }
        }
        bytes.append(UInt8(ascii: "}"))
        return !isEmpty
    }

    /// - Returns: whether there is anything to write.
    private mutating func write(
        _ member: TableLayout.Member,
        _ row: borrowing SQLRow,
        _ first: Int,
        _ documents: String
    ) -> Bool {
        switch member {
        case .column(_, let index, let form):
            return write(row, first + index, form)
        case .group(_, let members):
            return writeObject(members, row, first, documents)
        case .documents:
            bytes.append(contentsOf: documents.utf8)
            return true
        }
    }
}

extension ContentWriter {
    /// Writes a column's value; one that does not fit the column's form is written as it is.
    ///
    /// - Returns: whether it is not NULL.
    private mutating func write(
        _ row: borrowing SQLRow,
        _ column: Int,
        _ form: TableLayout.Form
    ) -> Bool {
        if let integer = row.integer(column) {
            write(integer, form)
        } else if let number = row.real(column) {
            write(number)
        } else {
            return write(textOf: row, column, form)
        }
        return true
    }

    private mutating func write(_ integer: Int64, _ form: TableLayout.Form) {
        switch (form, integer) {
        case (.boolean, 0): bytes.append(contentsOf: "false".utf8)
        case (.boolean, 1): bytes.append(contentsOf: "true".utf8)
        default: bytes.append(contentsOf: String(integer).utf8)
        }
    }

    /// JSON has no infinities; SQL has. They are carried as words.
    private mutating func write(_ number: Double) {
        let json: JSONValue =
            number.isFinite
            ? .number(number) : .string(number < 0 ? Infinity.negative : Infinity.positive)
        bytes.append(contentsOf: CanonicalJSON(json).text.utf8)
    }

    private mutating func write(
        textOf row: borrowing SQLRow,
        _ column: Int,
        _ form: TableLayout.Form
    ) -> Bool {
        let written: Void? = row.withText(column) { text in
            if form == .json, CanonicalScanner.isList(orMapping: text) {
                text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
            } else {
                bytes.append(quoting: text)
            }
        }
        return written != nil
    }
}

/// How infinite numbers are carried in a content.
enum Infinity {
    static let positive = "Infinity"
    static let negative = "-Infinity"
}

extension [UInt8] {
    /// Appends a JSON string with its quotes; only what RFC 8259 §7 demands is escaped.
    mutating func append(quoting text: Span<UInt8>) {
        append(UInt8(ascii: "\""))
        text.withUnsafeBufferPointer { text in
            if text.contains(where: Self.needsEscape) {
                for byte in text { append(escaping: byte) }
            } else {
                append(contentsOf: text)
            }
        }
        append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func append(escaping byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append(contentsOf: "\\\"".utf8)
        case UInt8(ascii: "\\"): append(contentsOf: "\\\\".utf8)
        case 0x08: append(contentsOf: "\\b".utf8)
        case 0x09: append(contentsOf: "\\t".utf8)
        case 0x0A: append(contentsOf: "\\n".utf8)
        case 0x0C: append(contentsOf: "\\f".utf8)
        case 0x0D: append(contentsOf: "\\r".utf8)
        case 0..<0x20:
            append(contentsOf: "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
        default: append(byte)
        }
    }
}
