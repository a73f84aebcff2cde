/// A value that goes into a statement or comes out of a row.
public enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
}

extension SQLValue {
    /// Text, or NULL where there is none.
    public init(_ text: String?) { self = text.map { .text($0) } ?? .null }
}

/// A statement with the values of its parameters.
public struct SQLStatement: Sendable, Hashable {
    /// One SQL statement. Drivers keep it prepared, so a text that differs only in values, which
    /// belong in `arguments`, is a waste.
    public let sql: String
    /// The values of `$1`, `$2`, ….
    public let arguments: [SQLValue]

    /// Joins a text with its values.
    public init(_ sql: String, _ arguments: [SQLValue] = []) {
        self.sql = sql
        self.arguments = arguments
    }
}
