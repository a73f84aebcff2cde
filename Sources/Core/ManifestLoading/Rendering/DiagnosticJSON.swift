import ClaraModel

/// Diagnostics for programs: `{"format_version", "diagnostics": […], "summary": {…}}`.
///
/// Of each diagnostic the members `severity`, `code`, `message` and `file` are always there;
/// `hint`, `line`, `column` and `tenant` where they are known.
public struct DiagnosticJSON: DiagnosticRenderer {
    /// Raised when a member changes its meaning or goes.
    public static let formatVersion = 1

    /// Renders JSON.
    public init() {}

    /// One document.
    public func render(_ diagnostics: [Diagnostic]) -> String {
        PrettyJSON.text(document(diagnostics)) + "\n"
    }

    private func document(_ diagnostics: [Diagnostic]) -> JSONValue {
        let count = DiagnosticCount(diagnostics)
        return [
            "format_version": .integer(Int64(Self.formatVersion)),
            "diagnostics": .array(diagnostics.sorted().map(\.json)),
            "summary": [
                "errors": .integer(Int64(count.errors)),
                "warnings": .integer(Int64(count.warnings)),
                "tenants": .integer(Int64(count.tenants)),
            ],
        ]
    }
}

extension Diagnostic {
    /// The diagnostic as it stands in JSON documents.
    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "severity": .string(severity.rawValue), "code": .string(code),
            "message": .string(message), "file": .string(place.file),
        ]
        members["hint"] = hint.map { .string($0) }
        members["tenant"] = tenant.map { .string($0) }
        if place.line > 0 {
            members["line"] = .integer(Int64(place.line))
            members["column"] = .integer(Int64(place.column))
        }
        return .object(members)
    }
}
