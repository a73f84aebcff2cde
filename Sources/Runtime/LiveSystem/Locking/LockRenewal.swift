import ClaraModel

extension LockedStore {
    /// Shows a sign of life.
    ///
    /// - Returns: the lease from now on.
    /// - Throws: `StoreError.lockLost` where the lease is over already, or somebody has taken the
    ///   lock; `StoreError` of the database.
    public func renew() async throws(StoreError) -> Lease {
        let lease = Lease(renewedAt: now(), duration: request.lease)
        _ = try await commit([], renewing: lease)
        return lease
    }

    /// Does work that may write nothing for longer than the lease lasts, such as planning a large
    /// fleet, and shows signs of life meanwhile.
    ///
    /// - Parameter sleep: sleeps, and throws where its task is cancelled.
    public func keepingAlive<Result>(
        sleep: @escaping @Sendable (TimeSpan) async throws -> Void,
        _ work: () async throws -> Result
    ) async throws -> Result {
        // Whoever leaves the scope ends the signs, and waits for the one that is being written.
        async let _ = showSigns(sleep)
        return try await work()
    }

    private func showSigns(_ sleep: @Sendable (TimeSpan) async throws -> Void) async {
        while !Task.isCancelled {
            do {
                try await sleep(lease.untilDue)
                if lease.isDue(at: now()) { _ = try await renew() }
            } catch {
                // Of a lock that is lost, the work's next write tells; of a busy database, the next
                // sign may go through.
                continue
            }
        }
    }
}
