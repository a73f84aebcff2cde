import ClaraModel

/// How often an object was put back, so that a fight with another controller is noticed: who heals
/// what somebody else keeps changing only makes noise.
struct HealingRecord: Sendable, Hashable {
    private var score = 0.0
    private var last: Instant

    /// How many times an object is healed at once before it counts as fought over.
    static let patience = 3.0
    /// After this time, half of what happened is forgotten.
    static let halfLife = TimeSpan.hours(1)
    /// How long a fought-over object is left alone, per time that it was healed beyond patience.
    static let pause = TimeSpan.minutes(10)

    /// Nothing was healed yet.
    init(at now: Instant) { last = now }

    /// Notes that the object was healed.
    mutating func heal(at now: Instant) {
        score = decayed(at: now) + 1
        last = now
    }

    /// Until when to leave the object alone; nil where nobody fights over it, and where the clock
    /// was set back since it was healed.
    func truce(at now: Instant) -> Instant? {
        let excess = decayed(at: now) - Self.patience
        guard excess >= 0, last <= now else { return nil }
        let end = last + TimeSpan(seconds: Int64(Double(Self.pause.seconds) * (excess + 1)))
        return now < end ? end : nil
    }

    /// Whether nothing of it is worth remembering.
    func isForgotten(at now: Instant) -> Bool { decayed(at: now) < 0.1 }

    private func decayed(at now: Instant) -> Double {
        let halves = Double((now - last).seconds) / Double(Self.halfLife.seconds)
        return score * Self.power(0.5, max(halves, 0))
    }

    /// `base` to a power, in steps that need no library: whole halvings, and a straight line
    /// between two of them.
    private static func power(_ base: Double, _ exponent: Double) -> Double {
        let whole = min(Int(exponent), 64)
        let value = (0..<whole).reduce(1.0) { value, _ in value * base }
        return value * (1 - (exponent - Double(whole)) * (1 - base))
    }
}
