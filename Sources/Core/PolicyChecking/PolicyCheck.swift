import ClaraModel
import Planning

/// Asks policies what they say to a plan.
///
/// Only resources that the plan's steps touch are looked at, and policies about the plan as a
/// whole; a tenant that is in sync costs nothing. So a resource that broke a rule before the rule
/// was there is found when it changes next.
public struct PolicyCheck: Sendable {
    private let set: PolicySet
    private let now: Instant

    /// - Parameters:
    ///   - set: the policies. For a change that was proposed and not agreed on, those of its base.
    ///   - now: the moment as of which exemptions hold.
    public init(_ set: PolicySet, now: Instant) {
        self.set = set
        self.now = now
    }

    /// What the policies say to a plan, sorted.
    ///
    /// - Parameters:
    ///   - plan: the plan.
    ///   - fleet: the fleet as the plan leaves it.
    ///   - base: the fleet at the base of a proposed change. A label that a policy matches fits as
    ///     it is live, in the base or in the proposal, of the resource or of its tenant, so that no
    ///     proposal gets round a policy by changing labels.
    public func check(
        _ plan: Plan,
        fleet: FleetView,
        base: FleetView? = nil
    ) -> [PolicyFinding] {
        if set.isEmpty || plan.isEmpty { return [] }
        let labels = LabelLookup(fleet: fleet, base: base)
        let run = PolicyRun(fleet: fleet, plan: PlanFacts(plan), now: now)
        var matches = [Int](repeating: 0, count: set.policies.count)
        for step in plan.tenants.lazy.flatMap(\.steps) {
            let action = PolicyMatchSpec.Action(step.action)
            var subject: RuleSubject?
            for (index, policy) in set.policies.enumerated()
            where policy.match.mayConcern(step.address, action)
                && policy.concerns(labels.labels(of: step))
            {
                matches[index] += 1
                if policy.isAboutPlan { continue }
                let known = subject ?? RuleSubject(step)
                subject = known
                run.ask(policy, about: known)
            }
        }
        for (index, policy) in set.policies.enumerated()
        where policy.isAboutPlan && matches[index] > 0 {
            run.ask(policy, aboutPlanMatching: matches[index])
        }
        return run.findings.sorted()
    }
}

extension Policy {
    fileprivate func concerns(_ labels: @autoclosure () -> [[String: String]]) -> Bool {
        !match.needsLabels || match.fits(labels())
    }
}
