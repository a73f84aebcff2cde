import ClaraModel

/// A plan that waits to be approved: what it will do, what it stands on, and how it reads.
///
/// It holds no secret and can be passed around as a file. Applying it means `refit`: either the
/// very steps that were approved still fit what is live, or none of them is done.
public struct SavedPlan: Sendable {
    /// The identity of the store that it was planned on.
    public let store: String
    /// The fleet's name and settings as they were, of which the limits, the freezes, the zone and
    /// the horizon hold for the apply too.
    public let settings: FleetSettings
    /// The plan and all that was found on the way to it. It reads as it did when it was planned,
    /// but its live contents are masked: it is there to be shown, and `refit` gives what is
    /// applied.
    public let report: PlanReport
    /// Where the fleet stood in its history.
    public let course: SavedCourse
    /// What the tenants with something to do stand on.
    let footings: [String: TenantFooting]
    /// Contents to be applied that cannot stand in a file.
    let masked: [ResourceAddress: MaskedContent]

    /// The version of the file's format. It rises whenever an older build would read a newer file
    /// wrongly, or this build an older one; the digest's recipe is part of it.
    public static let formatVersion = 1

    /// The most bytes of a file, which is read into memory as a whole. A first plan has 2 to 10 kB
    /// a tenant, most of it slots: 100 MB for 10,000 tenants.
    public static let fileLimit = 256 << 20

    /// Prepares a plan to be saved.
    ///
    /// - Parameters:
    ///   - live: the observation that it was planned on.
    ///   - course: where the fleet stands.
    ///   - store: the identity of that store.
    ///   - key: the store's key.
    /// - Throws: `SavedPlanError.holdsKey` where a content to be applied looks as if it held a key,
    ///   `.otherObservation` where the plan was made on other live state.
    public init(
        _ report: PlanReport,
        on live: LiveState,
        _ course: SavedCourse,
        settings: FleetSettings,
        store: String,
        key: AuthenticationKey
    ) throws(SavedPlanError) {
        let plan = report.plan
        var footings: [String: TenantFooting] = [:]
        var masked: [ResourceAddress: MaskedContent] = [:]
        for tenant in plan.tenants where tenant.isApplied {
            let there = live.tenants[tenant.tenant] ?? LiveTenant()
            footings[tenant.tenant] = TenantFooting(
                there,
                schedules: tenant.schedules,
                at: plan.plannedAt,
                key: key
            )
            for step in tenant.allSteps {
                guard there.resources[step.address]?.content == step.before else {
                    throw .otherObservation(step.address)
                }
                if step.after != step.after?.redacted(step.address.kind) {
                    masked[step.address] = try MaskedContent(step, key: key)
                }
            }
        }
        self.init(
            store: store,
            settings: settings,
            report: report.redacted,
            course: course,
            footings: footings,
            masked: masked
        )
    }

    init(
        store: String,
        settings: FleetSettings,
        report: PlanReport,
        course: SavedCourse,
        footings: [String: TenantFooting],
        masked: [ResourceAddress: MaskedContent]
    ) {
        self.store = store
        self.settings = settings
        self.report = report
        self.course = course
        self.footings = footings
        self.masked = masked
    }
}

extension TenantPlan {
    /// Whether an apply has anything to do with the tenant.
    var isApplied: Bool { !isEmpty || !withheld.isEmpty || settles != nil }

    /// The schedules whose slots change.
    var schedules: [String] { allSteps.filter { $0.slots != nil }.map(\.address.name) }
}
