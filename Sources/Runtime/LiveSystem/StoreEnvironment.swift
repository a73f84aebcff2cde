import ClaraModel

/// What a store needs of the world around it: the time, chance, and whether a process still runs.
public struct StoreEnvironment: Sendable {
    /// The time; the store asks it anew for every write.
    public let clock: @Sendable () -> Instant
    /// So many random bytes, good enough for a key.
    public let random: @Sendable (Int) -> [UInt8]
    /// Whether a process is known to be gone. False where that cannot be told, such as for a
    /// process of another host.
    public let isGone: @Sendable (ProcessIdentity) -> Bool

    /// Describes the world.
    public init(
        clock: @escaping @Sendable () -> Instant,
        random: @escaping @Sendable (Int) -> [UInt8],
        isGone: @escaping @Sendable (ProcessIdentity) -> Bool = { $0.isGone() }
    ) {
        self.clock = clock
        self.random = random
        self.isGone = isGone
    }
}
