import LiveSystem
import Logging

extension LiveStore {
    /// Takes the lock for a turn of a loop; nil where somebody else holds it.
    func lock(
        for orders: LoopOrders,
        in world: LoopWorld
    ) async throws(ReconcileError) -> LockedStore? {
        let request = LockRequest(
            holder: orders.actor,
            host: orders.host,
            process: .current(),
            operation: OperationID(
                at: now(),
                random: UInt32(world.chance() * Double(UInt32.max))
            )
        )
        do {
            if case .acquired(let locked) = try await lock(request) { return locked }
            return nil
        } catch {
            throw .store(error)
        }
    }
}

extension LockedStore {
    private static let logger = Logger(label: "clara.loop")

    /// Does what the lock was taken for, and gives it back however that ends.
    func concluding<Result>(
        _ work: () async throws(StoreError) -> Result
    ) async throws(ReconcileError) -> Result {
        do {
            let result = try await work()
            await giveBack()
            return result
        } catch {
            await giveBack()
            throw .store(error)
        }
    }

    /// A lock that stays behind ends with its lease.
    private func giveBack() async {
        do {
            _ = try await release()
        } catch {
            Self.logger.warning("the lock was not released", metadata: ["error": "\(error)"])
        }
    }
}
