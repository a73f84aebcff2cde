import Synchronization

/// Says when a fetch must end: at its deadline, or when its task is cancelled.
final class FetchWatch: Sendable {
    let patience: Patience
    private let end: ContinuousClock.Instant
    private let isCancelled = Atomic(false)
    private let start = ContinuousClock.now
    /// When something was last heard, in milliseconds after `start`.
    private let lastNotice = Atomic<Int64>(0)

    init(_ patience: Patience) {
        self.patience = patience
        end = .now + patience.total
    }

    func cancel() {
        isCancelled.store(true, ordering: .relaxed)
    }

    /// Whether the fetch may go on.
    var goesOn: Bool {
        !isCancelled.load(ordering: .relaxed) && !isOver
    }

    /// Notes that something was heard from the host.
    func notice() {
        lastNotice.store(elapsed, ordering: .relaxed)
    }

    /// Whether nothing was heard for longer than the patience.
    var hasStalled: Bool {
        .milliseconds(elapsed - lastNotice.load(ordering: .relaxed)) > patience.stall
    }

    private var elapsed: Int64 {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }

    /// Whether the deadline has passed.
    var isOver: Bool { ContinuousClock.now >= end }

    /// Why the fetch was ended; nil for one that may go on.
    func ending(of host: String) -> GitError? {
        if isCancelled.load(ordering: .relaxed) { return GitError(.cancelled) }
        if isOver {
            return GitError(.timedOut(host: host, why: "it took longer than \(patience.total)"))
        }
        if hasStalled {
            return GitError(.timedOut(host: host, why: "nothing came for \(patience.stall)"))
        }
        return nil
    }
}
