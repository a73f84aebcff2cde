import ClaraModel
import SQLDatabase

/// The store of everything live.
public struct LiveStore: Sendable {
    /// Nil where a store that does not exist yet was opened for reading: it holds nothing.
    private let driver: (any SQLDriver)?

    /// What a store is opened for.
    public enum Access: Sendable {
        /// Reads. A store that does not exist, or was never applied to, is empty, and stays so.
        case reading
        /// Reads and writes. Creates and migrates the store.
        case writing
    }

    /// Opens a store.
    ///
    /// - Parameter now: noted with the migrations that this runs.
    /// - Throws: `StoreError`; for a database that a later version has migrated too.
    public static func open(
        _ location: StoreLocation,
        for access: Access,
        now: Instant
    ) async throws(StoreError) -> LiveStore {
        switch access {
        case .reading: try await openForReading(location)
        case .writing: try await openForWriting(location, now)
        }
    }

    /// Takes a driver whose database has been migrated.
    init(driver: (any SQLDriver)?) { self.driver = driver }

    private static func openForWriting(
        _ location: StoreLocation,
        _ now: Instant
    ) async throws(StoreError) -> LiveStore {
        do {
            let driver = try SQLiteDriver(path: location.path, access: .writing)
            try await driver.migrate(storeMigrations, at: now.description)
            return LiveStore(driver: driver)
        } catch {
            throw StoreError(error)
        }
    }

    private static func openForReading(
        _ location: StoreLocation
    ) async throws(StoreError) -> LiveStore {
        do {
            let driver = try SQLiteDriver(path: location.path, access: .reading)
            let found = try await driver.schemaVersion()
            return LiveStore(driver: found == 0 ? nil : try checked(driver, at: found))
        } catch {
            let failure = StoreError(error)
            if case .database(let error) = failure, error.reason == .missing {
                return LiveStore(driver: nil)
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

    /// Commits a group of transactions durably.
    func commit(_ group: [SQLTransaction]) async throws(StoreError) -> [TransactionOutcome] {
        guard let driver else {
            throw .database(
                SQLError(.readOnly, message: "opened for reading", place: "the store")
            )
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
        let outcomes = try await commit([SQLTransaction(label: label, statements: guarded)])
        if case .failed(let error) = outcomes.first { throw .database(error) }
    }
}
