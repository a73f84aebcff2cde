import ClaraModel

/// Finds the required fields that a value lacks, once everything that could supply them is merged.
public enum MissingFields {
    /// The paths of the missing fields, outermost first.
    public static func find(in value: JSONValue, _ schema: ObjectSchema) -> [[String]] {
        isComplete(value, .object(schema)) ? [] : find(in: value, .object(schema))
    }

    /// Whether nothing is missing: the usual case, told without gathering paths.
    private static func isComplete(_ value: JSONValue, _ schema: Schema) -> Bool {
        switch (schema, value) {
        case (.object(let object), .object(let members)):
            object.demanding.allSatisfy { field in
                guard let member = members[field.name], member != .null else {
                    return !field.isRequired
                }
                return isComplete(member, field.schema)
            }
        case (.list(let element), .array(let elements)):
            elements.allSatisfy { isComplete($0, element) }
        default: true
        }
    }

    private static func find(in value: JSONValue, _ schema: Schema) -> [[String]] {
        switch (schema, value) {
        case (.object(let object), .object(let members)):
            object.fields.flatMap { field -> [[String]] in
                guard let member = members[field.name], member != .null else {
                    return field.isRequired ? [[field.name]] : []
                }
                return find(in: member, field.schema).map { [field.name] + $0 }
            }
        case (.list(let element), .array(let elements)):
            elements.enumerated().flatMap { index, member in
                find(in: member, element).map { ["\(index)"] + $0 }
            }
        default: []
        }
    }
}
