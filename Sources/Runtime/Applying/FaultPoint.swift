import Glibc

/// A place between two steps of an apply at which a test can have the process killed.
///
/// Nothing but a name in the environment of the process reaches it. It kills with SIGKILL, since
/// nothing that a process could do about its end may happen.
public enum FaultPoint: String, Sendable, CaseIterable {
    /// The lock is held and nothing is written.
    case locked
    /// The intent is durable, and nothing of it is done.
    case intended
    /// A group of tenants is durable.
    case groupCommitted = "group-committed"
    /// Every group is durable, and nothing is noted of it beside its steps.
    case performed
    /// Settlements and conditions are durable; the operation has not ended in the journal.
    case noted
    /// The operation has ended, and the lock is still held.
    case finished
}

/// The fault point that is to be reached, if any.
public struct FaultPlan: Sendable {
    private let point: FaultPoint?

    /// None is reached.
    public static let none = FaultPlan(point: nil)

    /// The process is killed where it reaches this point.
    public init(point: FaultPoint?) { self.point = point }

    /// Goes on, or does not.
    public func reach(_ point: FaultPoint) {
        if point == self.point { kill(getpid(), SIGKILL) }
    }
}
