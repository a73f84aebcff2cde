/// What is there: every tenant that the store knows, as observed at one moment.
public struct LiveState: Sendable {
    /// The tenants, by name.
    public var tenants: [String: LiveTenant]

    /// Gathers tenants.
    public init(tenants: [String: LiveTenant] = [:]) { self.tenants = tenants }
}

/// What is there of one tenant.
public struct LiveTenant: Sendable {
    /// `Settlement` of the last apply that left nothing undone; nil where there was none.
    public var settlement: String?
    /// The resources, by address.
    public var resources: [ResourceAddress: LiveResource]
    /// The materialised slots, by the name of their schedule; also of schedules that are gone.
    public var slots: [String: LiveSlots]
    /// Set while the tenant is retired.
    public var retirement: Retirement?
    /// What must not go away; the tenant's own address stands for all of it.
    public var protections: [ResourceAddress: Protection]
    /// Break-glass changes that stand, or that ended and are not healed yet, oldest first.
    public var overrides: [Override]

    /// Describes a tenant.
    public init(
        settlement: String? = nil,
        resources: [ResourceAddress: LiveResource] = [:],
        slots: [String: LiveSlots] = [:],
        retirement: Retirement? = nil,
        protections: [ResourceAddress: Protection] = [:],
        overrides: [Override] = []
    ) {
        self.settlement = settlement
        self.resources = resources
        self.slots = slots
        self.retirement = retirement
        self.protections = protections
        self.overrides = overrides
    }

    /// Whether the slots of a schedule may differ from what Clara wrote: their fingerprint does, or
    /// the note of what was written is gone.
    public func hasTouchedSlots(of schedule: String) -> Bool {
        guard let slots = slots[schedule], slots.window != nil else { return true }
        return slots.isTouched
    }
}

/// One live row and what Clara last wrote there; at least one of the two is present.
public struct LiveResource: Sendable, Hashable {
    /// Its name.
    public let address: ResourceAddress
    /// What the row holds now; nil where somebody deleted a row that Clara manages.
    public let content: CanonicalJSON?
    /// What Clara last applied; nil where the row carries no mark and so is unmanaged.
    public let applied: AppliedMark?

    /// Describes a row.
    public init(address: ResourceAddress, content: CanonicalJSON?, applied: AppliedMark?) {
        self.address = address
        self.content = content
        self.applied = applied
    }
}

/// The mark that Clara leaves with a row that it manages. It lives beside the row, not in it, so
/// that a row deleted by hand is seen as drift.
public struct AppliedMark: Sendable, Hashable {
    /// What was applied.
    public let content: CanonicalJSON
    /// The revision that it came from, as `main@sha1:…`.
    public let revision: String
    /// The fleet that owns the row.
    public let fleet: String

    /// Describes a mark.
    public init(content: CanonicalJSON, revision: String, fleet: String) {
        self.content = content
        self.revision = revision
        self.fleet = fleet
    }
}

/// The slot rows of one schedule: those that have not fired and those of the last two days, so
/// that a change of time zone finds a local time that was served already.
public struct LiveSlots: Sendable, Hashable {
    /// The instants between which Clara has materialised slots; nil where the schedule's row is
    /// gone or was never given slots.
    public var window: Range<Instant>?
    /// Whether the rows differ from what Clara wrote, by a fingerprint kept with the schedule.
    public var isTouched: Bool
    /// The rows, sorted by local time and occurrence.
    public var rows: [LiveSlot]

    /// Describes slots.
    public init(window: Range<Instant>? = nil, isTouched: Bool = false, rows: [LiveSlot] = []) {
        self.window = window
        self.isTouched = isTouched
        self.rows = rows
    }
}

/// What a slot is known by within its schedule.
public struct SlotKey: Sendable, Hashable, Comparable {
    /// The local time as the schedule writes it.
    public let localTime: LocalDateTime
    /// 0, or 1 for the second pass through an hour that occurs twice.
    public let occurrence: UInt8

    /// Names a slot.
    public init(localTime: LocalDateTime, occurrence: UInt8) {
        self.localTime = localTime
        self.occurrence = occurrence
    }

    /// The order in which they are shown and worked on.
    public static func < (left: SlotKey, right: SlotKey) -> Bool {
        (left.localTime, left.occurrence) < (right.localTime, right.occurrence)
    }
}

/// One slot row.
public struct LiveSlot: Sendable, Hashable {
    /// What it is known by.
    public let key: SlotKey
    /// When it fires, jitter included.
    public let firesAt: Instant
    /// Whether it is still `planned`, and so Clara's to move.
    public let isPlanned: Bool

    /// Describes a row.
    public init(key: SlotKey, firesAt: Instant, isPlanned: Bool) {
        self.key = key
        self.firesAt = firesAt
        self.isPlanned = isPlanned
    }
}
