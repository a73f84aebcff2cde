import ClaraModel
import ManifestLoading

/// The text of a finding, with `{{path}}` where a value is filled in. It is plain substitution:
/// there are no sections, and nothing is escaped.
struct MessageTemplate: Sendable {
    private let parts: [Part]

    private enum Part: Sendable {
        case text(String)
        case value([String])
    }

    /// What stands where a value is not there.
    static let absent = "(none)"

    /// Reads a template.
    ///
    /// - Parameter kinds: those that the policy matches; nil means all.
    /// - Throws: `TemplateError` for a path that can never have a value.
    init(_ text: String, kinds: [Kind]?) throws(TemplateError) {
        var parts: [Part] = []
        var rest = text[...]
        while let opening = rest.ranges(of: "{{").first {
            parts.append(.text(String(rest[..<opening.lowerBound])))
            rest = rest[opening.upperBound...]
            guard let closing = rest.ranges(of: "}}").first else {
                throw TemplateError("`{{` is never closed", hint: "write `}}` behind the name")
            }
            let name = rest[..<closing.lowerBound].filter { !$0.isWhitespace }
            let path = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            try TemplateNames(kinds: kinds).check(path)
            parts.append(.value(path))
            rest = rest[closing.upperBound...]
        }
        parts.append(.text(String(rest)))
        self.parts = parts
    }

    /// The text with its values.
    func fill(_ value: ([String]) -> JSONValue?) -> String {
        parts.reduce(into: "") { text, part in
            switch part {
            case .text(let words): text += words
            case .value(let path): text += Self.spell(value(path))
            }
        }
    }

    private static func spell(_ value: JSONValue?) -> String {
        switch value {
        case nil, .null: absent
        case .string(let text): text
        case .array(let elements): elements.map { spell($0) }.joined(separator: ", ")
        case let value?: CanonicalJSON(value).text
        }
    }
}

/// A template that cannot be filled in.
struct TemplateError: Error, Sendable {
    let message: String
    let hint: String?

    init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }
}

/// The names that a template may hold.
private struct TemplateNames {
    let kinds: [Kind]?

    /// What stands for a single value.
    private static let plain: Set = ["address", "kind", "name", "policy", "message"]
    /// What has parts, with the names of those; an empty list means that any name is possible.
    private static let rooted: [String: [String]] = [
        "resource": ["address", "documents", "kind", "labels", "name", "spec", "tenant"],
        "live": ["address", "documents", "kind", "labels", "name", "spec", "tenant"],
        "change": ["action", "paths", "reason"],
        "tenant": ["labels", "name", "spec"],
        "plan": ["fleet", "matched", "revision", "summary", "tenants"],
        "result": [],
    ]

    func check(_ path: [String]) throws(TemplateError) {
        let root = path[0]
        if Self.plain.contains(root), path.count == 1 { return }
        // The tenant alone is its name.
        if path == ["tenant"] { return }
        guard let parts = Self.rooted[root] else {
            throw unknown(path, root, among: Array(Self.rooted.keys) + Array(Self.plain))
        }
        guard path.count > 1 else {
            throw TemplateError(
                "`{{\(root)}}` names no value",
                hint: "write a part of it, such as `{{\(root).\(parts.first ?? "count")}}`"
            )
        }
        if !parts.isEmpty, !parts.contains(path[1]) { throw unknown(path, path[1], among: parts) }
        if path[1] == "spec" { try checkSpec(path, kinds: root == "tenant" ? [.tenant] : kinds) }
    }

    private func checkSpec(_ path: [String], kinds: [Kind]?) throws(TemplateError) {
        let schemas = (kinds ?? Kind.allCases).map { Schema.object($0.specSchema) }
        let inside = Array(path.dropFirst(2))
        if schemas.contains(where: { $0.has(inside) }) { return }
        let names = schemas.flatMap(\.names).sorted()
        throw unknown(path, inside.first ?? "", among: names)
    }

    private func unknown(
        _ path: [String],
        _ word: String,
        among names: [String]
    ) -> TemplateError {
        TemplateError(
            "`{{\(path.joined(separator: "."))}}` never has a value",
            hint: Suggestion.hint(for: word, among: names.sorted())
                ?? "there are \(names.sorted().joined(separator: ", "))"
        )
    }
}

extension Schema {
    fileprivate var names: [String] {
        if case .object(let object) = self { object.fields.map(\.name) } else { [] }
    }

    /// Whether a path leads to something.
    fileprivate func has(_ path: [String]) -> Bool {
        guard let name = path.first else { return true }
        switch self {
        case .object(let object):
            return object.field(name)?.schema.has(Array(path.dropFirst())) ?? false
        case .map(let value), .list(let value): return value.has(Array(path.dropFirst()))
        case .secret: return path == ["env"] || path == ["file"]
        case .boolean, .integer, .number, .text, .choice, .scalar, .anything: return false
        }
    }
}
