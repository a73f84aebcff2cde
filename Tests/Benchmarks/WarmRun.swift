import Applying
import ClaraModel
import Foundation
import GitSource
import LiveSystem
import Planning
import Reconciling

/// What a controller does that has looked at the fleet before: nothing happened, or one commit
/// changed one tenant.
struct WarmRun {
    /// The names of the stages.
    enum Stage {
        static let idle = "warm: nothing happened"
        static let plan = "warm: plan one changed tenant"
        static let apply = "warm: apply it"
    }

    let repository: String
    let store: LiveStore
    let now: Instant

    /// How often each is done; the middle one counts, as these are short.
    private static let rounds = 9

    /// Measures a store to which the base was applied.
    func run(_ stopwatch: inout Stopwatch) async throws {
        let base = try await source(.base)
        let (_, snapshot) = try await pass(base).plan(since: nil)
        try await stopwatch.measureMedian(Stage.idle, rounds: Self.rounds) {
            let (found, _) = try await pass(base).plan(since: snapshot)
            guard found.report.plan.isEmpty else { throw StageFailure(what: "it is not in sync") }
        }
        try await change(from: snapshot, &stopwatch)
    }

    /// Goes to the other commit and back, so that each round has one tenant to change.
    private func change(from start: Snapshot, _ stopwatch: inout Stopwatch) async throws {
        var (plans, applies): ([Cost], [Cost]) = ([], [])
        var snapshot = start
        for round in 0..<Self.rounds {
            let source = try await source(round.isMultiple(of: 2) ? .oneTenant : .base)
            var laps = Stopwatch()
            let (found, next) = try await laps.measure(Stage.plan) {
                try await pass(source).plan(since: snapshot)
            }
            guard found.report.plan.tenants.count(where: { !$0.isEmpty }) == 1 else {
                throw StageFailure(what: "not one tenant is to be changed")
            }
            try await laps.measure(Stage.apply) { try await apply(found) }
            snapshot = next
            plans += laps.measurements.filter { $0.name == Stage.plan }.map(\.cost)
            applies += laps.measurements.filter { $0.name == Stage.apply }.map(\.cost)
        }
        for (name, costs) in [(Stage.plan, plans), (Stage.apply, applies)] {
            if let cost = costs.median { stopwatch.add(Measurement(name: name, cost: cost)) }
        }
    }

    private func apply(_ found: Reconciliation) async throws {
        let request = LockRequest(
            holder: "bench",
            host: "localhost",
            process: .current(),
            operation: OperationID(at: now, random: .random(in: .min ... .max))
        )
        guard case .acquired(let locked) = try await store.lock(request) else {
            throw StageFailure(what: "somebody holds the lock")
        }
        let report = await ReconcileOnce.apply(found, as: .apply, in: locked) { _ in }
        _ = try await locked.release()
        guard !report.isPartial else { throw StageFailure(what: "the apply left something undone") }
    }

    private func pass(_ source: any SourceTree) -> ReconcileOnce {
        ReconcileOnce(
            source: source,
            store: store,
            // The branches stand beside each other: going back is no rollback here.
            orders: PassOrders(direction: .rollback),
            now: now
        )
    }

    private func source(_ branch: FleetRepository.Branch) async throws -> any SourceTree {
        try await GitSource.open(
            try SourceAddress(parsing: repository),
            options: GitOptions(
                cacheDirectory: repository + ".cache",
                reference: branch.rawValue
            )
        )
    }
}

extension Stopwatch {
    /// Runs a part several times and notes the one in the middle.
    fileprivate mutating func measureMedian(
        _ name: String,
        rounds: Int,
        _ body: () async throws -> Void
    ) async throws {
        var laps = Stopwatch()
        for _ in 0..<rounds { try await laps.measure(name, body) }
        if let cost = laps.measurements.map(\.cost).median {
            add(Measurement(name: name, cost: cost))
        }
    }
}
