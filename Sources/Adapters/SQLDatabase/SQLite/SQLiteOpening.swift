import FoundationEssentials
import GRDB
import Glibc

/// Opens a database file and says precisely why it cannot.
struct SQLiteOpening {
    let path: String
    let clock: (@Sendable () -> String)?

    func open(_ access: SQLiteDriver.Access) throws(SQLError) -> DatabaseQueue {
        switch access {
        case .reading: try openForReading()
        case .writing: try openForWriting()
        }
    }

    private func openForWriting() throws(SQLError) -> DatabaseQueue {
        try createPrivately()
        var configuration = configuration
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL")
            // REPLACE must fire the triggers of the rows that it deletes.
            try database.execute(sql: "PRAGMA recursive_triggers = ON")
            // What a savepoint needs to be undone is the size of one tenant: not worth a file.
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
            try database.execute(sql: "PRAGMA cache_size = -\(SQLiteDriver.cacheKibibytes)")
            try database.execute(sql: "PRAGMA wal_autocheckpoint = \(SQLiteDriver.checkpointPages)")
        }
        return try connect(file, configuration)
    }

    /// Opens without creating anything but SQLite's own `-shm` and `-wal` beside a file in WAL
    /// mode. Where the directory cannot be written they cannot appear; a file that no process has
    /// left half written (no `-wal`) is then read as one that cannot change.
    private func openForReading() throws(SQLError) -> DatabaseQueue {
        guard exists(path) else { throw SQLError(.missing, place: path) }
        var configuration = configuration
        configuration.readonly = true
        do {
            return try connect(file, configuration)
        } catch {
            guard error.reason == .cannotOpen || error.reason == .readOnly, !exists(path + "-wal")
            else { throw error }
            return try connect(immutableFile, configuration)
        }
    }

    private var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "clara.sqlite"
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(TimeInterval(SQLiteDriver.busySeconds))
        // Values of statements never belong in an error: they may be a client's text.
        configuration.publicStatementArguments = false
        let functions = functions
        configuration.prepareDatabase { database in functions.forEach(database.add(function:)) }
        return configuration
    }

    private var functions: [DatabaseFunction] {
        let repair = DatabaseFunction(SQLiteDriver.repairFunction, argumentCount: 1, pure: true) {
            values in Self.repaired(values[0])
        }
        guard let clock else { return [repair] }
        return [
            repair,
            DatabaseFunction(SQLiteDriver.clockFunction, argumentCount: 0) { _ in clock() },
        ]
    }

    /// GRDB decodes a text like Swift does, which is what an observation does too.
    private static func repaired(_ value: DatabaseValue) -> (any DatabaseValueConvertible)? {
        if case .string(let text) = value.storage { text } else { value }
    }

    private func connect(
        _ file: String,
        _ configuration: Configuration
    ) throws(SQLError) -> DatabaseQueue {
        do {
            return try DatabaseQueue(path: file, configuration: configuration)
        } catch {
            throw explain(SQLError(error, place: path))
        }
    }

    /// SQLite reports failures to open much alike; what is there tells some of them apart.
    private func explain(_ error: SQLError) -> SQLError {
        var isDirectory = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory {
            return SQLError(
                .cannotOpen,
                code: error.code,
                message: "it is a directory",
                place: path
            )
        }
        guard error.reason == .cannotOpen, !exists(directory) else { return error }
        return SQLError(.noSuchDirectory, code: error.code, message: directory, place: path)
    }

    /// Creates the file for its owner alone; SQLite gives its `-wal` and `-shm` the same mode. An
    /// existing file keeps its mode. `O_EXCL` also keeps this from ever closing a file that another
    /// connection of the process has locked, which would drop its locks.
    private func createPrivately() throws(SQLError) {
        let handle = Self.create(file)
        if handle >= 0 { close(handle) }
        // Every failure but "it exists" is met again, and reported, when SQLite opens the file.
    }

    private static func create(_ path: String) -> Int32 {
        Glibc.open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    private var directory: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The path in a form that SQLite cannot take for a URI or for `:memory:`.
    private var file: String { path.hasPrefix("/") ? path : "./\(path)" }

    /// The URI that has SQLite read the file without locks or a `-shm`
    /// (https://www.sqlite.org/uri.html).
    private var immutableFile: String {
        let escaped = file.utf8.map { byte in
            Self.isPlain(byte)
                ? String(UnicodeScalar(byte))
                : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return "file:\(escaped.joined())?immutable=1"
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte < 0x80 && byte > 0x20 && !"%?#".utf8.contains(byte)
    }
}
