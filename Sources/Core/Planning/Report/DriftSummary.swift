/// The drift of a fleet in numbers.
public struct DriftSummary: Sendable, Hashable {
    /// Tenants in which somebody changed something by hand.
    public let tenants: Int
    /// The resources that were changed.
    public let resources: Int
    /// Tenants that are managed and whose live state is as it was applied, with nothing held or
    /// withheld.
    public let inSync: Int
    /// Tenants that could not be judged.
    public let blocked: Int
    /// Live rows that no fleet manages.
    public let unmanaged: Int
    /// Resources that a protection keeps from what git says.
    public let withheld: Int
    /// Fields that are not as git says by order.
    public let held: Int
    /// Tenants that are retired and kept.
    public let retired: Int
    /// Tenants that are in git and have never been applied.
    public let unapplied: Int

    init(_ drift: [TenantDrift], inSync: Int, unapplied: Int) {
        tenants = drift.count { !$0.resources.isEmpty }
        resources = drift.reduce(0) { $0 + $1.resources.count }
        blocked = drift.count { $0.blocked != nil }
        unmanaged = drift.reduce(0) { $0 + $1.unmanaged.count }
        withheld = drift.reduce(0) { $0 + $1.withheld.count }
        held = drift.reduce(0) { $0 + $1.held.count }
        retired = drift.count { $0.retirement != nil }
        self.inSync = inSync
        self.unapplied = unapplied
    }
}

extension DriftSummary: CustomStringConvertible {
    /// `Drift: 2 tenants drifted (3 resources); 1 blocked; 1 unmanaged.`, or `No drift.`
    public var description: String {
        let drift =
            tenants == 0
            ? "No drift"
            : "Drift: \(Quantity(tenants, "tenant")) drifted (\(Quantity(resources, "resource")))"
        return ([drift] + notices).joined(separator: "; ") + "."
    }

    /// `1 blocked`, `2 held`: what else was found.
    var notices: [String] {
        [
            (blocked, "blocked"), (unmanaged, "unmanaged"), (withheld, "withheld"),
            (held, "held"), (retired, "retired"), (unapplied, "not applied yet"),
        ].filter { $0.0 > 0 }.map { "\(Quantity.grouped($0.0)) \($0.1)" }
    }
}
