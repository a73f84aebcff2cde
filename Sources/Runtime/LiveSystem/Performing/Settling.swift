import ClaraModel
import SQLDatabase

extension LockedStore {
    /// Notes the inputs of tenants of which nothing is left undone.
    ///
    /// - Throws: `StoreError.lockLost`; `StoreError` of the database.
    public func settle(
        _ inputs: [String: Digest],
        by provenance: Provenance
    ) async throws(StoreError) {
        let statements = inputs.sorted { $0.key < $1.key }.map {
            TenantTransaction.settle($0.key, $0.value, by: provenance)
        }
        try await write(statements)
    }

    /// Forgets what tenants were settled on, so that the next plan reads them.
    ///
    /// - Throws: `StoreError.lockLost`; `StoreError` of the database.
    public func unsettle(_ tenants: [String]) async throws(StoreError) {
        let statements = tenants.map { SQLStatement(SettlementSQL.delete, [.text($0)]) }
        try await write(statements)
    }
}
