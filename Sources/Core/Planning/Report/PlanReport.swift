import ClaraModel
import ManifestLoading

/// A plan together with what was found wrong on the way to it: all that the renderers need.
public struct PlanReport: Sendable {
    /// The plan.
    public let plan: Plan
    /// Everything that was found, sorted by place.
    public let diagnostics: [Diagnostic]
    /// What policies say of the plan, the gravest first.
    public let policies: [PolicyRemark]
    /// What of the plan may be applied; nil where nobody has judged that.
    public let admission: Admission?
    private let errorsByTenant: [String: [Diagnostic]]

    /// Puts a plan and what was found on the way to it together.
    public init(
        plan: Plan,
        diagnostics: [Diagnostic] = [],
        policies: [PolicyRemark] = [],
        admission: Admission? = nil
    ) {
        self.plan = plan
        self.policies = policies.sorted()
        self.admission = admission
        self.diagnostics = diagnostics.sorted { ($0.place, $0.code) < ($1.place, $1.code) }
        errorsByTenant = Dictionary(
            grouping: self.diagnostics.filter { $0.severity == .error && $0.tenant != nil }
        ) { $0.tenant ?? "" }
    }

    /// Whether applying the plan would do anything.
    public var hasChanges: Bool { !plan.isEmpty }
    /// Whether somebody changed live state behind git's back.
    public var hasDrift: Bool { plan.tenants.contains { !$0.driftedSteps.isEmpty } }
    /// Whether any tenant is left alone, or one of the fleet's own files has errors.
    public var hasBlocked: Bool { !errors.isEmpty || plan.tenants.contains { $0.blocked != nil } }

    /// Whether a protection keeps the plan from all that git asks for.
    public var hasWithheld: Bool { plan.tenants.contains { !$0.withheld.isEmpty } }
    /// Whether an apply would change nothing, by a limit, a freeze or a policy.
    public var isRefused: Bool {
        admission?.isRefused ?? false || policies.contains { $0.enforcement == .deny }
    }
    /// Whether an apply would leave something as it is that git says otherwise.
    public var isPartial: Bool {
        hasBlocked || hasWithheld || !(admission?.frozen ?? []).isEmpty
    }

    /// What should be mended although it blocks nobody.
    public var findings: [Diagnostic] { diagnostics.filter { $0.severity == .warning } }
    /// What blocks tenants, and what is wrong with the fleet's own files.
    public var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }

    /// What blocks a tenant.
    public func errors(of tenant: String) -> [Diagnostic] { errorsByTenant[tenant] ?? [] }

    /// The tenants that the plan changes, and those in which something stays that git says
    /// otherwise.
    var shown: [TenantPlan] {
        plan.tenants.filter { !$0.isEmpty || !$0.withheld.isEmpty || !$0.held.isEmpty }
    }
    /// The tenants that are retired and stay so.
    var retired: [TenantPlan] { plan.tenants.filter { $0.retirement != nil } }
    /// The tenants that the plan leaves alone.
    var blocked: [TenantPlan] { plan.tenants.filter { $0.blocked != nil } }
    /// The tenants in which somebody changed something by hand.
    var drifted: [TenantPlan] {
        plan.tenants.filter { !$0.driftedSteps.isEmpty }
    }
    /// The live rows that no fleet manages.
    var unmanaged: [ResourceAddress] { plan.tenants.flatMap(\.unmanaged) }
}
