import ClaraModel

/// Values that stand in for required fields that are missing or were refused. The tenant is blocked
/// then; they only let the rest of its resources be read and judged.
enum Placeholder {
    /// The object with a value for every required field.
    static func filling(_ value: JSONValue, _ object: ObjectSchema) -> JSONValue {
        var members = value.members ?? [:]
        for field in object.fields {
            if let member = members[field.name] {
                members[field.name] = filling(member, field.schema)
            } else if field.isRequired {
                members[field.name] = standIn(for: field.schema)
            }
        }
        return .object(members)
    }

    private static func filling(_ value: JSONValue, _ schema: Schema) -> JSONValue {
        switch (schema, value) {
        case (.object(let object), .object): filling(value, object)
        case (.list(let element), .array(let elements)):
            .array(elements.map { filling($0, element) })
        default: value
        }
    }

    private static func standIn(for schema: Schema) -> JSONValue {
        switch schema {
        case .boolean: false
        case .integer(let range): .integer(range.lowerBound)
        case .number(let range): .number(range.lowerBound)
        case .text(let format): .string(format.examples.first ?? "")
        case .choice(let words): .string(words.first ?? "")
        case .secret: ["env": ""]
        case .scalar, .anything: ""
        case .list: []
        case .map: [:]
        case .object(let object): filling([:], object)
        }
    }
}
