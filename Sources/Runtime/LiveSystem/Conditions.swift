import ClaraModel
import SQLDatabase

/// One thing that is to be known of a tenant, in the way of Kubernetes' conditions.
public struct Condition: Sendable, Hashable {
    /// What it is about.
    public let type: Kind
    /// Whether it holds.
    public let status: Status
    /// Why, as one word for programs.
    public let reason: String
    /// Why, for people.
    public let message: String
    /// When `status` last changed.
    public let lastTransitionTime: Instant
    /// The revision that was looked at.
    public let observedRevision: String

    /// What a condition is about.
    public enum Kind: String, Sendable, CaseIterable {
        /// Live is what git says.
        case ready = "Ready"
        /// It is being brought there.
        case reconciling = "Reconciling"
        /// It cannot be brought there without a person.
        case stalled = "Stalled"
        /// Somebody changed live.
        case drifted = "Drifted"
    }

    /// Whether a condition holds.
    public enum Status: String, Sendable {
        case yes = "True"
        case no = "False"
        case unknown = "Unknown"
    }

    /// Describes a condition.
    public init(
        type: Kind,
        status: Status,
        reason: String,
        message: String,
        lastTransitionTime: Instant,
        observedRevision: String
    ) {
        self.type = type
        self.status = status
        self.reason = reason
        self.message = message
        self.lastTransitionTime = lastTransitionTime
        self.observedRevision = observedRevision
    }
}

extension LiveStore {
    /// The conditions of every tenant that has any, sorted by type.
    ///
    /// - Throws: `StoreError` where the database cannot be read.
    public func conditions() async throws(StoreError) -> [String: [Condition]] {
        try await read(orEmpty: [:]) { (snapshot) throws(SQLError) in
            var conditions: [String: [Condition]] = [:]
            try snapshot.forEachRow(SQLStatement(ConditionSQL.select)) { row in
                guard let tenant = row.text(0), let condition = Condition(row) else { return }
                conditions[tenant, default: []].append(condition)
            }
            return conditions
        }
    }
}

extension LockedStore {
    /// Sets conditions of tenants. The time of the last transition is kept where the status stays.
    ///
    /// - Throws: `StoreError.lockLost`; `StoreError` of the database.
    public func setConditions(_ conditions: [String: [Condition]]) async throws(StoreError) {
        try await write(ConditionSQL.statements(conditions))
    }
}

extension Condition {
    /// Nil for a row that Clara has not written.
    fileprivate init?(_ row: borrowing SQLRow) {
        guard let type = row.text(1).flatMap(Kind.init(rawValue:)),
            let status = row.text(2).flatMap(Status.init(rawValue:)), let since = row.instant(5)
        else { return nil }
        self.init(
            type: type,
            status: status,
            reason: row.text(3) ?? "",
            message: row.text(4) ?? "",
            lastTransitionTime: since,
            observedRevision: row.text(6) ?? ""
        )
    }

    fileprivate func values(of tenant: String) -> [SQLValue] {
        [
            .text(tenant), .text(type.rawValue), .text(status.rawValue), .text(reason),
            .text(message), .text(lastTransitionTime.description), .text(observedRevision),
        ]
    }
}

/// The statements on `conditions`.
enum ConditionSQL {
    static let select = """
        SELECT tenant, type, status, reason, message, last_transition_time, observed_revision \
        FROM conditions ORDER BY tenant, type
        """
    static let upsert = """
        INSERT INTO conditions \
        (tenant, type, status, reason, message, last_transition_time, observed_revision) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) \
        ON CONFLICT (tenant, type) DO UPDATE SET \
        last_transition_time = CASE WHEN conditions.status = excluded.status \
        THEN conditions.last_transition_time ELSE excluded.last_transition_time END, \
        status = excluded.status, reason = excluded.reason, message = excluded.message, \
        observed_revision = excluded.observed_revision
        """
    static let deleteAll = "DELETE FROM conditions WHERE tenant = $1"

    /// Sets conditions of tenants.
    static func statements(_ conditions: [String: [Condition]]) -> [SQLStatement] {
        conditions.sorted { $0.key < $1.key }.flatMap { tenant, conditions in
            conditions.map { SQLStatement(upsert, $0.values(of: tenant)) }
        }
    }
}
