import ClaraModel

/// Longer and longer pauses after failures in a row: 30 s, 1 min, 2 min, … up to an hour.
struct Backoff: Sendable, Hashable {
    private let start: Instant
    private let failures: Int

    /// The first pause: as long as what fixes itself, such as a busy database, mostly takes.
    static let first = TimeSpan(seconds: 30)
    /// The longest: an operator who mends something does not wait longer to see it.
    static let longest = TimeSpan.hours(1)

    /// The pause after one more failure.
    static func after(_ previous: Backoff?, at now: Instant) -> Backoff {
        Backoff(start: now, failures: (previous?.failures ?? 0) + 1)
    }

    /// Until when to wait.
    var until: Instant {
        let doubled = Self.first.seconds << Int64(min(failures - 1, Self.mostDoublings))
        return start + TimeSpan(seconds: min(doubled, Self.longest.seconds))
    }

    /// Whether to wait at a moment. A clock that stands before the failure was set back, and nobody
    /// waits until it is where it was.
    func holds(at now: Instant) -> Bool { start <= now && now < until }

    /// Enough to reach the longest pause, and far from overflow.
    private static let mostDoublings = 20
}
