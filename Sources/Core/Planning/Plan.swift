import ClaraModel
import Scheduling

/// Everything that an apply will do, and what was noticed on the way.
public struct Plan: Sendable {
    /// The fleet that owns what the plan creates.
    public let fleet: String
    /// The revision that it leads to, as `main@sha1:…`.
    public let revision: String
    /// The moment it was made; slots before it are left alone.
    public let plannedAt: Instant
    /// What each tenant needs, sorted by name; tenants in sync are absent.
    public let tenants: [TenantPlan]
    /// How many tenants were looked at, those in sync included.
    public let tenantCount: Int
    /// Whether it covers the whole fleet, and not only what `--target` names.
    public let coversFleet: Bool
    /// What it means in the words of the domain.
    public let impact: Impact
    /// What a person approves; see `PlanSeal`.
    public let digest: Digest

    /// Gathers tenants and seals them with a digest.
    ///
    /// - Parameter tenantCount: how many tenants were looked at; nil where those in sync are not
    ///   known.
    public init(
        fleet: String,
        revision: String,
        plannedAt: Instant,
        tenants: [TenantPlan],
        tenantCount: Int? = nil,
        coversFleet: Bool = true,
        impact: Impact
    ) {
        self.fleet = fleet
        self.revision = revision
        self.plannedAt = plannedAt
        self.tenants = tenants.sorted { $0.tenant < $1.tenant }
        self.tenantCount = tenantCount ?? tenants.count
        self.coversFleet = coversFleet
        self.impact = impact
        digest = PlanSeal.digest(fleet: fleet, revision: revision, tenants: self.tenants)
    }

    /// Every step in the order of application.
    public var steps: [Step] { tenants.flatMap(\.steps) }
    /// The steps and drift in numbers.
    public var summary: PlanSummary { PlanSummary(tenants) }
    /// Whether applying it would change nothing that anybody sees.
    public var isEmpty: Bool { tenants.allSatisfy(\.isEmpty) }
}

/// What one tenant needs.
public struct TenantPlan: Sendable {
    /// The tenant's name.
    public let tenant: String
    /// What to do, in order; all of it happens in one transaction.
    public let steps: [Step]
    /// Set where the tenant is left alone; then there are no steps.
    public let blocked: Blocked?
    /// What git asks for and a protection forbids: it is shown and not done.
    public let withheld: [WithheldStep]
    /// The overrides that stand, and so what is not as git says; of a tenant that is left alone
    /// also those whose time is over.
    public let held: [Override]
    /// Set while the tenant is retired and kept.
    public let retirement: Retirement?
    /// Overrides that begin with the steps, or end with them.
    public let overrides: OverrideChange
    /// Live rows that no fleet manages. They are reported and never deleted.
    public let unmanaged: [ResourceAddress]
    /// The `Settlement` once all steps are done; nil where the plan covers only part of the tenant,
    /// or nothing new is settled.
    public let settles: Digest?

    /// Why a tenant is left alone.
    public enum Blocked: Sendable, Hashable {
        /// Its folder has so many errors.
        case errors(Int)
        /// Another fleet owns its live rows.
        case otherFleet(String)
        /// Its folder is gone, but rows that nobody manages hang on its row.
        case unmanagedRows([ResourceAddress])
        /// Its folder is gone, and so is the mark of its own row.
        case withoutMark
    }

    /// Describes what a tenant needs.
    public init(
        tenant: String,
        steps: [Step] = [],
        blocked: Blocked? = nil,
        withheld: [WithheldStep] = [],
        held: [Override] = [],
        retirement: Retirement? = nil,
        overrides: OverrideChange = OverrideChange(),
        unmanaged: [ResourceAddress] = [],
        settles: Digest? = nil
    ) {
        self.tenant = tenant
        self.steps = steps
        self.blocked = blocked
        self.withheld = withheld
        self.held = held
        self.retirement = retirement
        self.overrides = overrides
        self.unmanaged = unmanaged
        self.settles = settles
    }

    /// Whether there is nothing to do.
    public var isEmpty: Bool { steps.isEmpty && overrides.isEmpty }
    /// What would put right what somebody changed by hand, also where a protection forbids it.
    public var driftedSteps: [Step] { (steps + withheld.map(\.step)).filter(\.isDrifted) }
}

/// A step that is wanted and not done.
public struct WithheldStep: Sendable {
    /// What git asks for.
    public let step: Step
    /// What forbids it.
    public let protection: Protection
    /// The object that the protection is on: the resource, or its tenant.
    public let protected: ResourceAddress

    /// Describes a step that is not done.
    public init(step: Step, protection: Protection, protected: ResourceAddress) {
        self.step = step
        self.protection = protection
        self.protected = protected
    }
}

/// Overrides that a tenant's transaction notes or forgets.
public struct OverrideChange: Sendable, Hashable {
    /// Those that begin.
    public let begun: [Override]
    /// Those that have ended and are healed now.
    public let ended: [Override]

    /// Describes a change.
    public init(begun: [Override] = [], ended: [Override] = []) {
        self.begun = begun
        self.ended = ended
    }

    /// Whether nothing begins or ends.
    public var isEmpty: Bool { begun.isEmpty && ended.isEmpty }
}
