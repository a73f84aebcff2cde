import ClaraModel

/// Checks a JSON value against the shape of a field, as the loader checks YAML.
///
/// It never repeats a value: what was put into the wrong field could be a secret.
enum SchemaFit {
    /// A place below the value, and what was expected there.
    struct Misfit: Error, Hashable {
        var path: [String] = []
        let expected: String
    }

    /// Why the value does not fit; nil where it does.
    static func misfit(_ value: JSONValue, _ schema: Schema) -> Misfit? {
        switch (schema, value) {
        case (.anything, _), (.boolean, .bool), (.secret, .object): nil
        case (.scalar, .bool), (.scalar, .integer), (.scalar, .number), (.scalar, .string): nil
        case (.integer(let range), .integer(let number)) where range.contains(number): nil
        case (.number(let range), .integer(let number)) where range.contains(Double(number)): nil
        case (.number(let range), .number(let number)) where range.contains(number): nil
        case (.choice(let words), .string(let word)) where words.contains(word): nil
        case (.text(let format), .string(let text)): misfit(text, format)
        case (.list(let element), .array(let elements)): misfit(elements, element)
        case (.map(let member), .object(let members)): misfit(members) { _ in member }
        case (.object(let fields), .object(let members)): misfit(members, fields)
        default: Misfit(expected: expectation(schema))
        }
    }

    private static func misfit(_ text: String, _ format: TextFormat) -> Misfit? {
        format.problem(text).map { problem in
            let hint = problem.hint.map { "; \($0)" } ?? ""
            return Misfit(expected: problem.expected + hint)
        }
    }

    private static func misfit(_ elements: [JSONValue], _ schema: Schema) -> Misfit? {
        elements.enumerated().lazy.compactMap { index, element in
            misfit(element, schema)?.below("\(index)")
        }.first
    }

    private static func misfit(_ members: [String: JSONValue], _ fields: ObjectSchema) -> Misfit? {
        if let unknown = members.keys.filter({ fields.field($0) == nil }).min() {
            return Misfit(path: [unknown], expected: "no such field")
        }
        let missing = fields.fields.first { $0.isRequired && members[$0.name] == nil }
        if let missing { return Misfit(path: [missing.name], expected: "a value") }
        return misfit(members) { fields.field($0)?.schema }
    }

    private static func misfit(
        _ members: [String: JSONValue],
        schema: (String) -> Schema?
    ) -> Misfit? {
        for (name, member) in members.sorted(by: { $0.key < $1.key }) {
            if let schema = schema(name), let misfit = misfit(member, schema) {
                return misfit.below(name)
            }
        }
        return nil
    }

    private static func expectation(_ schema: Schema) -> String {
        switch schema {
        case .boolean: "true or false"
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
        case .text(let format): format.expected
        case .choice(let words): "one of \(words.joined(separator: ", "))"
        case .secret: "a reference to a secret"
        case .scalar: "text, a number or a boolean"
        case .list: "a list, such as [\"…\"]"
        case .map, .object: "a mapping"
        case .anything: "a value"
        }
    }
}

extension SchemaFit.Misfit {
    fileprivate func below(_ name: String) -> SchemaFit.Misfit {
        var copy = self
        copy.path.insert(name, at: 0)
        return copy
    }
}
