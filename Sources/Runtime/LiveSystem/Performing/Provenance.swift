import ClaraModel
import SQLDatabase

/// What an apply leaves with everything that it writes.
public struct Provenance: Sendable, Hashable {
    /// The fleet that owns what is written.
    public let fleet: String
    /// The revision that it came from, as `main@sha1:…`.
    public let revision: String
    /// The moment.
    public let now: Instant

    /// Describes an apply.
    public init(fleet: String, revision: String, now: Instant) {
        self.fleet = fleet
        self.revision = revision
        self.now = now
    }
}

/// What became of a change.
public enum PerformOutcome: Sendable, Equatable {
    /// It is durable.
    case done
    /// Live is not as it was when this was planned; nothing was changed.
    case stale(ResourceAddress, found: String)
    /// The store could not do it; nothing was changed.
    case failed(StoreError)
}

/// What became of a tenant's steps, all of them together.
public struct TenantOutcome: Sendable, Equatable {
    /// The tenant.
    public let tenant: String
    /// What became of them.
    public let outcome: PerformOutcome

    /// Describes an outcome.
    public init(tenant: String, outcome: PerformOutcome) {
        self.tenant = tenant
        self.outcome = outcome
    }
}
