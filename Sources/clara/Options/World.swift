import ClaraModel
import Foundation
import LiveSystem

extension Instant {
    /// The moment at which a command looks at the world; everything below takes it as an argument.
    static func current() -> Instant {
        Instant(seconds: Int64(Date().timeIntervalSince1970))
    }
}

extension StoreEnvironment {
    /// The clock and the random numbers of this machine.
    static let system = StoreEnvironment(
        clock: { .current() },
        random: { count in
            var generator = SystemRandomNumberGenerator()
            return (0..<count).map { _ in .random(in: .min ... .max, using: &generator) }
        }
    )
}
