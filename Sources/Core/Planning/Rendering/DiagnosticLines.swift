import ManifestLoading

/// Errors and warnings in lines, without the source that `clara validate` shows with them.
struct DiagnosticLines {
    let diagnostics: [Diagnostic]
    let ink: Ink

    func lines(indent: Int) -> [Line] {
        let shown = diagnostics.prefix(RenderingLimits.diagnostics)
        let rest = diagnostics.count - shown.count
        let more = rest == 0 ? [] : [Line(indent, "… \(Quantity.grouped(rest)) more", .note)]
        return shown.flatMap { lines($0, indent) } + more
    }

    private func lines(_ diagnostic: Diagnostic, _ indent: Int) -> [Line] {
        let place = VisibleText.line(diagnostic.place.description)
        let message = Self.shortened(diagnostic.message)
        let first = Line(indent, "\(place): ").then(message, ink).then(
            " [\(diagnostic.code)]",
            .note
        )
        return [first]
            + (diagnostic.hint.map { [Line(indent + 2, Self.shortened($0), .note)] } ?? [])
    }

    private static func shortened(_ text: String) -> String {
        VisibleText.line(text.cut(to: RenderingLimits.message))
    }
}
