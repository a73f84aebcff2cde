import ClaraModel

/// Where a fleet stood in its history when a plan was saved. The plan leads from there to its
/// revision, and fits nowhere else: what was applied since may be newer.
public struct SavedCourse: Sendable, Hashable {
    /// The revisions that something was applied of last.
    public let applied: [String]
    /// The order that held the fleet, by its revision and its moment; nil where none did.
    public let pin: String?
    /// How many tenants git declares, broken ones included.
    public let declaredTenants: Int

    /// The last day, in UTC, on which every exemption holds that a policy has made for the plan;
    /// nil where none was.
    public let exemptUntil: CivilDate?

    /// Describes where a fleet stands.
    public init(
        applied: [String],
        pin: String?,
        declaredTenants: Int,
        exemptUntil: CivilDate?
    ) {
        self.applied = applied
        self.pin = pin
        self.declaredTenants = declaredTenants
        self.exemptUntil = exemptUntil
    }

    /// Checks that a plan that was saved here fits where the fleet stands now.
    ///
    /// - Throws: `SavedPlanError` where it does not.
    public func check(
        applied: [String],
        pin: String?,
        at now: Instant
    ) throws(SavedPlanError) {
        if pin != self.pin { throw .pinMoved(pin) }
        if applied != self.applied { throw .overtaken(by: applied.first) }
        if let exemptUntil, exemptUntil.end <= now {
            throw .exemptionEnded(exemptUntil)
        }
    }

    var saved: JSONValue {
        .present([
            "applied": .array(applied.map { .string($0) }), "pin": pin.map { .string($0) },
            "declared_tenants": .count(declaredTenants),
            "exempt_until": exemptUntil.map { .string($0.description) },
        ])
    }

    init(saved: SavedValue) throws(SavedPlanError) {
        self.init(
            applied: try saved["applied"].list(SavedValue.readText),
            pin: try saved["pin"].optional(SavedValue.readText),
            declaredTenants: try saved["declared_tenants"].count(),
            exemptUntil: try saved["exempt_until"].optional { date throws(SavedPlanError) in
                try date.parsed()
            }
        )
    }
}
