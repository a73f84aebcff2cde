import ClaraModel
import Scheduling

/// What one schedule gains as time passes.
public struct SlotExtension: Sendable {
    /// The schedule.
    public let address: ResourceAddress
    /// The window that its slots covered when this was found.
    public let previous: Range<Instant>?
    /// Its new slots and the window that they complete.
    public let change: SlotChange

    /// Describes an extension.
    public init(address: ResourceAddress, previous: Range<Instant>?, change: SlotChange) {
        self.address = address
        self.previous = previous
        self.change = change
    }
}

/// Slots to add as time passes, so that live schedules reach the horizon. It follows from what is
/// live, changes nothing that anybody declared, and so is no part of a plan.
public struct Upkeep: Sendable {
    /// The schedules that fall short of the horizon and what they gain, sorted by address.
    public let extensions: [SlotExtension]

    /// Gathers what tenants need.
    public init(_ extensions: [SlotExtension]) {
        self.extensions = extensions.sorted { $0.address < $1.address }
    }

    /// Finds the schedules of one tenant that fall short.
    ///
    /// Schedules that the plan changes are left to the plan, and those whose rows or slots somebody
    /// touched are left as they are until that is settled. A retired tenant gains no slots.
    public static func extensions(
        of live: LiveTenant,
        beside plan: TenantPlan,
        _ fleet: FleetSettings,
        at now: Instant,
        targets: TargetSelection = .all
    ) -> [SlotExtension] {
        if plan.retires { return [] }
        let planned = Set(plan.steps.map(\.address))
        return live.resources.values.compactMap { resource in
            planned.contains(resource.address) || !targets.covers(resource.address)
                ? nil : growth(of: resource, in: live, now, fleet)
        }.sorted { $0.address < $1.address }
    }

    private static func growth(
        of resource: LiveResource,
        in tenant: LiveTenant,
        _ now: Instant,
        _ fleet: FleetSettings
    ) -> SlotExtension? {
        let address = resource.address
        guard address.kind == .schedule, let slots = tenant.slots[address.name],
            let applied = resource.applied, applied.fleet == fleet.name,
            applied.content == resource.content,
            SlotPlanner.isShort(slots, of: fleet.horizon, at: now),
            let spec = applied.content.scheduleSpec
        else { return nil }
        let planner = SlotPlanner(
            tenant: address.tenant,
            schedule: address.name,
            live: slots,
            now: now
        )
        return planner.growth(of: spec, horizon: fleet.horizon).map {
            SlotExtension(address: address, previous: slots.window, change: $0)
        }
    }
}

extension TenantPlan {
    /// Whether the tenant is retired, or will be.
    fileprivate var retires: Bool {
        retirement != nil || steps.contains { $0.action == .retire }
    }
}
