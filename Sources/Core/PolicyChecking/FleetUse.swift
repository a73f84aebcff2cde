import ClaraModel
import Planning

extension PolicySet {
    /// Whether a policy that the plan may concern can look at tenants that the plan does not
    /// change: to know, all of the fleet has to be observed.
    public func looksAround(in plan: Plan) -> Bool {
        let around = policies.filter(\.looksAround)
        if around.isEmpty { return false }
        return plan.tenants.lazy.flatMap(\.steps).contains { step in
            let action = PolicyMatchSpec.Action(step.action)
            return around.contains { $0.match.mayConcern(step.address, action) }
        }
    }
}

extension Policy {
    /// Whether its rule can reach `fleet`. A rule that can reach the table of all names may reach
    /// it by a name that it puts together, so that it counts too.
    fileprivate var looksAround: Bool {
        ["fleet", "_G", "_ENV"].contains { spec.rule.contains($0) }
    }
}
