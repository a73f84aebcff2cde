import ClaraModel
import Diffing
import ManifestLoading

/// Keeps what could be a secret out of every report.
///
/// Manifests hold references only; the loader refuses anything else. A live row can hold what
/// somebody pasted into it, and then not even something that looks harmless is shown where a
/// reference belongs.
enum HiddenSecrets {
    /// What stands in place of a secret.
    static let mask = "(could be a key: not shown)"

    /// A content of a kind, fit to be shown.
    static func hiding(_ content: JSONValue, of kind: Kind) -> JSONValue {
        hiding(content, as: .object(kind.specSchema))
    }

    /// A difference between two contents of a kind, fit to be shown.
    static func hiding(_ change: FieldChange, of kind: Kind) -> FieldChange {
        let schema = schema(at: change.path.components[...], in: .object(kind.specSchema))
        return FieldChange(
            path: change.path,
            before: change.before.map { hiding($0, as: schema) },
            after: change.after.map { hiding($0, as: schema) }
        )
    }

    private static func hiding(_ value: JSONValue, as schema: Schema?) -> JSONValue {
        switch (schema, value) {
        case (.secret, _): return isReference(value) ? hidingKeys(in: value) : .string(mask)
        case (.object(let fields), .object(let members)):
            let pairs = members.map { ($0, hiding($1, as: fields.field($0)?.schema)) }
            return .object(Dictionary(pairs) { first, _ in first })
        default: return hidingKeys(in: value)
        }
    }

    private static func isReference(_ value: JSONValue) -> Bool {
        do {
            _ = try SecretReference(json: value)
            return true
        } catch {
            return false
        }
    }

    /// A value without what looks like a key.
    static func hidingKeys(in value: JSONValue) -> JSONValue {
        switch value {
        case .null, .bool, .integer, .number: value
        case .string(let text): SecretScan.looksLikeKey(text) ? .string(mask) : value
        case .array(let elements): .array(elements.map(hidingKeys))
        case .object(let members): .object(members.mapValues(hidingKeys))
        }
    }

    /// The shape that the fields ask for at a path; within a reference, that of any text.
    private static func schema(
        at path: ArraySlice<FieldPath.Component>,
        in schema: Schema
    ) -> Schema? {
        guard let step = path.first else { return schema }
        switch schema {
        case .object(let fields):
            guard let field = fields.field(step.name) else { return nil }
            return self.schema(at: path.dropFirst(), in: field.schema)
        case .secret: return ["env", "file"].contains(step.name) ? nil : .secret
        default: return nil
        }
    }
}
