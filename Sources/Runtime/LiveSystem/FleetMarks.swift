import ClaraModel
import SQLDatabase

/// What of a fleet was last applied.
public struct FleetMark: Sendable, Hashable {
    /// The revision, as `main@sha1:…`.
    public let revision: String
    /// When it was applied.
    public let appliedAt: Instant

    /// Describes an apply.
    public init(revision: String, appliedAt: Instant) {
        self.revision = revision
        self.appliedAt = appliedAt
    }
}

extension LiveStore {
    /// What was last applied, by the fleet's name.
    ///
    /// - Throws: `StoreError` where the database cannot be read.
    public func fleets() async throws(StoreError) -> [String: FleetMark] {
        try await read(orEmpty: [:]) { (snapshot) throws(SQLError) in
            var fleets: [String: FleetMark] = [:]
            try snapshot.forEachRow(SQLStatement(FleetSQL.select)) { row in
                guard let name = row.text(0), let time = row.instant(2) else { return }
                fleets[name] = FleetMark(revision: row.text(1) ?? "", appliedAt: time)
            }
            return fleets
        }
    }
}

extension LockedStore {
    /// Notes that a revision was applied, with everything that was to be applied of it.
    ///
    /// - Throws: `StoreError.lockLost`; `StoreError` of the database.
    public func noteApplied(_ provenance: Provenance) async throws(StoreError) {
        try await write([FleetSQL.note(provenance)])
    }
}

/// The statements on `fleets`.
enum FleetSQL {
    static let select = "SELECT name, revision, applied_at FROM fleets"
    static let upsert = """
        INSERT INTO fleets (name, revision, applied_at) VALUES ($1, $2, $3) \
        ON CONFLICT (name) DO UPDATE SET revision = excluded.revision, \
        applied_at = excluded.applied_at
        """

    static func note(_ provenance: Provenance) -> SQLStatement {
        SQLStatement(
            upsert,
            [
                .text(provenance.fleet), .text(provenance.revision),
                .text(provenance.now.description),
            ]
        )
    }
}
