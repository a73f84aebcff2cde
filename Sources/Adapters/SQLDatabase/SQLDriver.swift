/// A connection to a database, safe to use from any task. Everything that Clara keeps goes through
/// these few calls.
public protocol SQLDriver: Sendable {
    /// The database's place as a person would name it: a path or an address without its password.
    var place: String { get }

    /// Runs queries that all see the database as it was at one moment.
    ///
    /// - Parameter body: runs off the cooperative pool and may take its time.
    /// - Throws: `SQLError` of a query or of the connection.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any SQLSnapshot) throws(SQLError) -> Result
    ) async throws(SQLError) -> Result

    /// Runs transactions as one group with one durable commit. A transaction that is refused or
    /// fails is undone alone; the others stand.
    ///
    /// - Returns: what became of the group, after it is durable.
    /// - Throws: `SQLError` where the group as a whole could not be begun or made durable, or one
    ///   of its opening and closing statements failed; then nothing of it was kept.
    func commit(_ group: TransactionGroup) async throws(SQLError) -> GroupOutcome

    /// The number of the last migration that was run; 0 in an empty database.
    ///
    /// - Throws: `SQLError` where the database cannot be read, or is somebody else's.
    func schemaVersion() async throws(SQLError) -> Int

    /// Runs the migrations that the database has not seen, each in a transaction of its own.
    ///
    /// - Parameter time: the moment to note with them, as ISO 8601 in UTC.
    /// - Throws: `SQLError` with reason `newerSchema` where the database has seen migrations that
    ///   are not among these; it is left as it is.
    func migrate(_ migrations: [Migration], at time: String) async throws(SQLError)
}

/// A database as it was at one moment.
public protocol SQLSnapshot {
    /// Runs a query and lends its rows, one after the other.
    ///
    /// - Throws: `SQLError` of the database.
    func forEachRow(
        _ query: SQLStatement,
        _ body: (borrowing SQLRow) -> Void
    ) throws(SQLError)
}

/// One step of the schema's history. What was released never changes; a correction is the next
/// migration.
public struct Migration: Sendable {
    /// Its number; the first is 1 and none is left out.
    public let version: Int
    /// What it does, in a few words.
    public let name: String
    /// Statements, separated by semicolons.
    public let sql: String

    /// Describes a migration.
    public init(version: Int, name: String, sql: String) {
        self.version = version
        self.name = name
        self.sql = sql
    }
}
