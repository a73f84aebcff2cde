import ClaraModel
import Diffing
import Scheduling

/// Plans one tenant: every resource's standing becomes a step, or none.
struct TenantPlanner {
    let tenant: String
    let live: LiveTenant
    let fleet: FleetSettings
    let now: Instant

    func plan(_ desired: DesiredTenant?) -> TenantPlan {
        if let owner = foreignOwner(of: desired) { return leftAlone(.otherFleet(owner)) }
        switch desired?.outcome {
        case .blocked(let errors): return leftAlone(.errors(errors))
        // A tenant is settled only while its live state is what was applied, too.
        case .settled: return leftAlone(nil)
        case .resolved(let resources): return plan(resources, inputs: desired?.inputs)
        case nil: return planWithoutFolder()
        }
    }

    private func leftAlone(_ blocked: TenantPlan.Blocked?) -> TenantPlan {
        TenantPlan(
            tenant: tenant,
            blocked: blocked,
            // Nothing puts back those whose time is over before the tenant can be planned again.
            held: live.retirement == nil ? live.overrides : [],
            retirement: live.retirement,
            unmanaged: unmanaged([])
        )
    }

    /// A fleet other than this one that owns part of a tenant that this one declares.
    private func foreignOwner(of desired: DesiredTenant?) -> String? {
        guard desired != nil else { return nil }
        return live.resources.values.lazy.compactMap(\.applied?.fleet)
            .filter { $0 != fleet.name }.min()
    }

    private func unmanaged(_ desired: some Collection<ResourceAddress>) -> [ResourceAddress] {
        live.resources.values.filter { resource in
            resource.applied == nil && !desired.contains(resource.address)
        }.map(\.address).sorted()
    }
}

// MARK: - A tenant in git

extension TenantPlanner {
    private func plan(_ resources: [DesiredResource], inputs: Digest?) -> TenantPlan {
        let overrides = OverridesInForce(live.overrides, on: resources, at: now)
        let desired = Dictionary(overrides.resources.map { ($0.address, $0) }) { first, _ in first }
        let addresses = Set(desired.keys).union(live.resources.keys).sorted()
        let steps = addresses.compactMap { step($0, desired[$0], ended: overrides.ended) }
        let allowed = Withholding(steps, protections: live.protections)
        let isComplete = allowed.withheld.isEmpty && overrides.held.isEmpty
        let settlement = inputs.map { inputs in
            let applied = overrides.resources.map { ($0.address, $0.content) }
            return Settlement.of(inputs: inputs, applied: applied)
        }
        let isSettled = steps.isEmpty && settlement?.description == live.settlement
        return TenantPlan(
            tenant: tenant,
            steps: Self.ordered(allowed.steps),
            withheld: allowed.withheld,
            held: overrides.held,
            overrides: OverrideChange(ended: overrides.ended),
            unmanaged: unmanaged(desired.keys),
            settles: isSettled || !isComplete ? nil : settlement
        )
    }

    private static func ordered(_ steps: [Step]) -> [Step] {
        steps.filter { $0.action != .delete } + steps.filter { $0.action == .delete }.reversed()
    }

    private func step(
        _ address: ResourceAddress,
        _ desired: DesiredResource?,
        ended: [Override] = []
    ) -> Step? {
        let row = live.resources[address]
        if let owner = row?.applied?.fleet, owner != fleet.name { return nil }
        let wanted = desired.map(Wanted.init)
        if let wanted, address.kind == .tenant, live.retirement != nil {
            return make(address, wanted, .restored)
        }
        let standing = Standing.of(
            desired: wanted?.content,
            applied: row?.applied?.content,
            live: row?.content
        )
        switch standing {
        case .inSync: return slotStep(address, wanted)
        case nil, .unmanaged: return nil
        case .new: return make(address, wanted, .added)
        case .unclaimed, .converged: return make(address, wanted, .adopted)
        case .changed: return make(address, wanted, reason(of: address, ended))
        case .drifted: return make(address, wanted, .drifted)
        case .conflicting: return make(address, wanted, .conflict)
        case .removed, .removedAfterDrift, .vanished: return make(address, nil, .removed)
        }
    }

    /// Why what is wanted is no longer what was applied.
    private func reason(of address: ResourceAddress, _ ended: [Override]) -> Step.Reason {
        ended.contains { $0.address == address } ? .overrideEnded : .changed
    }
}

// MARK: - A tenant that is no longer in git

extension TenantPlanner {
    private func planWithoutFolder() -> TenantPlan {
        let planner = RetirementPlanner(tenant: tenant, live: live, fleet: fleet.name, now: now)
        switch planner.decision {
        case .retire(let step):
            let allowed = Withholding([step], protections: live.protections)
            return TenantPlan(
                tenant: tenant,
                steps: allowed.steps,
                withheld: allowed.withheld,
                unmanaged: unmanaged([])
            )
        case .keep(let retirement, let healing):
            return TenantPlan(
                tenant: tenant,
                steps: [healing].compactMap(\.self),
                retirement: retirement,
                unmanaged: unmanaged([])
            )
        case .purge: return purge()
        case .leave(let blocked): return leftAlone(blocked)
        }
    }

