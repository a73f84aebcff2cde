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
        if let owner = foreignOwner(of: desired) {
            return TenantPlan(tenant: tenant, blocked: .otherFleet(owner), unmanaged: unmanaged([]))
        }
        switch desired?.outcome {
        case .blocked(let errors):
            return TenantPlan(tenant: tenant, blocked: .errors(errors), unmanaged: unmanaged([]))
        // A tenant is settled only while its live state is what was applied, too.
        case .settled: return TenantPlan(tenant: tenant, unmanaged: unmanaged([]))
        case .resolved(let resources): return plan(resources, inputs: desired?.inputs)
        case nil: return plan([], inputs: nil)
        }
    }

    private func plan(_ resources: [DesiredResource], inputs: Digest?) -> TenantPlan {
        let desired = Dictionary(resources.map { ($0.address, $0) }) { first, _ in first }
        let addresses = Set(desired.keys).union(live.resources.keys).sorted()
        let steps = addresses.compactMap { step($0, desired[$0]) }
        let unmanaged = unmanaged(desired.keys)
        // Rows that nobody manages cannot go with their tenant, and it cannot go without them.
        if !unmanaged.isEmpty, steps.contains(where: \.removesTenant) {
            return TenantPlan(
                tenant: tenant,
                blocked: .unmanagedRows(unmanaged),
                unmanaged: unmanaged
            )
        }
        let settlement = inputs.map { inputs in
            Settlement.of(inputs: inputs, applied: resources.map { ($0.address, $0.content) })
        }
        let isSettled = steps.isEmpty && settlement?.description == live.settlement
        return TenantPlan(
            tenant: tenant,
            steps: steps.filter { $0.action != .delete }
                + steps.filter { $0.action == .delete }.reversed(),
            unmanaged: unmanaged,
            settles: isSettled ? nil : settlement
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

    private func step(_ address: ResourceAddress, _ desired: DesiredResource?) -> Step? {
        let live = live.resources[address]
        if let owner = live?.applied?.fleet, owner != fleet.name { return nil }
        let standing = Standing.of(
            desired: desired?.content,
            applied: live?.applied?.content,
            live: live?.content
        )
        switch standing {
        case .inSync: return slotStep(address, desired, live)
        case nil, .unmanaged: return nil
        case .new: return make(address, desired, live, .added)
        case .unclaimed, .converged: return make(address, desired, live, .adopted)
        case .changed: return make(address, desired, live, .changed)
        case .drifted: return make(address, desired, live, .drifted)
        case .conflicting: return make(address, desired, live, .conflict)
        case .removed, .removedAfterDrift, .vanished: return make(address, nil, live, .removed)
        }
    }

    private func make(
        _ address: ResourceAddress,
        _ desired: DesiredResource?,
        _ live: LiveResource?,
        _ reason: Step.Reason
    ) -> Step {
        let before = live?.content
        let after = desired?.content
        let changes = Self.difference(before, after)
        let touched = slotDrift(live)
        return Step(
            address: address,
            action: Self.action(address.kind, before, after, changes),
            reason: reason == .changed && !touched.isEmpty ? .conflict : reason,
            before: before,
            after: after,
            changes: changes,
            drift: drift(of: live) + touched,
            slots: slotChange(address, desired),
            origin: desired?.origin
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

    private static func difference(
        _ before: CanonicalJSON?,
        _ after: CanonicalJSON?
    ) -> [FieldChange] {
        Diff.fields(from: before?.lenientValue, to: after?.lenientValue)
    }

    // MARK: Slots

    /// The step that puts right slots that somebody added, moved or removed by hand.
    private func slotStep(
        _ address: ResourceAddress,
        _ desired: DesiredResource?,
        _ live: LiveResource?
    ) -> Step? {
        let drift = slotDrift(live)
        if drift.isEmpty { return nil }
        return Step(
            address: address,
            action: .update,
            reason: .drifted,
            before: desired?.content,
            after: desired?.content,
            changes: drift.map(\.reversed),
            drift: drift,
            slots: slotChange(address, desired),
            origin: desired?.origin
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

    private func slotChange(
        _ address: ResourceAddress,
        _ desired: DesiredResource?
    ) -> SlotChange? {
        guard address.kind == .schedule else { return nil }
        let planner = slotPlanner(address)
        guard case .schedule(let spec) = desired?.spec else { return planner.removal() }
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
