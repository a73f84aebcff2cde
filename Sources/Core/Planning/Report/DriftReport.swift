import ClaraModel

/// How live state stands to what was last applied: who drifted, since when, what is held or
/// retired by order, and how much of what is live is managed at all.
public struct DriftReport: Sendable {
    /// The fleet.
    public let fleet: String
    /// The revision that live state was compared with, as `main@sha1:…`.
    public let revision: String
    /// The moment of the observation.
    public let observedAt: Instant
    /// Every tenant that there is something to say of, the worst first, then by name; those plainly
    /// in sync are counted in `summary`.
    public let tenants: [TenantDrift]
    /// The plan that the report was read from.
    let source: PlanReport
    /// How much of what is live is managed; nil where that was not counted.
    public let coverage: Coverage?
    /// The report in numbers.
    public let summary: DriftSummary

    /// Reads a plan as a report on drift.
    ///
    /// - Parameters:
    ///   - traces: what the change feed knows of the drifted rows. A row that it knows nothing of,
    ///     as in a store that has had no feed, is shown without a time.
    ///   - coverage: nil where the rows were not counted.
    public init(
        _ report: PlanReport,
        traces: [ResourceAddress: DriftTrace] = [:],
        coverage: Coverage? = nil
    ) {
        let plan = report.plan
        let tenants = plan.tenants.compactMap { TenantDrift($0, traces) }
        fleet = plan.fleet
        revision = plan.revision
        observedAt = plan.plannedAt
        self.tenants = tenants.sorted {
            ($0.standing, -$0.resources.count, $0.tenant)
                < ($1.standing, -$1.resources.count, $1.tenant)
        }
        source = report
        self.coverage = coverage
        summary = DriftSummary(
            tenants,
            inSync: plan.tenantCount - plan.tenants.count { !$0.isInSync },
            unapplied: plan.tenants.count(where: \.isUnapplied)
        )
    }

    /// Whether somebody changed live state behind git's back.
    public var hasDrift: Bool { summary.tenants > 0 }
    /// Whether some tenant could not be judged, or one of the fleet's own files has errors.
    public var hasBlocked: Bool { source.hasBlocked }
}

/// One tenant that there is something to say of.
public struct TenantDrift: Sendable {
    /// The tenant.
    public let tenant: String
    /// The worst that there is to say of it.
    public let standing: Standing
    /// The resources that somebody changed by hand, in the order of application.
    public let resources: [ResourceDrift]
    /// Why it could not be judged.
    public let blocked: TenantPlan.Blocked?
    /// Its live rows that no fleet manages.
    public let unmanaged: [ResourceAddress]
    /// What git asks for and a protection forbids.
    public let withheld: [WithheldStep]
    /// What is not as git says by order, and until when.
    public let held: [Override]
    /// Set while it is retired and kept.
    public let retirement: Retirement?

    /// How a tenant stands, the worst first.
    public enum Standing: String, Sendable, CaseIterable {
        /// Somebody changed something by hand.
        case drifted
        /// It could not be judged.
        case blocked
        /// It has rows that nobody manages.
        case unmanaged
        /// A protection keeps something that git wants to go.
        case withheld
        /// An order keeps something otherwise than git says.
        case held
        /// Its folder is gone; it is kept for a while.
        case retired
    }

    /// Nil where the tenant is in sync.
    fileprivate init?(_ plan: TenantPlan, _ traces: [ResourceAddress: DriftTrace]) {
        tenant = plan.tenant
        resources = plan.driftedSteps.map {
            ResourceDrift(step: $0, trace: traces[$0.address])
        }
        blocked = plan.blocked
        unmanaged = plan.unmanaged
        withheld = plan.withheld
        held = plan.held
        retirement = plan.retirement
        let found: [(Bool, Standing)] = [
            (!resources.isEmpty, .drifted), (blocked != nil, .blocked),
            (!unmanaged.isEmpty, .unmanaged), (!withheld.isEmpty, .withheld),
            (!held.isEmpty, .held), (retirement != nil, .retired),
        ]
        guard let worst = found.first(where: \.0) else { return nil }
        standing = worst.1
    }
}

extension TenantDrift.Standing: Comparable {
    /// The worse one is less, so that it comes first.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .drifted: 0
        case .blocked: 1
        case .unmanaged: 2
        case .withheld: 3
        case .held: 4
        case .retired: 5
        }
    }
}

/// A resource that somebody changed by hand.
public struct ResourceDrift: Sendable {
    /// The step that would put it right; its `drift` says field by field what was changed.
    public let step: Step
    /// Since when and by whom, where that is known.
    public let trace: DriftTrace?
}

/// What the change feed knows of a change by hand.
public struct DriftTrace: Sendable, Hashable {
    /// When it was made: the first of several, if nobody has healed them since.
    public let since: Instant
    /// Who made it; nil where the database keeps no names, as SQLite does not.
    public let by: String?

    /// Describes a change by hand.
    public init(since: Instant, by: String? = nil) {
        self.since = since
        self.by = by
    }
}

/// How much of what is live carries a mark of Clara.
public struct Coverage: Sendable, Hashable {
    /// Live rows with a mark.
    public let managed: Int
    /// Live rows without one.
    public let unmanaged: Int

    /// Counts rows; a schedule's slots and a knowledge base's documents count with it.
    public init(managed: Int, unmanaged: Int) {
        self.managed = managed
        self.unmanaged = unmanaged
    }

    /// All live rows.
    public var live: Int { managed + unmanaged }
    /// The share in thousandths, rounded down, so that only a whole is shown as a whole; nil where
    /// nothing is live.
    public var perMille: Int? { live == 0 ? nil : managed * 1000 / live }
}

extension TenantPlan {
    /// Whether the tenant has never been applied, and so can neither drift nor be in sync.
    fileprivate var isUnapplied: Bool {
        steps.contains { $0.address.kind == .tenant && $0.reason == .added }
    }

    /// Whether a fleet manages the tenant and all that is live of it is as it was applied, with no
    /// order that says otherwise.
    fileprivate var isInSync: Bool {
        let isManaged = !isUnapplied && !unmanaged.contains { $0.kind == .tenant }
        let isJudged = blocked == nil && retirement == nil
        let isKept = !held.isEmpty || !withheld.isEmpty || !overrides.ended.isEmpty
        return isManaged && isJudged && !isKept && driftedSteps.isEmpty
    }
}
