import ClaraModel

/// JSON documents for programs that may also end up on somebody's terminal.
enum JSONText {
    /// The canonical text of a value, but for invisible and directional characters, which are
    /// escaped (RFC 8259 §7): the same value, and nothing that a terminal obeys. Ends with a line
    /// break.
    static func document(_ value: JSONValue) -> String {
        let text = CanonicalJSON(value).text
        if text.utf8.allSatisfy({ $0 < 0x7F }) { return text + "\n" }
        let escaped = text.unicodeScalars.reduce(into: "") { result, scalar in
            if VisibleText.isShown(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                result += scalar.utf16.map(escape).joined()
            }
        }
        return escaped + "\n"
    }

    private static func escape(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
