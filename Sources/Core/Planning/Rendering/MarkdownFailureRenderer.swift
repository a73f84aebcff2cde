import ManifestLoading

/// Why there is no plan, as a comment on a forge: without it, an older comment would seem to hold.
public struct MarkdownFailureRenderer: Sendable {
    /// Makes a renderer.
    public init() {}

    /// The failure as Markdown, ending with a line break.
    ///
    /// - Parameters:
    ///   - message: why, and what to do.
    ///   - diagnostics: what is wrong with the fleet's own files.
    public func render(_ message: String, diagnostics: [Diagnostic]) -> String {
        let lines = message.split(separator: "\n").map { Line(1, VisibleText.line(String($0))) }
        let body = DiagnosticLines(diagnostics: diagnostics, ink: .removed).lines(indent: 1)
        let errors = body.isEmpty ? [] : [Line(0, "Errors", .heading)] + body
        return MarkdownReport(
            head: "",
            columns: [],
            rows: [],
            sections: [
                [Line(0, "There is no result: nothing was planned or changed")] + lines, errors,
            ]
        ).render()
    }
}
