import ClaraModel
import GitSource
import LiveSystem
import Planning
import Testing

@testable import Reconciling

/// What a loop decides, without a source and without a store.
@Suite("What a loop remembers")
struct LoopStateTests {
    private let start = Instant(seconds: 1_795_435_200)  // 2026-11-23T12:00:00Z
    private let first = Revision(name: "main", commit: ObjectID(hex: "a0".repeated))
    private let second = Revision(name: "main", commit: ObjectID(hex: "b0".repeated))

    private func step(_ text: String, _ reason: Step.Reason) throws -> Step {
        let address = try #require(ResourceAddress(parsing: text))
        let content = CanonicalJSON(["posts": ["perDay": 2]])
        return Step(
            address: address,
            action: .update,
            reason: reason,
            before: content,
            after: content
        )
    }

    private func plan(_ steps: Step...) -> Plan {
        let byTenant = Dictionary(grouping: steps) { $0.address.tenant }
        let tenants = byTenant.map { name, steps in
            TenantPlan(tenant: name, steps: steps, settles: Digest(of: name))
        }
        return Planner(
            fleet: FleetSettings(name: "agency", spec: FleetSpec()),
            revision: "main@sha1:1",
            now: start
        ).plan(reviews: [TenantReview](), tenantCount: 0).holding(tenants)
    }

    @Test("another revision is news but for the first, and clears what was broken")
    func arrives() {
        var state = LoopState()
        let atFirst = state.arrive(at: first)
        #expect(!atFirst)
        state.breakDown(by: .notAFleet(revision: "main"))
        let again = state.arrive(at: first)
        #expect(!again)
        #expect(state.fault != nil)
        let atSecond = state.arrive(at: second)
        #expect(atSecond)
        #expect(state.fault == nil)
    }

    @Test("drift is left where it is only reported, and what git changed is not")
    func reports() throws {
        let state = LoopState()
        let plan = plan(
            try step("acme/Quota/default", .drifted),
            try step("acme/Prompt/note", .changed)
        )
        let reported = state.choose(from: plan, .report, at: start)
        #expect(reported.tenants.flatMap(\.steps).map(\.reason) == [.changed])
        #expect(reported.tenants.map(\.settles) == [nil])
        #expect(reported.left.map(\.address.description) == ["acme/Quota/default"])
        let healed = state.choose(from: plan, .heal, at: start)
        #expect(healed.tenants.flatMap(\.steps).count == 2)
        #expect(healed.tenants.allSatisfy { $0.settles != nil })
        #expect(healed.left.isEmpty)
    }

    @Test("what drifted comes back where a change cannot do without it")
    func needed() throws {
        let prompt = try #require(ResourceAddress(parsing: "acme/Prompt/note"))
        let lost = Step(
            address: prompt,
            action: .create,
            reason: .drifted,
            before: nil,
            after: CanonicalJSON(["system": "Be brief."])
        )
        let schedule = Step(
            address: try #require(ResourceAddress(parsing: "acme/Schedule/mornings")),
            action: .update,
            reason: .changed,
            before: CanonicalJSON(["prompt": "note"]),
            after: CanonicalJSON(["prompt": "note", "jitter": "5m"])
        )
        let state = LoopState()
        let choice = state.choose(from: plan(lost, schedule), .report, at: start)
        #expect(choice.tenants.flatMap(\.steps).map(\.reason) == [.drifted, .changed])
        #expect(choice.left.isEmpty)
    }

    @Test("a tenant that failed waits longer and longer, and no other waits with it")
    func backsOff() throws {
        var state = LoopState()
        let plan = plan(
            try step("acme/Quota/default", .changed),
            try step("beta/Quota/default", .changed)
        )
        var now = start
        var pauses: [Int64] = []
        for _ in 0..<9 {
            state.learn(from: ["acme": .failed(.postgreSQL), "beta": .done], plan, at: now)
            let choice = state.choose(from: plan, .heal, at: now)
            #expect(choice.tenants.map(\.tenant) == ["beta"])
            let until = try #require(choice.waiting["acme"])
            pauses.append((until - now).seconds)
            let retried = state.choose(from: plan, .heal, at: until)
            #expect(retried.tenants.count == 2)
            now = until
        }
        #expect(pauses == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600])
    }

