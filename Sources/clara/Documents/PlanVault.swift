import ClaraModel
import LiveSystem
import Planning
import Reconciling

/// Seals plans with a store's key, and opens those that were sealed with it.
struct PlanVault {
    private let store: LiveStore

    /// - Parameter store: the one that the plans are made on.
    init(_ store: LiveStore) { self.store = store }

    /// Saves a plan.
    ///
    /// - Parameter live: what it was made on.
    func save(
        _ reconciliation: Reconciliation,
        on live: LiveState,
        to path: String
    ) async throws {
        let (identity, key) = try await seal()
        do {
            let saved = try SavedPlan(
                reconciliation.report,
                on: live,
                reconciliation.savedCourse,
                settings: reconciliation.settings,
                store: identity.id,
                key: key
            )
            try PlanFile(path: path).write(saved.bytes(sealedBy: key))
        } catch let error as SavedPlanError {
            throw CommandFailure.error("\(path): \(error)")
        }
    }

    /// Reads a saved plan and checks that nobody has changed it.
    ///
    /// - Parameter fleet: the fleet that it must be of; nil where any is welcome.
    /// - Throws: `CommandFailure.refused` for one that was changed, or of another store or fleet.
    func open(_ path: String, of fleet: String? = nil) async throws -> SavedPlan {
        let bytes = try PlanFile(path: path).read()
        let (identity, key) = try await seal()
        do {
            return try SavedPlan(reading: bytes, store: identity.id, fleet: fleet, key: key)
        } catch {
            throw CommandFailure.refused("\(path): \(error)")
        }
    }

    /// The key, for `SavedPlan.refit`.
    func key() async throws -> AuthenticationKey { try await seal().key }

    private func seal() async throws -> (identity: StoreIdentity, key: AuthenticationKey) {
        guard let identity = try await store.identity(),
            let key = AuthenticationKey(bytes: identity.planKey.reveal())
        else {
            throw CommandFailure.refused(
                "this store has never been written to, so that no plan was saved on it; name the "
                    + "store that the plan was made on with --store"
            )
        }
        return (identity, key)
    }
}
