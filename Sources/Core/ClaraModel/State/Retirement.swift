/// What is known of a tenant whose folder is gone: it is paused and kept for its retention, and
/// only an apply after that purges it.
public struct Retirement: Sendable, Hashable {
    /// When it was retired.
    public let since: Instant
    /// From when on an apply purges it.
    public let purgeAfter: Instant

    /// Describes a retirement.
    public init(since: Instant, purgeAfter: Instant) {
        self.since = since
        self.purgeAfter = purgeAfter
    }
}
