import ClaraModel
import Planning

extension Life {
    /// Holds what a pass did against what it may do.
    func check(_ record: PassRecord, _ before: StoreImage, _ after: StoreImage) async throws {
        checkDirection(record, before, after)
        var record = record
        record.deletionLimit = history.fleets[record.order.commit].deletions
        try await checkWhatIsDone(record, after)
        let wishes = try await wishes(at: record.order.commit)
        for promise in PassCheck(record, before, after, wishes).broken { expect(false, promise) }
    }

    /// What the journal calls done is live as planned, whatever somebody did in between: a row that
    /// moved since the plan makes its tenant stale.
    func checkWhatIsDone(_ record: PassRecord, _ after: StoreImage) async throws {
        let steps = after.operations[record.operation] ?? []
        let done = Set(steps.filter { $0.state == "done" }.map(\.tenant))
        let live = try await store(on: driver).observe(now: clock.now)
        for step in record.plan?.steps ?? [] where done.contains(step.address.tenant) {
            let found = live.tenants[step.address.tenant]?.resources[step.address]
            expect(found?.content == step.after, "\(step.address) is done and live as planned")
        }
    }

    /// Never to an older revision than one that something was applied of, unless somebody orders a
    /// rollback; then that one is where it goes on from.
    func checkDirection(
        _ record: PassRecord,
        _ before: StoreImage,
        _ after: StoreImage
    ) {
        let commit = record.order.commit
        if record.order.direction == .rollback {
            if record.hadLock, !record.isRefused { floor = commit }
            return
        }
        let wrote = after.marks.contains { key, mark in
            mark != before.marks[key] && history.number(of: mark.revision) == commit
        }
        let noted =
            after.revision != before.revision
            && after.revision.flatMap { history.number(of: $0) } == commit
        guard wrote || noted else { return }
        expect(
            commit >= floor,
            "never backwards: commit \(commit) was applied after commit \(floor)"
        )
        floor = max(floor, commit)
    }
}
