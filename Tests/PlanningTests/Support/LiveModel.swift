import ClaraModel
import Planning
import Scheduling

/// The store as a value: what applying a plan does to live state.
extension LiveState {
    mutating func apply(_ plan: Plan) {
        for tenant in plan.tenants {
            var live = tenants[tenant.tenant] ?? LiveTenant()
            for step in tenant.steps { live.apply(step, of: plan) }
            let over = Set(tenant.overrides.ended)
            live.overrides.removeAll { over.contains($0) }
            live.overrides += tenant.overrides.begun
            // As the store does: what is applied beyond healing unsettles what it does not settle.
            if let inputs = tenant.settles {
                live.settlement = inputs.description
            } else if tenant.steps.contains(where: { $0.reason != .drifted })
                || !tenant.overrides.isEmpty
            {
                live.settlement = nil
            }
            let isGone = live.resources.isEmpty && live.slots.isEmpty && live.settlement == nil
            tenants[tenant.tenant] = isGone ? nil : live
        }
    }
}

extension LiveTenant {
    fileprivate mutating func apply(_ step: Step, of plan: Plan) {
        resources[step.address] = step.after.map { content in
            LiveResource(
                address: step.address,
                content: content,
                applied: AppliedMark(content: content, revision: plan.revision, fleet: plan.fleet)
            )
        }
        if let slots = step.slots { apply(slots, to: step.address.name) }
        if let retirement = step.retirement { self.retirement = retirement }
        if step.reason == .restored { retirement = nil }
        if step.address.kind == .tenant, step.action == .delete {
            (retirement, protections, overrides) = (nil, [:], [])
        }
    }

    private mutating func apply(_ change: SlotChange, to schedule: String) {
        let removed = Set(change.removed.map(\.key))
        let kept = (slots[schedule]?.rows ?? []).filter { !removed.contains($0.key) }
        let added = change.added.map {
            LiveSlot(key: $0.key, firesAt: $0.firesAt, isPlanned: true)
        }
        let rows = (kept + added).sorted { $0.key < $1.key }
        let isGone = rows.isEmpty && change.window == nil
        slots[schedule] = isGone ? nil : LiveSlots(window: change.window, rows: rows)
    }
}
