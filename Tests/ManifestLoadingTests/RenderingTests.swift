import ManifestLoading
import Testing

@Suite("Rendering")
struct RenderingTests {
    private static let odd = Diagnostic(
        .error,
        .badFormat,
        "100% wrong:\nreally",
        hint: "a, b",
        at: Place(file: "tenants/a,b/x:y%\u{1B}.yaml"),
        tenant: "a"
    )

    @Test("GitHub's commands escape what would end them")
    func github() {
        let line = DiagnosticGitHub(pathPrefix: "examples").render([Self.odd])
        let file = "examples/tenants/a%2Cb/x%3Ay%25\u{1B}.yaml"
        #expect(
            line.hasPrefix("::error file=\(file),title=bad-format::100%25 wrong:␊really%0Aa, b\n")
        )
    }

    @Test("SARIF's addresses are escaped")
    func sarif() {
        let text = DiagnosticSARIF(version: "1").render([Self.odd])
        #expect(text.contains("\"tenants/a%2Cb/x%3Ay%25%1B.yaml\""))
    }

    @Test("nothing acts on a terminal")
    func text() {
        let text = DiagnosticText(style: .plain).render([Self.odd])
        #expect(!text.contains("\u{1B}"))
        #expect(text.contains("error: 100% wrong:␊really [bad-format]"))
    }

    static let counts: [(errors: Int, warnings: Int, text: String)] = [
        (0, 0, "No errors and no warnings.\n"), (1, 0, "1 error in 1 tenant.\n"),
        (3, 1, "3 errors and 1 warning in 2 tenants.\n"), (0, 2, "2 warnings in 2 tenants.\n"),
    ]

    @Test("the count is the last line", arguments: counts)
    func count(_ example: (errors: Int, warnings: Int, text: String)) {
        let all =
            Array(repeating: Diagnostic.Severity.error, count: example.errors)
            + Array(repeating: .warning, count: example.warnings)
        let diagnostics = all.enumerated().map { index, severity in
            Diagnostic(severity, .unused, "m", at: Place(file: "f"), tenant: "t\(index % 2)")
        }
        #expect(DiagnosticText(style: .plain).render(diagnostics).hasSuffix(example.text))
    }

    @Test("a problem of the fleet's own files counts no tenant")
    func noTenant() {
        let diagnostic = Diagnostic(.error, .unused, "m", at: Place(file: "fleet.yaml"))
        #expect(DiagnosticText(style: .plain).render([diagnostic]).hasSuffix("\n1 error.\n"))
    }
}
