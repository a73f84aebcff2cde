import ClaraModel

/// Longer and longer pauses after failures in a row: 30 s, 1 min, 2 min, … up to an hour.
struct Backoff: Sendable, Hashable {
    /// Until when to wait.
    let until: Instant
    private let failures: Int

    /// The first pause: as long as what fixes itself, such as a busy database, mostly takes.
    static let first = TimeSpan(seconds: 30)
    /// The longest: an operator who mends something does not wait longer to see it.
    static let longest = TimeSpan.hours(1)

    /// The pause after one more failure.
    static func after(_ previous: Backoff?, at now: Instant) -> Backoff {
        Backoff(failures: (previous?.failures ?? 0) + 1, at: now)
    }

    private init(failures: Int, at now: Instant) {
        self.failures = failures
        let doubled = Self.first.seconds << Int64(min(failures - 1, Self.mostDoublings))
        until = now + TimeSpan(seconds: min(doubled, Self.longest.seconds))
    }

    /// Enough to reach the longest pause, and far from overflow.
    private static let mostDoublings = 20
}
