import ClaraModel

/// Text within a page. Values come from live rows and manifests, so nothing in one may become
/// markup or act on whoever reads it.
enum HTMLText {
    /// Text between tags or within a quoted attribute.
    static func of(_ text: String) -> String {
        let visible = VisibleText.line(text)
        guard visible.utf8.contains(where: isActive) else { return visible }
        return visible.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }

    /// A moment, for people and for programs.
    static func time(_ instant: Instant) -> String {
        "<time datetime=\"\(instant)\">\(of(instant.inWords))</time>"
    }

    /// Lines as they stand, each marked by its sign.
    static func block(_ lines: [Line]) -> String {
        let rows = lines.map { line -> String in
            let text = line.text(.plain)
            let space = String(repeating: " ", count: text.prefix { $0 == " " }.count)
            let escaped = space + of(String(text.dropFirst(space.count)))
            // A sign stands where the line begins; one further in is part of the text.
            return switch text.dropFirst(line.indent * 2).first {
            case "-": "<del>\(escaped)</del>"
            case "+": "<ins>\(escaped)</ins>"
            default: escaped
            }
        }
        return "<pre>\(rows.joined(separator: "\n"))</pre>"
    }

    private static func isActive(_ byte: UInt8) -> Bool {
        [UInt8](arrayLiteral: 0x22, 0x26, 0x27, 0x3C, 0x3E).contains(byte)
    }
}
