import LiveSystem
import ManifestLoading
import Planning

extension OperationSummary {
    /// The operation as history shows it.
    var entry: HistoryEntry {
        HistoryEntry(
            id: "\(operation.id)",
            kind: operation.kind.rawValue,
            state: HistoryEntry.State(state),
            startedAt: operation.startedAt,
            finishedAt: finishedAt,
            actor: operation.actor,
            host: operation.host,
            fleet: operation.fleet,
            revision: operation.revision,
            previousRevision: operation.previousRevision,
            planDigest: operation.planDigest,
            // Reasons and values are a person's own words.
            detail: detail.map { SecretScan.looksLikeKey($0) ? "(hidden)" : $0 },
            counts: HistoryEntry.Counts(
                total: counts.total,
                done: counts.done,
                failed: counts.failed,
                stale: counts.stale,
                skipped: counts.skipped
            )
        )
    }
}

extension OperationRecord {
    /// The operation with its steps as history shows it.
    ///
    /// - Parameter tenant: only the steps of this tenant.
    func details(of tenant: String?) -> HistoryDetails {
        let shown = steps.filter { tenant == nil || $0.address.tenant == tenant }
        return HistoryDetails(summary.entry, steps: shown.map(\.entry))
    }
}

extension JournalStep {
    fileprivate var entry: HistoryStep {
        HistoryStep(
            address: address,
            action: action,
            reason: reason,
            state: HistoryStep.State(state),
            detail: detail
        )
    }
}

extension HistoryEntry.State {
    fileprivate init(_ state: Operation.State) {
        self =
            switch state {
            case .running: .running
            case .done: .done
            case .partial: .partial
            case .failed: .failed
            case .interrupted: .interrupted
            }
    }
}

extension HistoryStep.State {
    fileprivate init(_ state: StepState) {
        self =
            switch state {
            case .planned: .planned
            case .started: .started
            case .done: .done
            case .failed: .failed
            case .skipped: .skipped
            case .stale: .stale
            }
    }
}
