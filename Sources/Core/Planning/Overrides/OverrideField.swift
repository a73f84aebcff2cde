import ClaraModel

/// The field that an override sets, held against its kind's table.
struct OverrideField {
    private let kind: Kind
    private let path: [String]
    private let value: JSONValue?

    init(_ override: Override) {
        kind = override.address.kind
        path = override.path
        value = override.value
    }

    /// Whether `check()` finds nothing wrong.
    var isForOverrides: Bool {
        do {
            try check()
            return true
        } catch {
            return false
        }
    }

    /// Checks that the field exists, may be set and takes the value.
    func check() throws(OverrideProblem) {
        if let why = Self.reason(kind, path.first) { throw .gitOnly(path: path, why: why) }
        let field = try find(path[...], in: .object(kind.specSchema))
        guard let value else {
            if field.isRequired { throw .required(path: path) }
            if Self.isInherited(kind, path) { throw .inherited(path: path) }
            return
        }
        if let misfit = SchemaFit.misfit(value, field.schema) {
            throw .wrongValue(path: path + misfit.path, expected: misfit.expected)
        }
    }

    private struct Found {
        let schema: Schema
        let isRequired: Bool
    }

    private func find(
        _ rest: ArraySlice<String>,
        in schema: Schema
    ) throws(OverrideProblem) -> Found {
        guard let name = rest.first else { throw .unknownField(kind, path: path) }
        let found = try child(name, of: schema)
        return rest.count == 1 ? found : try find(rest.dropFirst(), in: found.schema)
    }

    private func child(_ name: String, of schema: Schema) throws(OverrideProblem) -> Found {
        switch schema {
        case .map(let member): return Found(schema: member, isRequired: false)
        case .object(let fields):
            guard let field = fields.field(name) else { throw .unknownField(kind, path: path) }
            if field.isImmutable { throw .immutable(path: path) }
            return Found(schema: field.schema, isRequired: field.isRequired)
        default: throw .unknownField(kind, path: path)
        }
    }

    /// Whether the loader puts a value in where the manifest has none: without it the field would
    /// not be what it is without it in git.
    private static func isInherited(_ kind: Kind, _ path: [String]) -> Bool {
        kind == .schedule && path == ["timezone"]
    }

    /// Why a field is not for overrides.
    private static func reason(_ kind: Kind, _ field: String?) -> String? {
        switch (kind, field) {
        case (.credential, _): "its allow-lists are checked there"
        case (.knowledgeBase, "sources"): "the documents that it finds are read from there"
        case (.tenant, "profile"): "what a profile says is merged there"
        case (.tenant, "timezone"):
            "its schedules have taken it over there; override the timezone of each Schedule"
        case (_, ResourceContent.labelsKey): "labels are no field of a spec"
        default: nil
        }
    }
}
