import ClaraModel
import SQLDatabase

/// Something that people should know.
public struct EventNote: Sendable, Hashable {
    /// The tenant that it is about; nil for the fleet.
    public let tenant: String?
    /// Whether somebody has to look after it.
    public let type: Kind
    /// What happened, as one word for programs.
    public let reason: String
    /// What happened, for people.
    public let message: String
    /// The revision at the time.
    public let revision: String

    /// Whether somebody has to look after it.
    public enum Kind: String, Sendable, CaseIterable {
        case normal = "Normal"
        case warning = "Warning"
    }

    /// Describes what happened.
    public init(tenant: String?, type: Kind, reason: String, message: String, revision: String) {
        self.tenant = tenant
        self.type = type
        self.reason = reason
        self.message = message
        self.revision = revision
    }
}

/// An event, with all its repeats.
public struct StoreEvent: Sendable, Hashable {
    /// What tells it from others.
    public let sequence: Int64
    /// When it was first noted.
    public let first: Instant
    /// When it was last noted.
    public let last: Instant
    /// How often.
    public let count: Int
    /// What happened, as it was last noted.
    public let note: EventNote
}

extension LiveStore {
    /// Events by the time at which they were last noted, the latest first.
    ///
    /// - Parameters:
    ///   - limit: at most so many.
    ///   - tenant: only those about this tenant.
    ///   - since: only those that were noted at this moment or later.
    /// - Throws: `StoreError` where the database cannot be read.
    public func events(
        limit: Int,
        tenant: String? = nil,
        since: Instant? = nil
    ) async throws(StoreError) -> [StoreEvent] {
        let query = SQLStatement(
            EventSQL.select,
            [SQLValue(tenant), .text((since ?? .epoch).description), .integer(Int64(limit))]
        )
        return try await read(orEmpty: []) { (snapshot) throws(SQLError) in
            var events: [StoreEvent] = []
            try snapshot.forEachRow(query) { row in
                if let event = StoreEvent(row) { events.append(event) }
            }
            return events
        }
    }
}

extension LiveStore {
    /// The events of the fleet as a whole, as `events(limit:tenant:since:)` gives a tenant's.
    ///
    /// - Throws: `StoreError` where the database cannot be read.
    public func fleetEvents(
        limit: Int,
        since: Instant? = nil
    ) async throws(StoreError) -> [StoreEvent] {
        try await events(limit: limit, tenant: EventNote.fleet, since: since)
    }
}

extension LockedStore {
    /// Notes what happened; what was noted before is counted.
    ///
    /// - Throws: `StoreError.lockLost`; `StoreError` of the database.
    public func note(_ events: [EventNote]) async throws(StoreError) {
        let now = now()
        try await write(events.map { SQLStatement(EventSQL.upsert, $0.values(at: now)) })
    }
}

private enum EventSQL {
    static let select = """
        SELECT seq, at, last_at, count, tenant, type, reason, message, revision FROM events \
        WHERE tenant = COALESCE($1, tenant) AND last_at >= $2 \
        ORDER BY last_at DESC, seq DESC LIMIT $3
        """
    static let upsert = """
        INSERT INTO events (at, last_at, count, tenant, type, reason, message, revision) \
        VALUES ($1, $1, 1, $2, $3, $4, $5, $6) \
        ON CONFLICT (tenant, reason, message) DO UPDATE SET count = events.count + 1, \
        last_at = excluded.last_at, type = excluded.type, revision = excluded.revision
        """
}

extension EventNote {
    /// What stands for a tenant's name in an event of the fleet.
    fileprivate static let fleet = ""

    fileprivate func values(at now: Instant) -> [SQLValue] {
        [
            .text(now.description), .text(tenant ?? Self.fleet), .text(type.rawValue),
            .text(reason),
            .text(message), .text(revision),
        ]
    }
}

extension StoreEvent {
    /// Nil for a row that Clara has not written.
    fileprivate init?(_ row: borrowing SQLRow) {
        guard let sequence = row.integer(0), let first = row.instant(1), let last = row.instant(2),
            let type = row.text(5).flatMap(EventNote.Kind.init(rawValue:)),
            let tenant = row.text(4)
        else { return nil }
        self.init(
            sequence: sequence,
            first: first,
            last: last,
            count: Int(row.integer(3) ?? 1),
            note: EventNote(
                tenant: tenant.isEmpty ? nil : tenant,
                type: type,
                reason: row.text(6) ?? "",
                message: row.text(7) ?? "",
                revision: row.text(8) ?? ""
            )
        )
    }
}
