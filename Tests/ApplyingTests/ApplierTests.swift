import ClaraModel
import Foundation
import LiveSystem
import Planning
import Scheduling
import Synchronization
import Testing

@testable import Applying

/// The walk over a plan: what is noted, what is told, and what is left after a failure.
@Suite struct ApplierTests {
    @Test("a plan is done, noted in the journal, and the fleet's revision moves")
    func done() async throws {
        try await World.with { world in
            let report = await world.apply(world.plan(count: 150))
            #expect(!report.isPartial && report.outcomes.count == 150)
            let summary = try #require(try await world.store.operations().first)
            #expect(summary.operation.id == report.operation)
            #expect(summary.operation.kind == .apply && summary.state == .done)
            #expect(try await world.store.fleets()["agency"]?.revision == "main@sha1:1")
            #expect(try await world.store.conditions().isEmpty, "nothing was settled")
        }
    }

    @Test("a plan without steps leaves no operation, and is noted as applied")
    func nothingToDo() async throws {
        try await World.with { world in
            let report = await world.apply(world.plan(count: 0))
            #expect(report.operation == nil && !report.isPartial)
            let operations = try await world.store.operations()
            let fleets = try await world.store.fleets()
            #expect(operations.isEmpty)
            #expect(fleets["agency"]?.revision == "main@sha1:1")
        }
    }

    @Test("a tenant that moved is stale, the others are done, and the revision stays")
    func stale() async throws {
        try await World.with { world in
            _ = await world.apply(world.plan(count: 2))
            let report = await world.apply(world.plan(count: 3))
            #expect(report.undone.map(\.tenant) == ["tenant-0", "tenant-1"])
            #expect(report.summary.additions == 1)
            let operations = try await world.store.operations()
            #expect(Set(operations.map(\.state)) == [.done, .partial])
        }
    }

    @Test("a stop between two groups skips what is left and says so")
    func stopping() async throws {
        try await World.with { world in
            let groups = Mutex(0)
            let order = ApplyOrder(.apply) {
                groups.withLock { groups in
                    groups += 1
                    return groups > 1
                }
            }
            let report = await world.apply(world.plan(count: 250), as: order)
            #expect(report.outcomes.count == 100 && report.skipped.count == 150)
            #expect(report.isPartial)
            let summary = try #require(try await world.store.operations().first)
            #expect(summary.state == .interrupted && summary.counts.skipped == 150)
            #expect(try await world.store.fleets()["agency"] == nil)
        }
    }

    @Test("a lock that is lost half way: what is durable is told as done, the rest as failed")
    func lockLost() async throws {
        try await World.with { world in
            let told = Mutex(0)
            let clock = world.clock
            let report = await world.applier.apply(
                world.plan(count: 250),
                upkeep: Upkeep([]),
                as: ApplyOrder(.apply)
            ) { outcome in
                told.withLock { $0 += 1 }
                // After the first group the process is stopped for longer than its lease.
                if outcome.tenant == "tenant-0" { clock.advance(.hours(1)) }
            }
            let done = report.outcomes.count { $0.outcome == .done }
            #expect(done == 100 && report.undone.count == 150)
            #expect(told.withLock { $0 } == 250)
            #expect(try await world.store.observe(now: .testNow).tenants.count == 100)
            _ = try await world.acquire(2)
            let summary = try #require(try await world.store.operations().first)
            #expect(summary.state == .interrupted)
            #expect(summary.counts.done == 100 && summary.counts.skipped == 150)
        }
    }

    @Test("slots that fired while somebody looked at the plan are left out")
    func late() async throws {
        try await World.with { world in
            let tenant = ResourceAddress(tenant: "acme", kind: .tenant, name: "acme")
            let schedule = ResourceAddress(tenant: "acme", kind: .schedule, name: "s")
            let slots = [Slot.at(hours: 1), Slot.at(hours: 3)]
            let steps = [
                Step.create(tenant, ["displayName": "Acme"]),
                Step.create(
                    schedule,
                    ["prompt": "p", "credential": "c"],
                    slots: SlotChange(
                        added: slots,
                        removed: [],
                        window: Instant.testNow..<(Instant.testNow + .days(1)),
                        fingerprint: SlotFingerprint.of(slots)
                    )
                ),
            ]
            world.clock.advance(.hours(2))
            let applier = Applier(try await world.acquire(2))
            let plan = world.plan([TenantPlan(tenant: "acme", steps: steps)])
            let report = await applier.apply(plan, upkeep: Upkeep([]), as: ApplyOrder(.apply))
            #expect(!report.isPartial)
            let live = try await world.store.observe(now: world.clock.now).tenants["acme"]
            #expect(live?.slots["s"]?.rows.map(\.firesAt) == [slots[1].firesAt])
            #expect(live?.slots["s"]?.isTouched == false)
        }
    }
}
