/// The drift of a fleet in numbers.
public struct DriftSummary: Sendable, Hashable {
    /// Tenants in which somebody changed something by hand.
    public let tenants: Int
    /// The resources that were changed.
    public let resources: Int
    /// Tenants whose live state agrees with the last apply.
    public let inSync: Int
    /// Tenants that could not be judged.
    public let blocked: Int
    /// Live rows that no fleet manages.
    public let unmanaged: Int
}

extension PlanReport {
    /// The drift in numbers.
    public var drift: DriftSummary {
        let drifted = drifted
        return DriftSummary(
            tenants: drifted.count,
            resources: drifted.reduce(0) { $0 + $1.steps.count(where: \.isDrifted) },
            inSync: plan.tenantCount - drifted.count - blocked.count,
            blocked: blocked.count,
            unmanaged: unmanaged.count
        )
    }
}

extension DriftSummary: CustomStringConvertible {
    /// `Drift: 2 tenants drifted (3 resources); 1 blocked; 1 unmanaged.`, or `No drift.`
    public var description: String {
        let drift =
            tenants == 0
            ? "No drift"
            : "Drift: \(Quantity(tenants, "tenant")) drifted (\(Quantity(resources, "resource")))"
        let others = [(blocked, "blocked"), (unmanaged, "unmanaged")].filter { $0.0 > 0 }
        return ([drift] + others.map { "\($0.0) \($0.1)" }).joined(separator: "; ") + "."
    }
}
