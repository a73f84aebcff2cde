import ClaraModel
import Synchronization

/// A clock that stands still until it is told to jump, forwards or backwards.
final class SimulatedClock: Sendable {
    private let moment = Mutex(Instant(seconds: 1_795_435_200))  // 2026-11-23T12:00:00Z

    var now: Instant { moment.withLock { $0 } }

    func jump(_ span: TimeSpan) { moment.withLock { $0 = $0 + span } }
}
