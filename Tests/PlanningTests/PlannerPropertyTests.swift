import ClaraModel
import Planning
import TestSupport
import Testing

/// What holds of every plan, tried on random fleets. A failure names the seed; `CLARA_SEED` replays
/// it.
@Suite("Planning")
struct PlannerPropertyTests {
    /// A Thursday before the clocks of London change on Sunday.
    private static let start = Instant(seconds: 1_792_670_400)
    private static let rounds: UInt64 = 30

    @Test("leaves nothing to do once a plan is applied, whatever was done by hand")
    func applyingConverges() throws {
        try eachSeed { seed in
            var fleet = RandomFleet(seed: seed)
            var live = LiveState()
            for day in 0..<4 {
                let now = Self.start + .days(Int64(day))
                let desired = try fleet.desired()
                live.apply(Self.plan(desired, live, now))
                let again = Self.plan(desired, live, now)
                let left = again.steps.map { "\($0.action) \($0.address) \($0.reason)" }
                #expect(again.isEmpty, "seed \(seed), day \(day): \(left)")
                #expect(!PlanReport(plan: again).hasDrift, "seed \(seed), day \(day)")
                fleet.disturb(&live)
            }
        }
    }

    @Test("says the same of the same states")
    func deterministic() throws {
        try eachSeed { seed in
            let (desired, live) = try Self.states(seed)
            let (first, second) = (Self.plan(desired, live), Self.plan(desired, live))
            #expect(first.digest == second.digest, "seed \(seed)")
            let renderer = JSONPlanRenderer()
            #expect(
                renderer.render(PlanReport(plan: first))
                    == renderer.render(PlanReport(plan: second)),
                "seed \(seed)"
            )
        }
    }

    @Test("never depends on the order in which resources and documents come")
    func orderDoesNotMatter() throws {
        try eachSeed { seed in
            let (desired, live) = try Self.states(seed)
            var generator = SplitMix64(seed: seed)
            let shuffled = DesiredState(
                fleet: desired.fleet,
                tenants: desired.tenants.mapValues { $0.shuffled(using: &generator) }
            )
            #expect(
                Self.plan(desired, live).digest == Self.plan(shuffled, live).digest,
                "seed \(seed)"
            )
        }
    }

    @Test("never touches a tenant that is broken, nor rows without a mark that git does not name")
    func leavesAlone() throws {
        try eachSeed { seed in
            let (desired, live) = try Self.states(seed)
            for plan in Self.plan(desired, live).tenants {
                if plan.blocked != nil { #expect(plan.steps.isEmpty, "seed \(seed)") }
                let touched = Set(plan.steps.map(\.address))
                #expect(touched.isDisjoint(with: plan.unmanaged), "seed \(seed)")
            }
        }
    }

    @Test("creates before it deletes, in the order of kinds, and deletes in the reverse order")
    func order() throws {
        try eachSeed { seed in
            let (desired, live) = try Self.states(seed)
            for plan in Self.plan(desired, live).tenants {
                let deletions = plan.steps.filter { $0.action == .delete }.map(\.address)
                let others = plan.steps.filter { $0.action != .delete }.map(\.address)
                #expect(plan.steps.map(\.address) == others + deletions, "seed \(seed)")
                #expect(others == others.sorted(), "seed \(seed)")
                #expect(deletions == deletions.sorted(by: >), "seed \(seed)")
            }
        }
    }

    @Test("seals every step: whatever is changed, left out or moved changes the digest")
    func digest() throws {
        // Each round seals its plan some hundred times.
        try eachSeed(rounds: 4) { seed in
            let (desired, live) = try Self.states(seed)
            let plan = Self.plan(desired, live)
            for (index, tenant) in plan.tenants.enumerated() {
                for steps in tenant.steps.variations {
                    var tenants = plan.tenants
                    tenants[index] = TenantPlan(tenant: tenant.tenant, steps: steps)
                    let other = Plan(
                        fleet: plan.fleet,
                        revision: plan.revision,
                        plannedAt: plan.plannedAt,
                        tenants: tenants,
                        impact: plan.impact
                    )
                    #expect(other.digest != plan.digest, "seed \(seed)")
                }
            }
        }
    }

    @Test("has the digest of a plan made later, for as long as only time has passed")
    func digestAndTime() throws {
        try eachSeed { seed in
            var fleet = RandomFleet(seed: seed)
            var live = LiveState()
            live.apply(Self.plan(try fleet.desired(), live, Self.start))
            let desired = try fleet.desired()
            let (early, late) = (Self.start + .hours(2), Self.start + .days(3))
            #expect(
                Self.plan(desired, live, early).digest == Self.plan(desired, live, late).digest,
                "seed \(seed)"
            )
        }
    }

    @Test("of an hour ago, brought up to date, is the plan of now")
    func upToDate() throws {
        try eachSeed { seed in
            let (desired, live) = try Self.states(seed)
            let (made, now) = (Self.start + .days(1), Self.start + .days(1) + .hours(1))
            let refitted = Self.plan(desired, live, made).asOf(now)
            let fresh = Self.plan(desired, live, now)
            for (old, new) in zip(refitted.steps, fresh.steps) where old.slots != nil {
                // Past midnight the horizon has moved on, which an old plan does not know.
                #expect(old.slots?.removed == new.slots?.removed, "seed \(seed)")
                let end = old.slots?.window?.upperBound ?? now
                let added = new.slots?.added.filter { $0.firesAt < end }
                #expect(old.slots?.added == added, "seed \(seed) \(old.address)")
            }
        }
    }

    @Test("of a part is part of the plan of all")
    func targets() throws {
        try eachSeed { seed in
            let (desired, live) = try Self.states(seed)
            let whole = Set(Self.plan(desired, live).steps.map(\.address))
            let targets = try TargetSelection(parsing: ["a*", "*/Schedule/a", "birch/Prompt/*"])
            let part = Planner(
                fleet: RandomFleet.settings,
                revision: "main",
                now: Self.start + .days(1),
                targets: targets
            ).plan(desired: desired, live: live)
            let covered = whole.filter { targets.covers($0) }
            let planned = Set(part.steps.map(\.address))
            #expect(planned.isSubset(of: whole) && planned.isSuperset(of: covered), "seed \(seed)")
        }
    }

    // MARK: Support

    private func eachSeed(
        rounds: UInt64 = Self.rounds,
        _ body: (UInt64) throws -> Void
    ) throws {
        let first = testSeed(1)
        for seed in first..<(first + rounds) { try body(seed) }
    }

    /// A desired state, and live state that another one left behind and people disturbed since.
    private static func states(_ seed: UInt64) throws -> (DesiredState, LiveState) {
        var fleet = RandomFleet(seed: seed)
        var live = LiveState()
        live.apply(plan(try fleet.desired(), live, start))
        fleet.disturb(&live)
        return (try fleet.desired(), live)
    }

    private static func plan(
        _ desired: DesiredState,
        _ live: LiveState,
        _ now: Instant = start + .days(1)
    ) -> Plan {
        Planner(fleet: RandomFleet.settings, revision: "main@sha1:1", now: now)
            .plan(desired: desired, live: live)
    }
}

