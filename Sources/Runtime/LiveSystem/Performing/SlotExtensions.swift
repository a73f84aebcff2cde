import ClaraModel
import Planning
import SQLDatabase

extension SlotExtension {
    /// The transaction, as a value.
    var transaction: SQLTransaction {
        var statements = SlotStatements.moves(change, of: address)
        if let window = change.window {
            let values =
                SlotStatements.window(window, fingerprint: change.fingerprint)
                + [.text(address.tenant), .text(address.name)]
                + [
                    SQLValue(previous?.lowerBound.description),
                    SQLValue(previous?.upperBound.description),
                ]
            statements.append(
                GuardedStatement(
                    SQLStatement(SlotStatements.moveWindow, values),
                    expects: .exactly(1),
                    subject: address.description
                )
            )
        }
        return SQLTransaction(label: address.description, statements: statements)
    }
}

extension LockedStore {
    /// How many schedules one durable commit covers.
    private static let schedulesPerCommit = 500

    /// Moves the windows of schedules forward, each schedule in a transaction of its own. It is
    /// no change of anything that git says: it leaves marks and settlements as they are, and no
    /// trace in the change feed.
    ///
    /// - Returns: the outcomes, in order.
    /// - Throws: `StoreError.lockLost`, or `StoreError` of the database, where the store itself
    ///   fails; what was committed before stays.
    public func extendSlots(_ upkeep: [SlotExtension]) async throws(StoreError) -> [PerformOutcome]
    {
        var outcomes: [PerformOutcome] = []
        for start in stride(from: 0, to: upkeep.count, by: Self.schedulesPerCommit) {
            let group = upkeep[start..<min(start + Self.schedulesPerCommit, upkeep.count)]
            let committed = try await commit(group.map(\.transaction), as: .upkeep)
            outcomes += zip(group, committed).map { $0.outcome($1) }
        }
        return outcomes
    }
}

extension SlotExtension {
    /// What became of it.
    func outcome(_ outcome: TransactionOutcome) -> PerformOutcome {
        switch outcome {
        case .committed: .done
        case .failed(let error): .failed(.database(error))
        case .refused: .stale(address, found: "slots that are not as they were")
        }
    }
}
