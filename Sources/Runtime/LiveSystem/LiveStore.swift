import ClaraModel
import SQLDatabase

/// The store of everything live.
public struct LiveStore: Sendable {
    /// Nil where a store that does not exist yet was opened for reading: it holds nothing.
    private let driver: (any SQLDriver)?
    /// The world around it.
    let environment: StoreEnvironment

    /// What a store is opened for.
    public enum Access: Sendable {
        /// Reads. A store that does not exist, or was never applied to, is empty, and stays so.
        case reading
        /// Reads and writes. Creates and migrates the store.
        case writing
    }

    /// Opens a store.
    ///
    /// - Throws: `StoreError`; for a database that a later version has migrated too, and, where it
    ///   is opened for reading, for one of an earlier version.
    public static func open(
        _ location: StoreLocation,
        for access: Access,
        in environment: StoreEnvironment
    ) async throws(StoreError) -> LiveStore {
        switch access {
        case .reading: try await openForReading(location, environment)
        case .writing: try await openForWriting(location, environment)
        }
    }

    /// Takes a driver whose database has been migrated.
    init(driver: (any SQLDriver)?, environment: StoreEnvironment) {
        self.driver = driver
        self.environment = environment
    }

    /// The time.
    public func now() -> Instant { environment.clock() }

    private static func openForWriting(
        _ location: StoreLocation,
        _ environment: StoreEnvironment
    ) async throws(StoreError) -> LiveStore {
        let store: LiveStore
        do {
            let clock = environment.clock
            let driver = try SQLiteDriver(path: location.path, access: .writing) {
                clock().description
            }
            try await driver.migrate(storeMigrations, at: clock().description)
            store = LiveStore(driver: driver, environment: environment)
        } catch {
            throw StoreError(error)
        }
        try await store.identify(environment.random)
        return store
    }

    private static func openForReading(
        _ location: StoreLocation,
        _ environment: StoreEnvironment
    ) async throws(StoreError) -> LiveStore {
        do {
            let driver = try SQLiteDriver(path: location.path, access: .reading)
            let found = try await driver.schemaVersion()
            let checked = found == 0 ? nil : try checked(driver, at: found)
            return LiveStore(driver: checked, environment: environment)
        } catch {
            let failure = StoreError(error)
            if case .database(let error) = failure, error.reason == .missing {
                return LiveStore(driver: nil, environment: environment)
            }
            throw failure
        }
    }

    /// Refuses a schema that is not exactly the one that the queries are written for.
    private static func checked(_ driver: SQLiteDriver, at found: Int) throws -> SQLiteDriver {
        let known = storeMigrations.last?.version ?? 0
        guard found <= known else {
            throw SQLError(.newerSchema(found: found, known: known), place: driver.place)
        }
        guard found == known else {
            throw StoreError.outdated(found: found, known: known, place: driver.place)
        }
        return driver
    }
}

extension LiveStore {
    /// Reads in one snapshot.
    ///
    /// - Returns: what `body` made of it, or `empty` where there is no store yet.
    func read<Result: Sendable>(
        orEmpty empty: Result,
        _ body: @escaping @Sendable (any SQLSnapshot) throws(SQLError) -> Result
    ) async throws(StoreError) -> Result {
        guard let driver else { return empty }
        do {
            return try await driver.read(body)
        } catch {
            throw .database(error)
        }
    }

    /// The database's place, in messages.
    var place: String { driver?.place ?? "the store" }

    /// Commits a group of transactions durably.
    func commit(_ group: TransactionGroup) async throws(StoreError) -> GroupOutcome {
        guard let driver else {
            throw .database(SQLError(.readOnly, message: "opened for reading", place: place))
        }
        do {
            return try await driver.commit(group)
        } catch {
            throw .database(error)
        }
    }

    /// Commits statements that nothing can refuse.
    func write(_ label: String, _ statements: [SQLStatement]) async throws(StoreError) {
        guard !statements.isEmpty else { return }
        let guarded = statements.map { GuardedStatement($0, expects: .any, subject: label) }
        _ = try await commit(TransactionGroup(opening: guarded, transactions: []))
    }

    /// Commits a statement that finds one row, or does nothing.
    ///
    /// - Returns: whether it found a row.
    func tryWrite(_ statement: SQLStatement) async throws(StoreError) -> Bool {
        let guarded = GuardedStatement(statement, expects: .exactly(1), subject: "the row")
        let group = TransactionGroup(opening: [guarded], transactions: [])
        if case .kept = try await commit(group) { return true }
        return false
    }
}
