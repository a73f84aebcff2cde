/// Where a store is: `sqlite:clara.db`, `sqlite:/var/lib/clara/clara.db`.
public struct StoreLocation: Sendable, Hashable, CustomStringConvertible {
    /// The path of the SQLite file.
    public let path: String

    /// Reads a location.
    ///
    /// - Throws: `StoreError` where it is none, or names a database that this version cannot use.
    public init(parsing text: String) throws(StoreError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        switch (parts.first, parts.count) {
        case ("postgres", 2), ("postgresql", 2): throw .postgreSQL
        case ("sqlite", 2) where !parts[1].isEmpty && parts[1] != ":memory:":
            path = String(parts[1])
        default: throw .notALocation(text)
        }
    }

    /// The SQLite file at a path.
    public init(sqlite path: String) { self.path = path }

    /// The text that `init(parsing:)` reads.
    public var description: String { "sqlite:\(path)" }
}
