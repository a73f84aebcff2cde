import ClaraModel

/// What planning one tenant has found. It holds until git's version of the tenant or its live
/// state moves, or until `dueAt`.
public struct TenantReview: Sendable {
    /// What the tenant needs.
    public let plan: TenantPlan
    /// What that means for those who read the posts; nil where no step changes the tenant.
    public let forecast: TenantForecast?
    /// The next moment at which time alone changes what the tenant needs, or what its slots need to
    /// reach the horizon. Not after the moment of the review where they already fall short; nil
    /// where time changes nothing.
    public let dueAt: Instant?

    init(plan: TenantPlan, forecast: TenantForecast?, dueAt: Instant?) {
        self.plan = plan
        self.forecast = forecast
        self.dueAt = dueAt
    }

    /// Whether a plan mentions the tenant; those that are in sync and say nothing are left out.
    public var isNoteworthy: Bool {
        !plan.isEmpty || plan.blocked != nil || !plan.unmanaged.isEmpty || plan.settles != nil
            || !plan.withheld.isEmpty || !plan.held.isEmpty || plan.retirement != nil
    }
}

/// When time alone changes what a tenant needs.
struct TenantClock {
    let live: LiveTenant
    let plan: TenantPlan
    let horizon: TimeSpan
    let now: Instant

    /// The first of all such moments.
    var dueAt: Instant? {
        (overridesEnd + purge + slotsFallShort + slotsFire + slotDriftPasses).min()
    }

    private var overridesEnd: [Instant] { live.overrides.map(\.until).filter { $0 > now } }

    private var purge: [Instant] {
        [live.retirement?.purgeAfter].compactMap(\.self).filter { $0 > now }
    }

    /// A retired tenant's slots are not rolled forward.
    private var slotsFallShort: [Instant] {
        if plan.retirement != nil { return [] }
        let planned = plan.steps.compactMap(\.slots?.window)
        let filled = live.slots.values.compactMap(\.window)
        let unfilled = live.resources.keys.contains { address in
            address.kind == .schedule && live.slots[address.name]?.window == nil
        }
        let fresh = unfilled ? [SlotPlanner.window(from: now, horizon: horizon)] : []
        return (planned + filled + fresh).map { SlotPlanner.fallsShort($0, of: horizon) }
    }

    /// A slot that fires leaves the plan that would have added, moved or removed it.
    private var slotsFire: [Instant] {
        plan.steps.compactMap(\.slots).flatMap { change in
            [change.added.map(\.firesAt).min(), change.removed.map(\.firesAt).min()]
        }.compactMap { $0.map { $0 + TimeSpan(seconds: 1) } }
    }

    /// What somebody did to a slot is past mending once the slot fires.
    private var slotDriftPasses: [Instant] {
        plan.steps.flatMap(\.drift).filter(\.isSlotRow).flatMap { [$0.before, $0.after] }
            .compactMap { $0?.text }.compactMap(Self.instant).map { $0 + TimeSpan(seconds: 1) }
    }

    private static func instant(_ text: String) -> Instant? {
        do {
            return try Instant(parsing: text)
        } catch {
            return nil
        }
    }
}
