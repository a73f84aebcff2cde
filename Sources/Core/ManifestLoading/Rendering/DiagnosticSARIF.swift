import ClaraModel

/// Diagnostics as SARIF 2.1.0 (OASIS), for code-scanning views.
public struct DiagnosticSARIF: DiagnosticRenderer {
    private let version: String
    private let pathPrefix: String

    /// - Parameters:
    ///   - version: Clara's own version.
    ///   - pathPrefix: the fleet's root below the repository's, such as `examples`.
    public init(version: String, pathPrefix: String = "") {
        self.version = version
        self.pathPrefix =
            pathPrefix.isEmpty || pathPrefix.hasSuffix("/") ? pathPrefix : pathPrefix + "/"
    }

    /// One document with one run.
    public func render(_ diagnostics: [Diagnostic]) -> String {
        let sorted = diagnostics.sorted()
        let rules = Set(sorted.map(\.code)).sorted()
        let run: JSONValue = [
            "tool": ["driver": driver(rules)],
            // Columns are counted in code points, not in SARIF's default of UTF-16 units.
            "columnKind": "unicodeCodePoints",
            "results": .array(sorted.map { result($0, rules) }),
        ]
        let document: JSONValue = [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
            "runs": [run],
        ]
        return PrettyJSON.text(document) + "\n"
    }

    private func driver(_ rules: [String]) -> JSONValue {
        let described = rules.map { rule -> JSONValue in
            let summary =
                Diagnostic.Code(rawValue: rule)?.summary ?? "A mistake in the file's YAML."
            return ["id": .string(rule), "shortDescription": ["text": .string(summary)]]
        }
        return ["name": "clara", "version": .string(version), "rules": .array(described)]
    }

    private func result(_ diagnostic: Diagnostic, _ rules: [String]) -> JSONValue {
        let text = diagnostic.message + (diagnostic.hint.map { "; \($0)" } ?? "")
        var members: [String: JSONValue] = [
            "ruleId": .string(diagnostic.code),
            "ruleIndex": .integer(Int64(rules.firstIndex(of: diagnostic.code) ?? -1)),
            "level": .string(diagnostic.severity.rawValue),
            "message": ["text": .string(text)],
            "locations": [["physicalLocation": location(diagnostic.place)]],
        ]
        members["properties"] = diagnostic.tenant.map { ["tenant": .string($0)] }
        return .object(members)
    }

    private func location(_ place: Place) -> JSONValue {
        var members: [String: JSONValue] = [
            "artifactLocation": ["uri": .string(Self.uri(pathPrefix + place.file))]
        ]
        if place.line > 0 {
            members["region"] = [
                "startLine": .integer(Int64(place.line)),
                "startColumn": .integer(Int64(place.column)),
            ]
        }
        return .object(members)
    }

    /// A relative reference with everything escaped but RFC 3986's unreserved characters and `/`.
    private static func uri(_ path: String) -> String {
        path.utf8.map { byte in
            let character = Unicode.Scalar(byte)
            let isPlain =
                character.properties.isAlphabetic && byte < 0x80
                || character.properties.numericType != nil && byte < 0x80
                || "-._~/".utf8.contains(byte)
            let digits = String(byte, radix: 16, uppercase: true)
            return isPlain ? String(character) : "%" + (byte < 16 ? "0" : "") + digits
        }.joined()
    }
}
