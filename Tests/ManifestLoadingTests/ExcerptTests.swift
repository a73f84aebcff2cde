import Testing
import YAMLSyntax

@testable import ManifestLoading

@Suite("A source line is shown")
struct ExcerptTests {
    private func excerpt(
        _ line: String,
        column: Int,
        _ masking: Excerpt.Masking = .suspects
    ) -> Excerpt? {
        let source = SourceText(path: "f.yaml", bytes: Array(line.utf8))
        return Excerpt(SourceLocation(file: source, line: 1, column: column), masking)
    }

    @Test("with control characters, directions and line marks made visible")
    func visible() {
        let line = excerpt("a\u{1B}[31m\tb\u{202E}c\u{7F}", column: 1)
        #expect(line?.text == "a␛[31m␉b\u{FFFD}c␡")
    }

    @Test("with the caret where the place is, also behind something that is hidden")
    func caret() {
        let key = "3qvNzQxHuRZ9CwmmEhTfK7bYp"
        let line = excerpt("{a: \(key), b: 1}", column: 32)
        #expect(line?.text == "{a: ••••••, b: 1}")
        #expect(line?.caret == 12)
        #expect(excerpt("{a: \(key), b: 1}", column: 5)?.caret == 4)
        #expect(excerpt("{a: \(key), b: 1}", column: 9)?.caret == 4)
    }

    static let hidden: [(line: String, shown: String)] = [
        ("  apiKey: hunter2", "  apiKey: ••••••"),
        ("  - apiKey: hunter2", "  - apiKey: ••••••"),
        ("  \"apiKey\": hunter2", "  \"apiKey\": ••••••"),
        ("  oauth1: {consumerKey: hunter2}", "  oauth1: ••••••"),
        ("    hunter2", "    ••••••"), ("    hunter2: x", "    ••••••"),
        ("  provider: twitter", "  provider: twitter"), ("  oauth1:", "  oauth1:"),
        ("  provider: {x: hunter2}", "  provider: ••••••"), ("", ""),
    ]

    @Test("of a credential with its values hidden", arguments: hidden)
    func values(_ example: (line: String, shown: String)) {
        #expect(excerpt(example.line, column: 1, .values)?.text == example.shown)
    }

    static let suspects: [(line: String, shown: String)] = [
        ("  jitter: 10x", "  jitter: 10x"), ("  x_api_key: hunter2", "  x_api_key: ••••••"),
        ("  {a: 1, clientID: hunter2, b: 2}", "  {a: 1, clientID: ••••••"),
        ("  maxOutputTokens: many", "  maxOutputTokens: many"),
    ]

    @Test("of another document with what is suspect hidden", arguments: suspects)
    func suspect(_ example: (line: String, shown: String)) {
        #expect(excerpt(example.line, column: 1)?.text == example.shown)
    }

    @Test("cut around the place where it is long, and not at all where it is endless")
    func length() {
        let long = excerpt(String(repeating: "word ", count: 200), column: 500)
        #expect(long?.text.count == Excerpt.width + 2)
        #expect(long?.text.hasPrefix("…") == true && long?.text.hasSuffix("…") == true)
        #expect(excerpt(String(repeating: "a", count: Excerpt.longestLine + 1), column: 1) == nil)
    }

    @Test("with the caret below wide characters")
    func columns() {
        #expect(VisibleText.columns("柿を: x".unicodeScalars) == 7)
        #expect(VisibleText.columns("é e\u{301}".unicodeScalars) == 3)
    }
}
