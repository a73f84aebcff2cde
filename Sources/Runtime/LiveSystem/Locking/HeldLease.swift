import ClaraModel
import Synchronization

/// The lease of a lock as its holder knows it. Everybody who writes in the holder's name shares it.
final class HeldLease: Sendable {
    private let lease: Mutex<Lease>

    init(_ lease: Lease) { self.lease = Mutex(lease) }

    /// The lease as it was renewed last.
    var current: Lease { lease.withLock { $0 } }

    /// Takes note of a renewal that is durable.
    func take(_ renewed: Lease) { lease.withLock { $0 = renewed } }
}
