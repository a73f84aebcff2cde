import ClaraModel

/// The JSON Schema (2020-12) of all kinds in one file, for editors and for other programs.
///
/// It is made from the field tables, so it cannot lag behind them. It is more lenient than the
/// loader in two ways. A field that a profile may supply is not required, as the editor sees one
/// document at a time. And of a text format it checks the pattern, where there is one.
public struct JSONSchemaPublisher: Sendable {
    /// The schema's name. It is an identifier, not an address from which anything is loaded.
    public static let identifier = "https://clara.dev/v1/manifest.schema.json"

    /// Publishes the schema.
    public init() {}

    /// The schema as indented JSON.
    public var text: String { PrettyJSON.text(document) + "\n" }

    /// The schema.
    public var document: JSONValue {
        [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": .string(Self.identifier),
            "title": "Clara manifest",
            "description":
                "One document of a fleet: the fleet itself, a profile, or a tenant's resource.",
            "type": "object",
            "required": .array(Envelope.names.map { .string($0) }),
            "additionalProperties": false,
            "properties": envelope,
            "allOf": .array(DocumentKind.all.map(choice)),
            "$defs": .object(definitions),
        ]
    }

    private var envelope: JSONValue {
        var properties = Envelope.summaries.mapValues { summary -> JSONValue in
            ["description": .string(summary)]
        }
        let kinds = DocumentKind.all.map { JSONValue.string($0.name) }
        properties["apiVersion"] = properties["apiVersion"]?
            .merged(with: ["const": .string(ClaraModel.apiVersion)])
        properties["kind"] = properties["kind"]?.merged(with: ["enum": .array(kinds)])
        properties["metadata"] = ["$ref": "#/$defs/metadata"]
        properties["spec"] = properties["spec"]?.merged(with: ["type": "object"])
        return .object(properties)
    }

    private var definitions: [String: JSONValue] {
        var all: [String: JSONValue] = [
            "metadata": SchemaSpelling(requiredOnly: .always).object(
                Metadata.objectSchema,
                description: Envelope.summaries["metadata"] ?? ""
            ),
            "secret": SchemaSpelling.secret,
        ]
        for kind in DocumentKind.all {
            all[kind.name] = kind.spelling.object(kind.specSchema, description: kind.summary)
        }
        return all
    }

    private func choice(_ kind: DocumentKind) -> JSONValue {
        [
            "if": ["properties": ["kind": ["const": .string(kind.name)]], "required": ["kind"]],
            "then": [
                "properties": ["spec": ["$ref": .string("#/$defs/\(kind.name)")]]
            ],
        ]
    }
}

extension DocumentKind {
    fileprivate var spelling: SchemaSpelling {
        switch self {
        case .fleet, .policy, .resource(.tenant): SchemaSpelling(requiredOnly: .always)
        case .profile, .resource: SchemaSpelling(requiredOnly: .inLists)
        }
    }
}

/// Writes a `Schema` down in the words of JSON Schema.
private struct SchemaSpelling {
    /// Where a required field is required of the document itself.
    enum Requirement {
        case always
        /// A merge replaces lists as a whole, so their elements must be complete; whatever is
        /// outside of lists may come from the profile.
        case inLists
    }

    let requiredOnly: Requirement

    func object(_ object: ObjectSchema, description: String) -> JSONValue {
        var members: [String: JSONValue] = [
            "type": "object", "additionalProperties": false,
            "properties": .object(
                Dictionary(object.fields.map { ($0.name, property($0)) }) { first, _ in first }
            ),
        ]
        if !description.isEmpty { members["description"] = .string(description) }
        let required = object.fields.filter { isRequired($0) }.map { JSONValue.string($0.name) }
        if !required.isEmpty { members["required"] = .array(required) }
        return .object(members)
    }

    private func isRequired(_ field: FieldSchema) -> Bool {
        field.isRequired && requiredOnly == .always
    }

    private func property(_ field: FieldSchema) -> JSONValue {
        let fallback = field.fallback.map { " Default: \($0)." } ?? ""
        let described = value(field.schema)
            .merged(with: ["description": .string(field.summary + fallback)])
        return isRequired(field) ? described : described.acceptingNull
    }

    private func value(_ schema: Schema) -> JSONValue {
        switch schema {
        case .boolean: ["type": "boolean"]
        case .integer(let range):
            [
                "type": "integer", "minimum": .integer(range.lowerBound),
                "maximum": .integer(range.upperBound),
            ]
        case .number(let range):
            ["type": "number", "minimum": range.lowerBound.json, "maximum": range.upperBound.json]
        case .text(let format): text(format)
        case .choice(let words): ["type": "string", "enum": .array(words.map { .string($0) })]
        case .secret: ["$ref": "#/$defs/secret"]
        case .scalar: ["type": ["string", "number", "boolean"]]
        case .list(let element):
            ["type": "array", "items": SchemaSpelling(requiredOnly: .always).value(element)]
        case .map(let element):
            ["type": "object", "additionalProperties": value(element).acceptingNull]
        case .object(let fields): object(fields, description: "")
        case .anything: [:]
        }
    }

    private func text(_ format: TextFormat) -> JSONValue {
        var members: [String: JSONValue] = ["type": "string"]
        if !format.examples.isEmpty {
            members["examples"] = .array(format.examples.map { .string($0) })
        }
        members["pattern"] = format.pattern.map { .string($0) }
        return .object(members)
    }

    /// A reference to a secret. What names a variable and a file may have is `ReferenceForm`'s
    /// rule.
    static let secret: JSONValue = [
        "description": "Where the secret is to be found; the secret itself is never written here.",
        "type": "object", "additionalProperties": false, "minProperties": 1, "maxProperties": 1,
        "properties": [
            "env": [
                "type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]{0,127}$",
                "examples": ["ACME_X_KEY"],
                "description": "An environment variable of the controller that the fleet allows.",
            ],
            "file": [
                "type": "string", "maxLength": 255, "examples": ["x-token"],
                "description": "A file below CLARA_SECRETS_DIR/<tenant>.",
            ],
        ],
    ]
}

extension JSONValue {
    /// The schema with null allowed too: in a manifest null removes what the profile supplies.
    fileprivate var acceptingNull: JSONValue {
        guard case .object(var members) = self else { return self }
        if let reference = members.removeValue(forKey: "$ref") {
            members["anyOf"] = [["$ref": reference], ["type": "null"]]
        }
        if let words = members["enum"]?.elements { members["enum"] = .array(words + [.null]) }
        switch members["type"] {
        case .string(let type): members["type"] = .array([.string(type), "null"])
        case .array(let types): members["type"] = .array(types + ["null"])
        default: break
        }
        return .object(members)
    }
}
