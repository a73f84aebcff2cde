import ClaraModel

/// Who asks for the lock, and what for.
public struct LockRequest: Sendable, Hashable {
    /// The person or service.
    public let holder: String
    /// The host.
    public let host: String
    /// The process.
    public let process: ProcessIdentity
    /// In whose name everything is written while the lock is held.
    public let operation: OperationID
    /// How long the lock is held without a sign of life.
    public let lease: TimeSpan

    /// A minute: long beside the commit of a group, which takes well under a second, and short
    /// for whoever waits for a host that died.
    public static let defaultLease = TimeSpan.minutes(1)

    /// Describes a request.
    public init(
        holder: String,
        host: String,
        process: ProcessIdentity,
        operation: OperationID,
        lease: TimeSpan = LockRequest.defaultLease
    ) {
        self.holder = holder
        self.host = host
        self.process = process
        self.operation = operation
        self.lease = lease
    }
}

/// Who holds the lock.
public struct LockHolder: Sendable, Hashable, CustomStringConvertible {
    /// What `clara unlock` asks for.
    public let token: Int64
    /// The person or service.
    public let holder: String
    /// The host.
    public let host: String
    /// The process, as `ProcessIdentity` spells it.
    public let process: String
    /// The operation.
    public let operation: String
    /// Since when it is held.
    public let since: Instant
    /// The holder's last sign of life.
    public let renewedAt: Instant
    /// When the lease ends.
    public let expiresAt: Instant

    /// `dana on host-a since 2026-11-23T14:00:00Z (token 7, its lease ends 2026-11-23T14:01:00Z)`
    public var description: String {
        "\(holder) on \(host) since \(since) (token \(token), its lease ends \(expiresAt))"
    }
}

/// What became of a request.
public enum LockOutcome: Sendable {
    /// The lock is held, until it is released or its lease ends.
    case acquired(LockedStore)
    /// Somebody else holds it.
    case held(LockHolder)
}

/// How a lock was lost.
public struct LockLoss: Sendable, Hashable, CustomStringConvertible {
    /// The token that no longer holds it.
    public let token: Int64
    /// Who holds it now; nil where nobody does.
    public let holder: LockHolder?

    /// Describes a loss.
    public init(token: Int64, holder: LockHolder?) {
        self.token = token
        self.holder = holder
    }
    /// What happened, and what to do.
    public var description: String {
        let holder = holder.map { "\($0) holds it" } ?? "its lease ended, or somebody unlocked it"
        return "the lock (token \(token)) is lost: \(holder); what was to be written was not, "
            + "so run the command again"
    }
}
