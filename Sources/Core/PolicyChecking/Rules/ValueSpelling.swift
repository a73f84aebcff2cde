import ClaraModel
import LuaSandbox

extension LuaTapeWriter {
    /// Writes a JSON value; null is the absence of a value, as in Lua.
    mutating func json(_ value: JSONValue) {
        switch value {
        case .null: none()
        case .bool(let flag): bool(flag)
        case .integer(let number): integer(number)
        case .number(let value): number(value)
        case .string(let words): text(words)
        case .array(let elements): list(elements) { $0.json($1) }
        case .object(let members): object(members)
        }
    }

    /// Writes the members of an object.
    mutating func object(_ members: [String: JSONValue]) {
        fields { fields in
            for (name, value) in members { fields.field(name) { $0.json(value) } }
        }
    }

    /// Writes labels, or other texts by name.
    mutating func texts(_ texts: [String: String]) {
        fields { fields in
            for (name, text) in texts { fields.field(name, text) }
        }
    }
}

extension LuaValue {
    /// The value as JSON; what has no form there is null.
    var json: JSONValue {
        switch self {
        case .none, .other: .null
        case .bool(let flag): .bool(flag)
        case .integer(let number): .integer(number)
        case .number(let number): .number(number)
        case .text(let text): .string(text)
        case .table(let table) where table.fields.isEmpty && !table.elements.isEmpty:
            .array(table.elements.map(\.json))
        case .table(let table): .object(table.fields.mapValues(\.json))
        }
    }
}
