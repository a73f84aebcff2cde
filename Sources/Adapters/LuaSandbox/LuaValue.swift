/// A value that a program returned or passed on.
public enum LuaValue: Sendable, Hashable {
    case none
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case table(LuaTable)
    /// A function, or what else has no form outside of Lua, by the name of its type.
    case other(String)
}

/// A table: its elements from 1 on, and its fields by name.
public struct LuaTable: Sendable, Hashable {
    /// The elements.
    public var elements: [LuaValue]
    /// The fields.
    public var fields: [String: LuaValue]

    /// Describes a table.
    public init(elements: [LuaValue] = [], fields: [String: LuaValue] = [:]) {
        self.elements = elements
        self.fields = fields
    }
}

extension LuaValue {
    /// The text; nil for every other value.
    public var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// The table; nil for every other value.
    public var table: LuaTable? {
        if case .table(let table) = self { table } else { nil }
    }

    /// The value's type, in Lua's words.
    public var type: String {
        switch self {
        case .none: "nil"
        case .bool: "boolean"
        case .integer, .number: "number"
        case .text: "string"
        case .table: "table"
        case .other(let type): type
        }
    }
}
