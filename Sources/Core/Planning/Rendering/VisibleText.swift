/// Text from manifests and live rows, made fit to be shown.
///
/// What a terminal or a browser would obey instead of showing — escape sequences, control
/// characters, bidirectional overrides, invisible characters — is spelled out, so that a value can
/// neither hide a part of itself nor draw over what stands beside it (Unicode Technical Report 36).
package enum VisibleText {
    /// One line; line breaks are spelled out too.
    package static func line(_ text: String) -> String {
        if text.utf8.allSatisfy(isPlain) { return text }
        return text.unicodeScalars.reduce(into: "") { result, scalar in
            if isShown(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                result += spelling(of: scalar)
            }
        }
    }

    /// One line in quotation marks. Backslashes are doubled, so that a spelled character cannot be
    /// mistaken for one that was written so.
    static func quoted(_ text: String) -> String {
        let needsEscape = text.utf8.contains {
            $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\"")
        }
        guard needsEscape else { return "\"\(line(text))\"" }
        let escaped = text.reduce(into: "") { result, character in
            if character == "\\" || character == "\"" { result += "\\" }
            result.append(character)
        }
        return "\"\(line(escaped))\""
    }

    private static func isPlain(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7F }

    /// Whether a character is shown as it is.
    static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return isPlain(UInt8(scalar.value)) }
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: return false
        case .format: return joiners.contains(scalar)
        default: return true
        }
    }

    /// The joiners that emoji and several scripts are written with.
    private static let joiners: Set<Unicode.Scalar> = ["\u{200C}", "\u{200D}"]

    private static func spelling(of scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        }
    }
}

extension String {
    /// At most so many characters, the last an ellipsis where some were cut.
    func cut(to limit: Int) -> String {
        count <= limit ? self : prefix(limit - 1) + "…"
    }
}
