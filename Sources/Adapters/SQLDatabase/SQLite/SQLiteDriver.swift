import GRDB

/// The driver over a SQLite file: WAL, `synchronous=FULL`, foreign keys, recursive triggers.
///
/// One connection serves all callers in turn; another process, or another driver in this one, may
/// use the same file at the same time.
public final class SQLiteDriver: SQLDriver {
    /// The path that was opened.
    public let place: String
    private let queue: DatabaseQueue

    /// What a connection may do.
    public enum Access: Sendable {
        /// Reads, and never creates a file.
        case reading
        /// Reads and writes, and creates the file, readable to its owner only.
        case writing
    }

    /// How long a statement waits for another process, in seconds. A group commit holds the
    /// database for well under a second; a process that waits longer meets one that hangs.
    public static let busySeconds = 10

    /// How much of the file a writer keeps in memory, in KiB. A group commit touches pages all over
    /// the index of slots; with SQLite's own 2 MiB it reads and writes most of them several times.
    static let cacheKibibytes = 65_536

    /// How many pages of 4 KiB the write-ahead log gathers before they are copied into the file.
    /// Ten times SQLite's own, because a large apply changes the same pages in every group; the
    /// log still stays under 50 MB.
    static let checkpointPages = 10_000

    /// The SQL function that tells the time of the driver's clock. A statement that asks for it is
    /// answered when it runs, which may be long after it was made.
    public static let clockFunction = "clara_now"

    /// The SQL function that gives a text as `SQLRow.text` does: what is not UTF-8 in it is
    /// replaced by U+FFFD. Other databases hold no such text, so that there it is the identity.
    public static let repairFunction = "clara_text"

    /// Opens a database file.
    ///
    /// - Parameter clock: what `clockFunction` answers, as ISO 8601 in UTC; the function does not
    ///   exist where there is none.
    /// - Throws: `SQLError`; its reason is `missing` where there is no file to read.
    public init(
        path: String,
        access: Access,
        clock: (@Sendable () -> String)? = nil
    ) throws(SQLError) {
        place = path
        queue = try SQLiteOpening(path: path, clock: clock).open(access)
    }

    /// Runs queries between `BEGIN` and `ROLLBACK`, which in WAL mode see one moment and block no
    /// writer.
    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLSnapshot) throws(SQLError) -> Result
    ) async throws(SQLError) -> Result {
        try await run { (connection) throws(SQLError) in
            try connection.execute("BEGIN")
            defer { connection.rollBack() }
            return try body(connection)
        }
    }

    /// Runs a group under one `BEGIN IMMEDIATE`, with a savepoint for each transaction.
    public func commit(_ group: TransactionGroup) async throws(SQLError) -> GroupOutcome {
        try await run { (connection) throws(SQLError) in try connection.commit(group) }
    }

    /// Reads the last number in `schema_migrations`.
    public func schemaVersion() async throws(SQLError) -> Int {
        try await run { (connection) throws(SQLError) in try connection.schemaVersion() }
    }

    /// Runs what is pending; of several processes that start at once, one runs each migration.
    public func migrate(_ migrations: [Migration], at time: String) async throws(SQLError) {
        try await run { (connection) throws(SQLError) in
            try connection.migrate(migrations, at: time)
        }
    }

    /// Runs work on the connection's own queue. It cannot be cancelled half way: a group commit is
    /// short, and a caller must learn what became of it.
    private func run<Result: Sendable>(
        _ work: @escaping @Sendable (SQLiteConnection) throws(SQLError) -> Result
    ) async throws(SQLError) -> Result {
        let place = place
        let result: Swift.Result<Result, SQLError> = await withCheckedContinuation { waiting in
            queue.asyncWriteWithoutTransaction { database in
                let connection = SQLiteConnection(database: database, place: place)
                waiting.resume(
                    returning: Swift.Result { () throws(SQLError) in try work(connection) }
                )
            }
        }
        return try result.get()
    }
}
