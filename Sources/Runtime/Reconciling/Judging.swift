import ClaraModel
import GitSource
import LiveSystem
import Planning
import PolicyChecking
import Resolving

/// What the fleet's rules say to a plan: its limits and freezes, and its policies.
struct Judging {
    private let movement: Movement
    private let source: any SourceTree
    private let base: (any SourceTree)?
    private let orders: PassOrders
    private let now: Instant

    init(
        _ movement: Movement,
        source: any SourceTree,
        base: (any SourceTree)?,
        orders: PassOrders,
        now: Instant
    ) {
        self.movement = movement
        self.source = source
        self.base = base
        self.orders = orders
        self.now = now
    }

    private var index: FleetIndex { movement.index }

    /// How much of the plan may be applied.
    func admission(
        of plan: Plan,
        _ live: LiveState,
        _ known: FleetCensus
    ) -> Admission {
        let settings = index.context.settings
        // A pass with targets has looked at all that is live, and noted only what they cover.
        let census =
            movement.tenants == nil
            ? LiveCensus(of: live, fleet: settings.name) : known.census(of: plan.changedTenants)
        return Admission.judge(
            plan,
            by: SafetyRules(settings),
            census: census,
            declaredTenants: index.tenantNames.count,
            allowances: orders.allowances,
            now: now
        )
    }

    /// What policies say to the plan.
    ///
    /// - Parameter last: what they said last, in this very fleet; nil where something has moved.
    func verdict(
        on plan: Plan,
        _ last: PolicyVerdict?,
        _ states: (desired: DesiredState, live: LiveState),
        _ store: LiveStore
    ) async throws(StoreError) -> PolicyVerdict {
        if let last, last.holds(for: plan, by: index.policies, at: now) { return last }
        let findings = try await findings(on: plan, states, store)
        return PolicyVerdict(findings, on: plan, by: index.policies, at: now)
    }

    private func findings(
        on plan: Plan,
        _ states: (desired: DesiredState, live: LiveState),
        _ store: LiveStore
    ) async throws(StoreError) -> [PolicyFinding] {
        if index.policies.isEmpty || plan.isEmpty { return [] }
        let (desired, live) = try await surroundings(of: plan, states, store)
        return PolicyCheck(index.policies, now: now).check(
            plan,
            fleet: FleetView(desired: desired, live: live),
            base: await baseView(of: plan, live)
        )
    }

    /// Both states as rules see them. A pass that looks at few tenants has read only those: what
    /// the plan changes beside them since an earlier pass is read now, and the rest of the fleet
    /// where a rule may compare a tenant with others.
    private func surroundings(
        of plan: Plan,
        _ states: (desired: DesiredState, live: LiveState),
        _ store: LiveStore
    ) async throws(StoreError) -> (DesiredState, LiveState) {
        guard movement.tenants != nil else { return states }
        let waiting = plan.changedTenants.subtracting(states.desired.tenants.keys)
        let loaded = await TenantLoading(index, source, now: now).load(only: waiting)
        var tenants = states.desired.tenants.merging(loaded.tenants) { known, _ in known }
        let fleet = states.desired.fleet
        guard index.policies.looksAround(in: plan) else {
            let live = try await store.observe(tenants: plan.changedTenants, now: now)
            return (DesiredState(fleet: fleet, tenants: tenants), live)
        }
        for name in index.tenantNames where tenants[name] == nil {
            // Of a tenant that did not move, what was applied stands for what is desired.
            tenants[name] = index.inputs(of: name).map {
                DesiredTenant(inputs: $0, outcome: .settled)
            }
        }
        return (DesiredState(fleet: fleet, tenants: tenants), try await store.observe(now: now))
    }

    /// What the base says of the tenants that the plan changes: labels that a proposal takes away
    /// still count.
    private func baseView(of plan: Plan, _ live: LiveState) async -> FleetView? {
        // A base that cannot be read has been refused when its rules were read.
        guard let base, let index = try? await FleetIndex.read(base, now: now) else { return nil }
        let loaded = await TenantLoading(index, base, now: now).load(only: plan.changedTenants)
        let desired = DesiredState(fleet: index.context.settings, tenants: loaded.tenants)
        return FleetView(desired: desired, live: live)
    }
}

extension Plan {
    /// The tenants that it changes.
    fileprivate var changedTenants: Set<String> {
        Set(tenants.lazy.filter { !$0.isEmpty }.map(\.tenant))
    }
}

extension PolicyFinding {
    var remark: PolicyRemark {
        let place = field.map { "\($0): " } ?? ""
        let leave = exemption.map { " (exempt until \($0.until): \($0.reason))" } ?? ""
        return PolicyRemark(
            policy: policy,
            enforcement: enforcement,
            address: address,
            message: place + message + leave,
            origin: origin,
            isExempt: exemption != nil
        )
    }
}