    private func purge() -> TenantPlan {
        let steps = live.resources.keys.sorted().compactMap { step($0, nil) }
        let unmanaged = unmanaged([])
        // Rows that nobody manages cannot go with their tenant, and it cannot go without them.
        if !unmanaged.isEmpty, steps.contains(where: \.removesTenant) {
            return leftAlone(.unmanagedRows(unmanaged))
        }
        let allowed = Withholding(steps, protections: live.protections)
        return TenantPlan(
            tenant: tenant,
            steps: Self.ordered(allowed.steps),
            withheld: allowed.withheld,
            retirement: allowed.withheld.isEmpty ? nil : live.retirement,
            unmanaged: unmanaged
        )
    }
}

// MARK: - One resource

/// What a resource shall be.
struct Wanted {
    let content: CanonicalJSON
    let spec: ResourceSpec
    let origin: Origin?

    init(content: CanonicalJSON, spec: ResourceSpec, origin: Origin? = nil) {
        self.content = content
        self.spec = spec
        self.origin = origin
    }

    init(_ resource: DesiredResource) {
        self.init(content: resource.content, spec: resource.spec, origin: resource.origin)
    }
}

extension TenantPlanner {
    /// The step that leads from the live row to what is wanted.
    ///
    /// - Parameter wanted: nil where the row shall go.
    func make(_ address: ResourceAddress, _ wanted: Wanted?, _ reason: Step.Reason) -> Step {
        let row = live.resources[address]
        let changes = Self.difference(row?.content, wanted?.content)
        let touched = slotDrift(row)
        return Step(
            address: address,
            action: Self.action(address.kind, row?.content, wanted?.content, changes),
            reason: reason == .changed && !touched.isEmpty ? .conflict : reason,
            before: row?.content,
            after: wanted?.content,
            changes: changes,
            drift: drift(of: row) + touched,
            slots: slotChange(address, wanted),
            origin: wanted?.origin
        )
    }

    private static func action(
        _ kind: Kind,
        _ before: CanonicalJSON?,
        _ after: CanonicalJSON?,
        _ changes: [FieldChange]
    ) -> Step.Action {
        switch (before, after) {
        case (_, nil): .delete
        case (nil, _?): .create
        case (_?, _?): changes.contains { kind.isImmutable($0.path) } ? .replace : .update
        }
    }

    private func drift(of live: LiveResource?) -> [FieldChange] {
        guard let live, let applied = live.applied, applied.content != live.content else {
            return []
        }
        return Self.difference(applied.content, live.content)
    }

    static func difference(
        _ before: CanonicalJSON?,
        _ after: CanonicalJSON?
    ) -> [FieldChange] {
        Diff.fields(from: before?.lenientValue, to: after?.lenientValue)
    }

    // MARK: Slots

    /// The step that puts right slots that somebody added, moved or removed by hand.
    private func slotStep(_ address: ResourceAddress, _ wanted: Wanted?) -> Step? {
        let drift = slotDrift(live.resources[address])
        if drift.isEmpty { return nil }
        return Step(
            address: address,
            action: .update,
            reason: .drifted,
            before: wanted?.content,
            after: wanted?.content,
            changes: drift.map(\.reversed),
            drift: drift,
            slots: slotChange(address, wanted),
            origin: wanted?.origin
        )
    }

    /// What somebody did to the slots of a schedule, by what was last applied.
    private func slotDrift(_ resource: LiveResource?) -> [FieldChange] {
        guard let resource, resource.address.kind == .schedule, resource.content != nil,
            live.hasTouchedSlots(of: resource.address.name),
            let spec = resource.applied?.content.scheduleSpec
        else { return [] }
        return slotPlanner(resource.address).drift(from: spec, horizon: fleet.horizon)
    }

    private func slotChange(_ address: ResourceAddress, _ wanted: Wanted?) -> SlotChange? {
        guard address.kind == .schedule else { return nil }
        let planner = slotPlanner(address)
        guard case .schedule(let spec) = wanted?.spec else { return planner.removal() }
        return planner.change(to: spec, horizon: fleet.horizon)
    }

    private func slotPlanner(_ address: ResourceAddress) -> SlotPlanner {
        SlotPlanner(
            tenant: tenant,
            schedule: address.name,
            live: live.slots[address.name] ?? LiveSlots(),
            now: now
        )
    }
}

extension Kind {
    /// Whether the field at the path cannot change without replacing the resource.
    func isImmutable(_ path: FieldPath) -> Bool {
        guard case .member(let name) = path.components.first else { return false }
        return specSchema.field(name)?.isImmutable ?? false
    }
}
