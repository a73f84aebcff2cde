import ClaraModel
import ManifestLoading

/// What a policy has to say to a plan.
public struct PolicyFinding: Sendable, Hashable {
    /// The policy's name.
    public let policy: String
    /// What the finding does: `deny` refuses the plan. Of whom is exempt it is `audit`.
    public let enforcement: PolicySpec.Enforcement
    /// The resource; nil where the plan as a whole is meant.
    public let address: ResourceAddress?
    /// The field of its spec, such as `posts.perDay`, where the rule names one.
    public let field: String?
    /// What is wrong, for the person who reads the plan.
    public let message: String
    /// Where the resource is declared, or the rule where that failed; nil where that is not known.
    public let origin: Origin?
    /// Whether the rule came to its end.
    public let cause: Cause
    /// Set where an exemption holds.
    public let exemption: Exempted?

    /// Why there is a finding.
    public enum Cause: Sendable, Hashable {
        /// The rule says so.
        case violation
        /// The rule failed, at a place in the policy's file.
        case ruleFailed(at: Place)
    }

    /// An exemption that holds.
    public struct Exempted: Sendable, Hashable {
        /// Why.
        public let reason: String
        /// The last day.
        public let until: CivilDate
    }
}

extension PolicyFinding: Comparable {
    /// What refuses comes first, then by address, policy and message.
    public static func < (left: PolicyFinding, right: PolicyFinding) -> Bool {
        if left.enforcement != right.enforcement {
            return left.enforcement.severity > right.enforcement.severity
        }
        if left.address != right.address {
            guard let before = left.address, let after = right.address else {
                return left.address == nil
            }
            return before < after
        }
        return (left.policy, left.field ?? "", left.message)
            < (right.policy, right.field ?? "", right.message)
    }
}

extension PolicySpec.Enforcement {
    fileprivate var severity: Int {
        switch self {
        case .deny: 2
        case .warn: 1
        case .audit: 0
        }
    }
}
