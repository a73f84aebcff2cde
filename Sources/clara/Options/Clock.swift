import ClaraModel
import Foundation

extension Instant {
    /// The moment at which a command looks at the world; everything below takes it as an argument.
    static func current() -> Instant {
        Instant(seconds: Int64(Date().timeIntervalSince1970))
    }
}