extension DesiredTenant {
    fileprivate func shuffled(using generator: inout SplitMix64) -> DesiredTenant {
        guard case .resolved(let resources) = outcome else { return self }
        let shuffled = resources.shuffled(using: &generator).map { resource in
            DesiredResource(
                address: resource.address,
                labels: resource.labels,
                spec: resource.spec,
                documents: resource.documents.shuffled(using: &generator),
                origin: resource.origin
            )
        }
        return DesiredTenant(inputs: inputs, outcome: .resolved(shuffled))
    }
}

extension [Step] {
    /// The steps with one of them changed in each way, left out, or swapped with the next.
    fileprivate var variations: [[Step]] {
        indices.flatMap { index -> [[Step]] in
            let changed = self[index].variations.map { step in
                var copy = self
                copy[index] = step
                return copy
            }
            var shorter = self
            shorter.remove(at: index)
            var swapped = self
            if index > 0 { swapped.swapAt(index, index - 1) }
            return changed + [shorter] + (index > 0 ? [swapped] : [])
        }
    }
}

extension Step {
    fileprivate var variations: [Step] {
        let address = ResourceAddress(tenant: address.tenant, kind: address.kind, name: "other")
        let otherAction = Action.allCases.first { $0 != action } ?? action
        let otherReason = Reason.allCases.first { $0 != reason } ?? reason
        let text = CanonicalJSON(["other": true])
        return [
            copy(address: address), copy(action: otherAction), copy(reason: otherReason),
            copy(before: text), copy(after: text),
        ]
    }

    private func copy(
        address: ResourceAddress? = nil,
        action: Action? = nil,
        reason: Reason? = nil,
        before: CanonicalJSON? = nil,
        after: CanonicalJSON? = nil
    ) -> Step {
        Step(
            address: address ?? self.address,
            action: action ?? self.action,
            reason: reason ?? self.reason,
            before: before ?? self.before,
            after: after ?? self.after,
            drift: drift,
            slots: slots
        )
    }
}
