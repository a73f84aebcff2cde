import ClaraModel
import Planning

/// Something that was ordered, in the journal.
public struct Operation: Sendable, Hashable {
    /// Its name.
    public let id: OperationID
    /// What was ordered.
    public let kind: Kind
    /// Who ordered it.
    public let actor: String
    /// On which host.
    public let host: String
    /// The fleet.
    public let fleet: String
    /// The revision that it leads to, as `main@sha1:…`.
    public let revision: String
    /// The revision that was applied before; nil where there was none, or it does not matter.
    public let previousRevision: String?
    /// `Plan.digest`; nil where it follows no plan.
    public let planDigest: String?
    /// When it began.
    public let startedAt: Instant

    /// What was ordered.
    public enum Kind: String, Sendable, CaseIterable {
        /// Make live what git says.
        case apply
        /// Put back what somebody changed by hand.
        case heal
        /// Go back to an older revision.
        case rollback
        /// Set a field beside git for a while.
        case override
        /// Bring a retired tenant back.
        case restore

        /// Whether it goes to a revision, and not only beside one.
        var followsARevision: Bool {
            switch self {
            case .apply, .heal, .rollback: true
            case .override, .restore: false
            }
        }
    }

    /// Where it stands.
    public enum State: String, Sendable, CaseIterable {
        /// Under way, or left so by a process that ended and was not noticed yet.
        case running
        /// Every step is done.
        case done
        /// Some steps are done.
        case partial
        /// It had steps and none is done.
        case failed
        /// It was stopped, or its process ended, before it was through.
        case interrupted
    }

    /// Describes an order.
    public init(
        id: OperationID,
        kind: Kind,
        actor: String,
        host: String,
        fleet: String,
        revision: String,
        previousRevision: String? = nil,
        planDigest: String? = nil,
        startedAt: Instant
    ) {
        self.id = id
        self.kind = kind
        self.actor = actor
        self.host = host
        self.fleet = fleet
        self.revision = revision
        self.previousRevision = previousRevision
        self.planDigest = planDigest
        self.startedAt = startedAt
    }
}

/// An operation and what became of it.
public struct OperationSummary: Sendable, Hashable {
    /// What was ordered.
    public let operation: Operation
    /// Where it stands.
    public let state: Operation.State
    /// When it ended.
    public let finishedAt: Instant?
    /// What else is to be known, such as why it was interrupted.
    public let detail: String?
    /// Its steps in numbers.
    public let counts: StepCounts
}

/// Steps in numbers. Those that are neither done, failed, stale nor skipped are still to come.
public struct StepCounts: Sendable, Hashable {
    /// All of them.
    public let total: Int
    /// Those that are durable.
    public let done: Int
    /// Those that the store could not do.
    public let failed: Int
    /// Those whose object moved.
    public let stale: Int
    /// Those that were not begun.
    public let skipped: Int
}

/// An operation with its steps.
public struct OperationRecord: Sendable, Hashable {
    /// The operation.
    public let summary: OperationSummary
    /// The steps, in the order of the plan.
    public let steps: [JournalStep]
}

/// One step in the journal.
public struct JournalStep: Sendable, Hashable {
    /// Its place in the plan, from 0.
    public let position: Int
    /// The resource.
    public let address: ResourceAddress
    /// What was to happen to it.
    public let action: Step.Action
    /// Why.
    public let reason: Step.Reason
    /// Where it stands.
    public let state: StepState
    /// Since when; nil for a step that is only planned.
    public let changedAt: Instant?
    /// Why it is not done.
    public let detail: String?
}

/// Where a step stands.
public enum StepState: String, Sendable, CaseIterable {
    /// It is to be done.
    case planned
    /// It may be under way: the group of tenants that it belongs to is the next to commit.
    case started
    /// It is durable.
    case done
    /// The store could not do its tenant's steps.
    case failed
    /// It was not begun before the operation ended.
    case skipped
    /// Its tenant was left as it was, because something in it moved since the plan was made.
    case stale
}
