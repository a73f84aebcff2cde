/// Why a tenant, or a fleet, is in its condition, and what an event tells of: one word that
/// programs can rely on.
public enum Reason: String, Sendable, Hashable {
    // What became of an apply.
    case applied = "Applied"
    case notApplied = "NotApplied"
    case stale = "Stale"
    case failed = "Failed"
    case healed = "Healed"
    case rolledBack = "RolledBack"
    case retired = "Retired"
    case purged = "Purged"
    case restored = "Restored"
    case overrideEnded = "OverrideEnded"
    // What keeps a tenant from being applied.
    case blocked = "Blocked"
    case frozen = "Frozen"
    case protected = "Protected"
    case overridden = "Overridden"
    case backingOff = "BackingOff"
    // Drift that stays.
    case drifted = "Drifted"
    case fighting = "Fighting"
    // What keeps the whole fleet as it is.
    case refused = "Refused"
    case pinned = "Pinned"
    case backwards = "Backwards"
    case unknownHistory = "UnknownHistory"
    case sourceUnavailable = "SourceUnavailable"
    case emptySource = "EmptySource"
    case brokenRevision = "BrokenRevision"
    case storeFailed = "StoreFailed"
    case movementMissed = "MovementMissed"

    /// Whether somebody has changed an object by hand, and it stays so.
    public var isDrift: Bool { self == .drifted || self == .fighting }
}
