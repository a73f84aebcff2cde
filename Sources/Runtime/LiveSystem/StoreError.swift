import ClaraModel
import SQLDatabase

/// Why the store could not do what it was asked.
public enum StoreError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The text names no store.
    case notALocation(String)
    /// The text names a PostgreSQL database.
    case postgreSQL
    /// The store was migrated by an earlier version and is only read here.
    case outdated(found: Int, known: Int, place: String)
    /// A content that is not the canonical JSON of its kind, at this byte.
    case malformedContent(ResourceAddress, byte: Int)
    /// The lock was lost before something could be written; nothing of it was kept.
    case lockLost(LockLoss)
    /// The database reported an error.
    case database(SQLError)

    /// What happened, where, and what to do.
    public var description: String {
        switch self {
        case .notALocation(let text):
            "`\(Self.scheme(of: text))` is not a store; write sqlite:PATH, such as sqlite:clara.db"
        case .postgreSQL:
            "this version keeps its store in SQLite only; write sqlite:PATH, such as sqlite:clara.db"
        case .outdated(let found, let known, let place):
            "\(place): the store is at schema version \(found), this program needs \(known); "
                + "the next apply migrates it"
        case .malformedContent(let address, let byte):
            "\(address): its content is not canonical JSON at byte \(byte); make a new plan"
        case .lockLost(let loss): "\(loss)"
        case .database(let error): error.description
        }
    }
}

extension StoreError {
    /// Takes an error of a driver or of the store itself.
    init(_ error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as SQLError: self = .database(error)
        default: self = .database(SQLError(.other, message: "\(error)", place: "the store"))
        }
    }

    /// The beginning of a location: behind its colon may stand a password.
    private static func scheme(of text: String) -> String {
        let scheme = text.prefix { $0 != ":" }
        return scheme.count < text.count ? "\(scheme):…" : String(scheme)
    }
}
