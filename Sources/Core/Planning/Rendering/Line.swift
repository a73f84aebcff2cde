import ManifestLoading

/// What a part of a line says, which decides its colour.
enum Ink: Sendable, Hashable {
    case plain, heading, note, added, changed, removed, drifted, blocked

    /// The parameters of Select Graphic Rendition.
    fileprivate var code: String? {
        switch self {
        case .plain: nil
        case .heading: "1"
        case .note: "2"
        case .added: "32"
        case .changed: "33"
        case .removed: "31"
        case .drifted: "35"
        case .blocked: "1;31"
        }
    }
}

/// One line of a report, before anybody has decided on colours.
struct Line: Sendable, Hashable {
    var indent: Int
    fileprivate var parts: [Part]

    fileprivate struct Part: Sendable, Hashable {
        let text: String
        let ink: Ink
    }

    /// - Parameter indent: how many steps of two spaces precede the text.
    init(_ indent: Int, _ text: String, _ ink: Ink = .plain) {
        self.indent = indent
        parts = [Part(text: text, ink: ink)]
    }

    static let empty = Line(0, "")

    /// The line with more text behind it.
    func then(_ text: String, _ ink: Ink = .plain) -> Line {
        var copy = self
        copy.parts.append(Part(text: text, ink: ink))
        return copy
    }

    /// The line further to the right.
    func indented(by steps: Int) -> Line {
        var copy = self
        copy.indent += steps
        return copy
    }

    /// The text without its line break.
    func text(_ style: TextStyle) -> String {
        let text = parts.map { $0.rendered(style) }.joined()
        return text.isEmpty ? "" : String(repeating: "  ", count: indent) + text
    }
}

extension Line.Part {
    fileprivate func rendered(_ style: TextStyle) -> String {
        guard style == .coloured, let code = ink.code, !text.isEmpty else { return text }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}

extension [Line] {
    /// The lines as text, each with its line break.
    func text(_ style: TextStyle) -> String { map { $0.text(style) + "\n" }.joined() }

    /// At most so many lines; what was cut is counted on one more.
    func cut(to limit: Int, _ noun: String = "more line") -> [Line] {
        guard count > limit + 1 else { return self }
        let indent = prefix(limit).last?.indent ?? 0
        return prefix(limit) + [Line(indent, "… \(Quantity(count - limit, noun))", .note)]
    }
}
