import ClaraModel

/// One time at which a schedule posts.
///
/// The pair of local time and occurrence is the slot's key within its schedule, and it is stable:
/// jitter and clock changes never change it. 24 bytes, as a plan over a large fleet holds millions
/// of them.
public struct Slot: Hashable, Sendable {
    /// When the post is due: the scheduled instant with its jitter.
    public let firesAt: Instant
    /// When the slot is scheduled, before jitter; `nil` in a slot read from a row, which does not
    /// hold it.
    public let scheduledAt: Instant?
    /// 0, or 1 for the second of two occurrences of the same local time as clocks are set back.
    public let occurrence: UInt8
    /// The local time as the schedule says it, even where a clock change skips it.
    public let localTime: LocalDateTime

    /// A slot from its parts.
    public init(
        localTime: LocalDateTime,
        occurrence: UInt8,
        scheduledAt: Instant?,
        firesAt: Instant
    ) {
        self.localTime = localTime
        self.occurrence = occurrence
        self.scheduledAt = scheduledAt
        self.firesAt = firesAt
    }
}

/// The 64-bit digest of a set of slots.
///
/// Equal sets have equal digests in whatever order they come; it takes one pass and no memory. It
/// guards against accidents, not against an adversary: slots are computed, not supplied.
public enum SlotFingerprint {
    /// The digest of the slots' keys and due times. Of no slots it is 0.
    public static func of<S: Sequence>(_ slots: S) -> UInt64 where S.Element == Slot {
        slots.reduce(0) { $0 &+ hash($1) }
    }

    private static func hash(_ slot: Slot) -> UInt64 {
        var hash = StableHash()
        hash.combine(slot.localTime)
        hash.combine(slot.occurrence)
        hash.combine(UInt64(bitPattern: slot.firesAt.seconds))
        return hash.value
    }
}
