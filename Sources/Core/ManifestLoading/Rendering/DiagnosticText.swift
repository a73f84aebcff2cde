/// Diagnostics for a person at a terminal: what is wrong, where, the line with a caret, what to do.
public struct DiagnosticText: DiagnosticRenderer {
    private let style: TextStyle

    /// Renders for a terminal or for a file.
    public init(style: TextStyle) { self.style = style }

    /// One block a diagnostic, and the count at the end.
    public func render(_ diagnostics: [Diagnostic]) -> String {
        let blocks = diagnostics.sorted().map { block($0) + "\n\n" }
        return blocks.joined() + "\(DiagnosticCount(diagnostics))\n"
    }

    private func block(_ diagnostic: Diagnostic) -> String {
        let place = diagnostic.place
        let gutter = String(repeating: " ", count: place.excerpt == nil ? 1 : "\(place.line)".count)
        var lines = [
            header(diagnostic), gutter + paint("--> ", .gutter) + VisibleText.of("\(place)"),
        ]
        if let excerpt = place.excerpt {
            lines += source(excerpt, line: place.line, gutter: gutter, diagnostic.severity)
        }
        if let hint = diagnostic.hint {
            lines.append(gutter + paint(" = ", .gutter) + paint("hint:", .strong) + " \(hint)")
        }
        return lines.joined(separator: "\n")
    }

    private func header(_ diagnostic: Diagnostic) -> String {
        let severity = diagnostic.severity
        return paint("\(severity.rawValue):", Paint(severity)) + " "
            + paint(diagnostic.message, .strong) + " [\(diagnostic.code)]"
    }

    private func source(
        _ excerpt: Excerpt,
        line: Int,
        gutter: String,
        _ severity: Diagnostic.Severity
    ) -> [String] {
        let before = excerpt.text.unicodeScalars.prefix(excerpt.caret)
        let indent = String(repeating: " ", count: VisibleText.columns(before))
        return [
            paint("\(gutter) |", .gutter),
            paint("\(line) |", .gutter) + " " + excerpt.text,
            paint("\(gutter) |", .gutter) + " " + indent + paint("^", Paint(severity)),
        ]
    }

    private func paint(_ text: String, _ paint: Paint) -> String {
        switch style {
        case .plain: text
        case .coloured: "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m"
        }
    }

    /// The colours, by their codes: bold red, bold yellow, bold, blue.
    private enum Paint: String {
        case error = "1;31"
        case warning = "1;33"
        case strong = "1"
        case gutter = "34"

        init(_ severity: Diagnostic.Severity) {
            switch severity {
            case .error: self = .error
            case .warning: self = .warning
            }
        }
    }
}
