import ClaraModel
import GitSource
import LiveSystem
import Planning

/// What a loop remembers between its turns. It decides and does nothing: time is an argument.
struct LoopState: Sendable {
    private var revision: Revision?
    /// Why the revision cannot be planned; nil where it can. Only another one mends it.
    private(set) var fault: ReconcileError?
    private var backoffs: [String: Backoff] = [:]
    private var healings: [ResourceAddress: HealingRecord] = [:]

    /// Takes note of the revision that the source stands at. A newer one supersedes what was being
    /// retried.
    ///
    /// - Returns: whether it is another one than before.
    mutating func arrive(at next: Revision) -> Bool {
        guard next != revision else { return false }
        let isFirst = revision == nil
        revision = next
        fault = nil
        backoffs = [:]
        return !isFirst
    }

    /// The revision, as `main@sha1:…`; empty before the source was read for the first time.
    var shownRevision: String { revision?.description ?? "" }

    /// Remembers that the revision cannot be planned, so that looking at it again tells nothing.
    mutating func breakDown(by error: ReconcileError) { fault = error }

    /// Forgets what is past: the failures of tenants that have nothing left to do, whoever mended
    /// them, and fights that are over.
    ///
    /// - Parameter plan: everything that there is to do.
    mutating func forget(beside plan: Plan, at now: Instant) {
        let waiting = Set(plan.tenants.lazy.filter { !$0.isEmpty }.map(\.tenant))
        backoffs = backoffs.filter { waiting.contains($0.key) }
        healings = healings.filter { !$0.value.isForgotten(at: now) }
    }

    /// The part of a plan to apply now: without tenants that wait after a failure, without drift
    /// that is only reported, without objects that are fought over.
    func choose(
        from plan: Plan,
        _ mode: LoopSettings.DriftMode,
        at now: Instant
    ) -> LoopChoice {
        var choice = LoopChoice()
        for tenant in plan.tenants {
            if let backoff = backoffs[tenant.tenant], backoff.holds(at: now), !tenant.isEmpty {
                choice.waiting[tenant.tenant] = backoff.until
                continue
            }
            choice.take(tenant) { step in
                guard step.reason == .drifted else { return nil }
                if mode == .report { return .reported }
                return healings[step.address]?.truce(at: now).map { .truce(until: $0) }
            }
        }
        return choice
    }

    /// Learns from what became of an apply.
    mutating func learn(from outcomes: [TenantOutcome], _ plan: Plan, at now: Instant) {
        for outcome in outcomes {
            let tenant = outcome.tenant
            backoffs[tenant] =
                outcome.outcome == .done ? nil : .after(backoffs[tenant], at: now)
        }
        let done = Set(outcomes.filter { $0.outcome == .done }.map(\.tenant))
        for step in plan.steps where step.reason == .drifted && done.contains(step.address.tenant) {
            var record = healings[step.address] ?? HealingRecord(at: now)
            record.heal(at: now)
            healings[step.address] = record
        }
    }
}

/// What a turn of the loop applies of a plan, and what it leaves.
struct LoopChoice: Sendable {
    /// Tenants with what to do now, and those that are blocked.
    private(set) var tenants: [TenantPlan] = []
    /// Tenants that wait after a failure, and until when.
    var waiting: [String: Instant] = [:]
    /// Drift that stays as it is.
    private(set) var left: [LeftDrift] = []

    /// Why drift stays as it is.
    enum Reason: Sendable, Hashable {
        /// The fleet says that drift is reported.
        case reported
        /// Somebody else keeps changing the object.
        case truce(until: Instant)
    }

    /// A drifted object that stays as it is.
    struct LeftDrift: Sendable, Hashable {
        let address: ResourceAddress
        /// Whether somebody has deleted it.
        let isGone: Bool
        let reason: Reason
    }

    /// Takes a tenant without the steps that are to be left.
    mutating func take(_ plan: TenantPlan, leaving reason: (Step) -> Reason?) {
        let kept = plan.leaving { reason($0) != nil }
        let addresses = Set(kept.steps.map(\.address))
        left += plan.steps.filter { !addresses.contains($0.address) }.compactMap { step in
            reason(step).map {
                LeftDrift(address: step.address, isGone: step.before == nil, reason: $0)
            }
        }
        tenants.append(kept)
    }
}
