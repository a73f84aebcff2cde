/// Why a database could not do what it was asked: what happened, where, and what to do.
public struct SQLError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What a caller can act on.
    public let reason: Reason
    /// The database's own code: SQLite's extended result code; 0 where the finding is ours.
    public let code: Int32
    /// The database's own words.
    public let message: String
    /// The database's place.
    public let place: String

    /// What a caller can act on.
    public enum Reason: Sendable, Hashable {
        /// There is no database, and it was opened for reading only.
        case missing
        /// The directory that should hold the file does not exist.
        case noSuchDirectory
        /// The file or its directory may not be used by this user, or is no file.
        case cannotOpen
        /// The file or its directory may be read but not written.
        case readOnly
        /// There is no space left.
        case diskFull
        /// Another process held the database for longer than the driver waits.
        case busy
        /// The file is damaged.
        case corrupt
        /// The file is something else than a database.
        case notADatabase
        /// The database belongs to another program.
        case foreign
        /// A later version of the program has migrated the database.
        case newerSchema(found: Int, known: Int)
        /// A rule of a table was broken.
        case constraint
        /// Reading or writing the file failed.
        case inputOutput
        /// Anything else; code and message say what.
        case other
    }

    /// Describes a failure.
    public init(_ reason: Reason, code: Int32 = 0, message: String = "", place: String) {
        self.reason = reason
        self.code = code
        self.message = message
        self.place = place
    }

    /// The place, what happened, the database's words and what to do.
    public var description: String {
        let words = message.isEmpty ? "" : " (\(message)\(code == 0 ? "" : ", code \(code)"))"
        return "\(place): \(whatHappened)\(words)\(advice.map { "; \($0)" } ?? "")"
    }
}

extension SQLError {
    private var whatHappened: String {
        switch reason {
        case .missing: "there is no such database"
        case .noSuchDirectory: "the directory does not exist"
        case .cannotOpen: "the database cannot be opened"
        case .readOnly: "the database cannot be written"
        case .diskFull: "there is no space left"
        case .busy: "another process is writing to the database"
        case .corrupt: "the database is damaged"
        case .notADatabase: "this file is not a SQLite database"
        case .foreign: "this database belongs to another program"
        case .newerSchema(let found, let known):
            "the database is at schema version \(found), this program knows \(known)"
        case .constraint: "a rule of the table refused the row"
        case .inputOutput: "reading or writing the database failed"
        case .other: "the database reported an error"
        }
    }

    private var advice: String? {
        switch reason {
        case .missing: "apply creates it"
        case .noSuchDirectory: "create the directory, or name another place"
        case .cannotOpen: "check that it is a file that this user may read and write"
        case .readOnly: "check the permissions of the file and of its directory"
        case .diskFull: "free some space and run the command again"
        case .busy: "wait for it to end and run the command again"
        case .corrupt: "restore a backup; `sqlite3 FILE .recover` saves what can be read"
        case .notADatabase, .foreign: "name another place for the store"
        case .newerSchema: "use the version that migrated it, or a later one"
        case .constraint, .inputOutput, .other: nil
        }
    }
}
