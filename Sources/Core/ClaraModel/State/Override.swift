/// A break-glass change of one field, which stands beside git until it ends: while it lasts, what
/// git says of the field does not count.
public struct Override: Sendable, Hashable {
    /// The resource.
    public let address: ResourceAddress
    /// The field, from the outside in: `["posts", "perDay"]`.
    public let path: [String]
    /// Its value meanwhile; nil takes the field away.
    public let value: JSONValue?
    /// Why, in the words of whoever ordered it.
    public let reason: String
    /// Who ordered it.
    public let by: String
    /// Since when.
    public let since: Instant
    /// Until when; from this moment on git's value is put back.
    public let until: Instant

    /// Describes an override.
    public init(
        address: ResourceAddress,
        path: [String],
        value: JSONValue?,
        reason: String,
        by: String,
        since: Instant,
        until: Instant
    ) {
        self.address = address
        self.path = path
        self.value = value
        self.reason = reason
        self.by = by
        self.since = since
        self.until = until
    }

    /// Whether it holds at a moment.
    public func isActive(at now: Instant) -> Bool { now < until }
}
