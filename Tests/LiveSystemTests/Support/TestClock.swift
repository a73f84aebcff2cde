import ClaraModel
import LiveSystem
import Synchronization

/// A clock that stands until it is moved.
final class TestClock: Sendable {
    private let state = Mutex((time: Instant.testNow, leaps: [TimeSpan]()))

    /// The time; after a pending leap, the next asking is that much later.
    var now: Instant {
        state.withLock { state in
            defer {
                if !state.leaps.isEmpty { state.time = state.time + state.leaps.removeFirst() }
            }
            return state.time
        }
    }

    func advance(_ span: TimeSpan) { state.withLock { $0.time = $0.time + span } }

    /// Stops the process for a while as soon as it has asked for the time so many times more.
    func leap(_ span: TimeSpan, afterAskings count: Int) {
        state.withLock { $0.leaps = Array(repeating: .zero, count: count - 1) + [span] }
    }
}

extension LockRequest {
    /// A request of a process that exists in tests only.
    static func test(_ number: Int32, lease: TimeSpan = LockRequest.defaultLease) -> LockRequest {
        LockRequest(
            holder: "person-\(number)",
            host: "host-\(number)",
            process: .test(number),
            operation: .test(number),
            lease: lease
        )
    }
}

extension ProcessIdentity {
    /// A process that exists in tests only.
    static func test(_ number: Int32) -> ProcessIdentity {
        ProcessIdentity(boot: "boot", namespace: "pid:[1]", id: number, startTime: 1)
    }
}

extension OperationID {
    /// An operation of the tests' present.
    static func test(_ number: Int32) -> OperationID {
        OperationID(at: .testNow, random: UInt32(number))
    }
}

extension Operation {
    /// An apply in the name of whoever holds the lock; every one has a name of its own.
    ///
    /// - Parameter id: the one that the lock is held for, where that matters.
    static func test(
        _ kind: Kind = .apply,
        id: OperationID? = nil,
        in locked: LockedStore
    ) -> Operation {
        Operation(
            id: id ?? OperationID(at: locked.now(), random: .random(in: 0 ... .max)),
            kind: kind,
            actor: locked.request.holder,
            host: locked.request.host,
            fleet: "agency",
            revision: "main@sha1:1",
            planDigest: "sha256:0",
            startedAt: locked.now()
        )
    }
}
