import Dispatch

/// The thread that blocking libgit2 calls run on, so that a slow disk or a slow host never takes a
/// thread of the cooperative pool. One instance is one serial queue; an actor that names it as its
/// executor is isolated to it.
final class GitThread: SerialExecutor {
    private let queue = DispatchQueue(label: "clara.git")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }

    /// Runs blocking work here and suspends the caller until it is done.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws(GitError) -> Value
    ) async -> Result<Value, GitError> {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: Result(catching: work)) }
        }
    }
}
