/// An order, kept with the live object, that it must not go away.
///
/// It lives in the store and not in a manifest, so that removing the manifest does not remove it.
/// On a tenant's own address it covers everything that the tenant has.
public struct Protection: Sendable, Hashable {
    /// Why, in the words of whoever ordered it.
    public let reason: String
    /// Who ordered it.
    public let by: String
    /// Since when.
    public let since: Instant

    /// Describes a protection.
    public init(reason: String, by: String, since: Instant) {
        self.reason = reason
        self.by = by
        self.since = since
    }
}
