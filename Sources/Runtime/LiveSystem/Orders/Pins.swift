import ClaraModel
import SQLDatabase

/// An order that a fleet stays at a commit until its branch moves on.
public struct Pin: Sendable, Hashable {
    /// The fleet.
    public let fleet: String
    /// The revision to stay at, as `main@sha1:…`.
    public let revision: String
    /// Its commit.
    public let commit: String
    /// The branch's commit when the order was given; a newer one ends it.
    public let head: String
    /// Why.
    public let reason: String
    /// Who ordered it.
    public let by: String
    /// Since when.
    public let since: Instant

    /// What tells it from another order: `main@sha1:… since 2026-11-23T12:00:00Z`.
    public var name: String { "\(revision) since \(since)" }

    /// Describes an order.
    public init(
        fleet: String,
        revision: String,
        commit: String,
        head: String,
        reason: String,
        by: String,
        since: Instant
    ) {
        self.fleet = fleet
        self.revision = revision
        self.commit = commit
        self.head = head
        self.reason = reason
        self.by = by
        self.since = since
    }
}

extension LiveStore {
    /// The pins, by fleet.
    ///
    /// - Throws: `StoreError` where the database cannot be read.
    public func pins() async throws(StoreError) -> [String: Pin] {
        try await read(orEmpty: [:]) { (snapshot) throws(SQLError) in
            var pins: [String: Pin] = [:]
            try snapshot.forEachRow(SQLStatement(PinSQL.select)) { row in
                let pin = Pin(row)
                pins[pin.fleet] = pin
            }
            return pins
        }
    }
}

extension LockedStore {
    /// Orders that a fleet stays where it is told; an earlier order ends.
    ///
    /// - Throws: `StoreError.lockLost`; `StoreError` of the database.
    public func pin(_ pin: Pin) async throws(StoreError) {
        try await write([PinSQL.set(pin)])
    }

    /// Takes this very order back, and no other that was given since.
    ///
    /// - Returns: whether it still stood.
    /// - Throws: `StoreError.lockLost`; `StoreError` of the database.
    public func unpin(_ pin: Pin) async throws(StoreError) -> Bool {
        let values: [SQLValue] = [
            .text(pin.fleet), .text(pin.commit), .text(pin.head), .text(pin.since.description),
        ]
        return try await tryWrite("pin", SQLStatement(PinSQL.deleteOne, values))
    }

    /// Takes the order back.
    ///
    /// - Returns: whether there was one.
    /// - Throws: `StoreError.lockLost`; `StoreError` of the database.
    public func unpin(_ fleet: String) async throws(StoreError) -> Bool {
        try await tryWrite("pin", SQLStatement(PinSQL.delete, [.text(fleet)]))
    }
}

/// The statements on `pins`.
enum PinSQL {
    private static let columns = "fleet, revision, commit_id, head, reason, ordered_by, since"
    static let select = "SELECT \(columns) FROM pins"
    private static let upsert = """
        INSERT INTO pins (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7) \
        ON CONFLICT (fleet) DO UPDATE SET revision = excluded.revision, \
        commit_id = excluded.commit_id, head = excluded.head, reason = excluded.reason, \
        ordered_by = excluded.ordered_by, since = excluded.since
        """
    static let delete = "DELETE FROM pins WHERE fleet = $1"
    static let deleteOne =
        "DELETE FROM pins WHERE fleet = $1 AND commit_id = $2 AND head = $3 AND since = $4"

    static func set(_ pin: Pin) -> SQLStatement { SQLStatement(upsert, pin.values) }
}

extension Pin {
    fileprivate var values: [SQLValue] {
        [
            .text(fleet), .text(revision), .text(commit), .text(head), .text(reason), .text(by),
            .text(since.description),
        ]
    }

    fileprivate init(_ row: borrowing SQLRow) {
        self.init(
            fleet: row.text(0) ?? "",
            revision: row.text(1) ?? "",
            commit: row.text(2) ?? "",
            head: row.text(3) ?? "",
            reason: row.text(4) ?? "",
            by: row.text(5) ?? "",
            since: row.instant(6) ?? .epoch
        )
    }
}
