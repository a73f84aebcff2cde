import ManifestLoading
import Testing

/// A file and what must be said of it: `line:column code`, and parts of the message and of the
/// hint.
struct LocatedError: CustomTestStringConvertible, Sendable {
    let yaml: String
    let expected: String
    let message: String
    let hint: String?

    init(_ yaml: String, _ expected: String, _ message: String, hint: String? = nil) {
        self.yaml = yaml
        self.expected = expected
        self.message = message
        self.hint = hint
    }

    /// A document of a kind; its spec's fields begin in line 5.
    init(
        _ kind: String,
        _ spec: String...,
        is expected: String,
        _ message: String,
        hint: String? = nil
    ) {
        let head = "apiVersion: clara.dev/v1\nkind: \(kind)\nmetadata: {name: a}\nspec:\n"
        let lines = spec.map { "  \($0)\n" }.joined()
        self.init(head + lines, expected, message, hint: hint)
    }

    var testDescription: String { "\(expected): \(message)" }

    func check() {
        let found = ManifestReader.read(Array(yaml.utf8), path: "f.yaml").diagnostics
        #expect(found.map { "\($0.place.line):\($0.place.column) \($0.code)" } == [expected])
        #expect(found.first?.message.contains(message) == true, "\(found)")
        if let hint { #expect(found.first?.hint?.contains(hint) == true, "\(found)") }
    }
}
