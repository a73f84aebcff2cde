import ClaraModel

/// How long a lock is held without a sign of life. It knows no clock: the time is an argument.
public struct Lease: Sendable, Hashable {
    /// The last sign of life.
    public let renewedAt: Instant
    /// How long one counts.
    public let duration: TimeSpan

    /// Describes a lease.
    public init(renewedAt: Instant, duration: TimeSpan) {
        self.renewedAt = renewedAt
        self.duration = duration
    }

    /// From this moment on somebody else may take the lock, and the holder cannot write.
    public var end: Instant { renewedAt + duration }

    /// Whether it is time to renew: after a third, so that one renewal may fail and another be
    /// late.
    public func isDue(at now: Instant) -> Bool { now >= renewedAt + untilDue }

    /// How long after a sign of life the next is due.
    public var untilDue: TimeSpan { TimeSpan(seconds: duration.seconds / 3) }

    /// Whether it is over.
    public func isOver(at now: Instant) -> Bool { now >= end }
}
