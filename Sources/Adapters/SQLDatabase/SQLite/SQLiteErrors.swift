import GRDB
import GRDBSQLite

extension SQLError {
    /// Takes what GRDB or SQLite reported.
    init(_ error: any Error, place: String) {
        switch error {
        case let error as SQLError: self = error
        case let error as DatabaseError:
            self.init(
                code: error.extendedResultCode.rawValue,
                message: error.message ?? "",
                place: place
            )
        default: self.init(.other, message: "\(error)", place: place)
        }
    }

    /// Reads SQLite's extended result code (https://www.sqlite.org/rescode.html).
    init(code: Int32, message: String, place: String) {
        self.init(Self.reason(ofCode: code), code: code, message: message, place: place)
    }

    private static func reason(ofCode code: Int32) -> Reason {
        // The lower byte of an extended code is the primary one.
        switch code & 0xFF {
        case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH: .cannotOpen
        case SQLITE_READONLY: .readOnly
        case SQLITE_FULL: .diskFull
        case SQLITE_BUSY, SQLITE_LOCKED: .busy
        case SQLITE_CORRUPT: .corrupt
        case SQLITE_NOTADB: .notADatabase
        case SQLITE_CONSTRAINT: .constraint
        case SQLITE_IOERR: .inputOutput
        default: .other
        }
    }
}
