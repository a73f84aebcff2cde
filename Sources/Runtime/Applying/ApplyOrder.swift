import ClaraModel
import LiveSystem
import Planning

/// What a person or the loop orders beside a plan: in whose name, as what, and when to stop.
public struct ApplyOrder: Sendable {
    /// What the journal calls it.
    public let kind: Operation.Kind
    /// The revision that was applied before.
    public let previousRevision: String?
    /// Where the fleet is to stay from now on; it is noted with the intent.
    public let pin: Pin?
    /// What the person said of it, for journal and events.
    public let note: String?
    /// Where a test has the process killed.
    public let faults: FaultPlan
    /// Asked between two groups of tenants; what is left then is skipped.
    public let isStopping: @Sendable () -> Bool

    /// Describes an order.
    public init(
        _ kind: Operation.Kind,
        previousRevision: String? = nil,
        pin: Pin? = nil,
        note: String? = nil,
        faults: FaultPlan = .none,
        isStopping: @escaping @Sendable () -> Bool = { false }
    ) {
        self.kind = kind
        self.previousRevision = previousRevision
        self.pin = pin
        self.note = note
        self.faults = faults
        self.isStopping = isStopping
    }

    /// The order as the journal notes it.
    func operation(of plan: Plan, in locked: LockedStore) -> Operation {
        Operation(
            id: locked.request.operation,
            kind: kind,
            actor: locked.request.holder,
            host: locked.request.host,
            fleet: plan.fleet,
            revision: plan.revision,
            previousRevision: previousRevision,
            planDigest: plan.digest.description,
            startedAt: locked.now()
        )
    }
}
