import ClaraModel

/// What a policy says of a plan, as a plain value: who evaluates policies is no concern of those
/// who show it.
public struct PolicyRemark: Sendable, Hashable {
    /// The policy's name.
    public let policy: String
    /// What follows.
    public let enforcement: PolicySpec.Enforcement
    /// The resource; nil for a remark on the whole plan.
    public let address: ResourceAddress?
    /// What is wrong, in the words of the policy.
    public let message: String
    /// Where the resource is declared; nil where that is not known.
    public let origin: Origin?
    /// Whether an exemption keeps it from more than being noted.
    public let isExempt: Bool

    /// Describes a remark.
    public init(
        policy: String,
        enforcement: PolicySpec.Enforcement,
        address: ResourceAddress?,
        message: String,
        origin: Origin? = nil,
        isExempt: Bool = false
    ) {
        self.policy = policy
        self.enforcement = enforcement
        self.address = address
        self.message = message
        self.origin = origin
        self.isExempt = isExempt
    }
}

extension PolicyRemark: Comparable {
    /// The gravest first, then by policy and by what they are about.
    public static func < (left: PolicyRemark, right: PolicyRemark) -> Bool {
        left.order.lexicographicallyPrecedes(right.order)
    }

    private var order: [String] {
        let grave =
            PolicySpec.Enforcement.allCases.firstIndex(of: enforcement).map { "\($0)" } ?? ""
        return [grave, policy, address?.description ?? "", message]
    }
}
