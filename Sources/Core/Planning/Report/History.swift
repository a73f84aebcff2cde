import ClaraModel

/// What was done to a store, for `clara history`: operations, the latest first.
public struct HistoryReport: Sendable, Hashable {
    /// The operations, the latest first.
    public let entries: [HistoryEntry]
    /// The tenant whose operations they are; nil for those of all.
    public let tenant: String?
    /// How many earlier ones there are beside them; nil where nobody has counted.
    public let earlier: Int?

    /// Gathers operations.
    public init(_ entries: [HistoryEntry], of tenant: String? = nil, earlier: Int? = nil) {
        self.entries = entries
        self.tenant = tenant
        self.earlier = earlier
    }
}

/// One operation, as the journal has it.
public struct HistoryEntry: Sendable, Hashable {
    /// What it is known by.
    public let id: String
    /// What it was: `apply`, `rollback`, `override`.
    public let kind: String
    /// What became of it.
    public let state: State
    /// When it began.
    public let startedAt: Instant
    /// When it ended; nil while it runs, and where it was cut off.
    public let finishedAt: Instant?
    /// Who ordered it.
    public let actor: String
    /// The machine that it ran on.
    public let host: String?
    /// The fleet.
    public let fleet: String
    /// The revision that it led to, as `main@sha1:…`.
    public let revision: String
    /// The revision that was applied before.
    public let previousRevision: String?
    /// The digest of its plan.
    public let planDigest: String?
    /// Why it ended as it did, where there is more to say.
    public let detail: String?
    /// Its steps in numbers.
    public let counts: Counts

    /// What became of an operation.
    public enum State: String, Sendable, CaseIterable {
        /// It has not ended.
        case running
        /// Every step was done.
        case done
        /// Some tenants were left as they were.
        case partial
        /// Nothing more could be done.
        case failed
        /// It was cut off, and another operation found it so.
        case interrupted
    }

    /// An operation's steps in numbers.
    public struct Counts: Sendable, Hashable {
        /// All of them.
        public var total: Int
        /// Those that are done.
        public var done: Int
        /// Those that failed, and with them their tenants.
        public var failed: Int
        /// Those whose tenants had moved since the plan was made.
        public var stale: Int
        /// Those that were not begun.
        public var skipped: Int

        /// Counts steps; what is none of these has not come to its end.
        public init(total: Int, done: Int, failed: Int = 0, stale: Int = 0, skipped: Int = 0) {
            self.total = total
            self.done = done
            self.failed = failed
            self.stale = stale
            self.skipped = skipped
        }
    }

    /// Describes an operation.
    public init(
        id: String,
        kind: String,
        state: State,
        startedAt: Instant,
        finishedAt: Instant?,
        actor: String,
        host: String?,
        fleet: String,
        revision: String,
        previousRevision: String? = nil,
        planDigest: String? = nil,
        detail: String? = nil,
        counts: Counts
    ) {
        self.id = id
        self.kind = kind
        self.state = state
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.actor = actor
        self.host = host
        self.fleet = fleet
        self.revision = revision
        self.previousRevision = previousRevision
        self.planDigest = planDigest
        self.detail = detail
        self.counts = counts
    }
}

/// One operation with its steps, for `clara history show`.
public struct HistoryDetails: Sendable, Hashable {
    /// The operation.
    public let entry: HistoryEntry
    /// Its tenants in the order in which they were worked on.
    public let tenants: [Tenant]

    /// A tenant and its steps, which were one transaction.
    public struct Tenant: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// The steps in order.
        public let steps: [HistoryStep]
    }

    /// Gathers an operation's steps by tenant, in the order in which they come.
    public init(_ entry: HistoryEntry, steps: [HistoryStep]) {
        self.entry = entry
        let names = steps.reduce(into: (order: [String](), seen: Set<String>())) { names, step in
            if names.seen.insert(step.address.tenant).inserted {
                names.order.append(step.address.tenant)
            }
        }
        let byTenant = Dictionary(grouping: steps, by: \.address.tenant)
        tenants = names.order.map { Tenant(name: $0, steps: byTenant[$0] ?? []) }
    }
}

/// One step of an operation, as the journal has it.
public struct HistoryStep: Sendable, Hashable {
    /// The resource.
    public let address: ResourceAddress
    /// What was to happen to it.
    public let action: Step.Action
    /// Why.
    public let reason: Step.Reason
    /// What became of it.
    public let state: State
    /// Why it was not done, where there is more to say.
    public let detail: String?

    /// What became of a step.
    public enum State: String, Sendable, CaseIterable {
        case planned, started, done, failed, skipped, stale
    }

    /// Describes a step.
    public init(
        address: ResourceAddress,
        action: Step.Action,
        reason: Step.Reason,
        state: State,
        detail: String? = nil
    ) {
        self.address = address
        self.action = action
        self.reason = reason
        self.state = state
        self.detail = detail
    }
}
