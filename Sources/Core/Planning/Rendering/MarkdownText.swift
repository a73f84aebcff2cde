/// Text within a comment on a forge.
///
/// Values come from a pull request that anybody may have opened, and the comment is written in the
/// controller's name: so nothing in a value may become markup, ping a person or refer to an issue.
enum MarkdownText {
    /// Text as code within a sentence or a table's cell. Forges look for mentions, references and
    /// links outside `code` only, and an entity is never markup (CommonMark 0.31, "Entity and
    /// numeric character references").
    static func code(_ text: String) -> String {
        let escaped = VisibleText.line(text).unicodeScalars.reduce(into: "") { result, scalar in
            if active.contains(scalar) {
                result += "&#\(scalar.value);"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return "<code>\(escaped)</code>"
    }

    /// A revision, which is short but for a branch that somebody named to be long.
    static func revision(_ text: String) -> String { code(text.cut(to: longestRevision)) }

    /// A commit's digest and a long branch name.
    private static let longestRevision = 200

    /// Every character that is markup somewhere in CommonMark or the forges' extensions of it.
    private static let active = Set("&<>\"'`|*_[](){}\\~@#!$^=".unicodeScalars)

    /// Lines as a block of code, between fences that are longer than any run of backticks in them.
    ///
    /// - Parameter language: what the forge colours it as; empty for nothing.
    static func block(_ lines: [Line], language: String) -> String {
        let text = lines.text(.plain)
        let fence = String(repeating: "`", count: max(3, longestRun(in: text) + 1))
        return "\(fence)\(language)\n\(text)\(fence)\n"
    }

    /// A part that is folded until somebody opens it.
    ///
    /// - Parameter title: markup.
    static func folded(_ title: String, _ body: String) -> String {
        "<details><summary>\(title)</summary>\n\n\(body)\n</details>\n"
    }

    private static func longestRun(in text: String) -> Int {
        var (longest, current) = (0, 0)
        for byte in text.utf8 {
            current = byte == UInt8(ascii: "`") ? current + 1 : 0
            longest = max(longest, current)
        }
        return longest
    }
}