    @Test("success, and a newer commit, end the wait")
    func forgives() throws {
        let plan = plan(try step("acme/Quota/default", .changed))
        var state = LoopState()
        _ = state.arrive(at: first)
        state.learn(from: ["acme": .failed(.postgreSQL)], plan, at: start)
        let waiting = state.choose(from: plan, .heal, at: start)
        #expect(waiting.tenants.isEmpty)
        _ = state.arrive(at: second)
        let superseded = state.choose(from: plan, .heal, at: start)
        #expect(superseded.tenants.count == 1)
        state.learn(from: ["acme": .failed(.postgreSQL)], plan, at: start)
        state.learn(from: ["acme": .done], plan, at: start)
        let mended = state.choose(from: plan, .heal, at: start)
        #expect(mended.tenants.count == 1)
    }

    @Test("who mended itself meanwhile has failed for the first time when it fails again")
    func forgetsFailures() throws {
        let plan = plan(try step("acme/Quota/default", .changed))
        var state = LoopState()
        for _ in 0..<5 { state.learn(from: ["acme": .failed(.postgreSQL)], plan, at: start) }
        state.forget(beside: plan, at: start)
        #expect(state.choose(from: plan, .heal, at: start + .minutes(5)).tenants.isEmpty)
        state.forget(beside: self.plan(), at: start)
        state.learn(from: ["acme": .failed(.postgreSQL)], plan, at: start)
        let choice = state.choose(from: plan, .heal, at: start)
        #expect(choice.waiting == ["acme": start + Backoff.first])
    }

    @Test("nobody waits for a clock that was set back")
    func clockSetBack() throws {
        let fought = plan(try step("beta/Quota/default", .drifted))
        let failing = plan(try step("acme/Quota/default", .changed))
        var state = LoopState()
        let ahead = start + .days(1)
        state.learn(from: ["acme": .failed(.postgreSQL)], failing, at: ahead)
        for _ in 0..<4 { state.learn(from: ["beta": .done], fought, at: ahead) }
        #expect(state.choose(from: failing, .heal, at: ahead).tenants.isEmpty)
        #expect(state.choose(from: fought, .heal, at: ahead).left.count == 1)
        #expect(state.choose(from: failing, .heal, at: start).tenants.count == 1)
        #expect(state.choose(from: fought, .heal, at: start).left.isEmpty)
    }

    @Test("an object that is healed again and again is left alone, the others are not")
    func truce() throws {
        var state = LoopState()
        let fought = try step("acme/Quota/default", .drifted)
        let other = try step("acme/Prompt/note", .drifted)
        var healed = 0
        for minute in 0..<240 {
            let now = start + .minutes(Int64(minute))
            let both = plan(fought, other)
            let choice = state.choose(from: both, .heal, at: now)
            let steps = choice.tenants.flatMap(\.steps).filter { $0.address == fought.address }
            if steps.isEmpty { continue }
            healed += 1
            state.learn(from: ["acme": .done], plan(fought), at: now)
        }
        #expect((3...20).contains(healed), "\(healed) times in four hours")
        let later = start + .hours(24)
        let choice = state.choose(from: plan(fought), .heal, at: later)
        #expect(choice.left.isEmpty)
    }

    @Test("a fight is forgotten after a quiet day, and a single correction is no fight")
    func forgets() {
        var record = HealingRecord(at: start)
        record.heal(at: start)
        #expect(record.truce(at: start) == nil)
        record.heal(at: start)
        record.heal(at: start)
        #expect(record.truce(at: start) == start + HealingRecord.pause)
        #expect(!record.isForgotten(at: start))
        #expect(record.isForgotten(at: start + .days(1)))
    }
}

extension String {
    /// Twenty times, as the digits of an object's id.
    fileprivate var repeated: String { String(repeating: self, count: 20) }
}

extension Plan {
    /// The same with other tenants.
    fileprivate func holding(_ tenants: [TenantPlan]) -> Plan {
        Plan(
            fleet: fleet,
            revision: revision,
            plannedAt: plannedAt,
            tenants: tenants,
            impact: impact
        )
    }
}

extension LoopState {
    /// Learns outcomes by tenant.
    fileprivate mutating func learn(
        from outcomes: [String: PerformOutcome],
        _ plan: Plan,
        at now: Instant
    ) {
        learn(
            from: outcomes.map { TenantOutcome(tenant: $0.key, outcome: $0.value) },
            plan,
            at: now
        )
    }
}
