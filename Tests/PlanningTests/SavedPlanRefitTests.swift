import ClaraModel
import Planning
import Testing

/// What a saved plan does with live state that is no longer as it was.
@Suite("A saved plan")
struct SavedPlanRefitTests {
    private static let quota = ResourceAddress(tenant: "acme", kind: .quota, name: "default")
    private static let prompt = ResourceAddress(tenant: "acme", kind: .prompt, name: "daily")
    private static let schedule = ResourceAddress(tenant: "acme", kind: .schedule, name: "daily")
    private static let tenant = ResourceAddress(tenant: "acme", kind: .tenant, name: "acme")

    @Test("refuses whole where an object of a tenant moved, and names it", arguments: Movement.all)
    func movements(movement: Movement) throws {
        let fixture = try SmallFleet().fixture()
        var live = fixture.live
        movement.change(&live.tenants["acme", default: LiveTenant()])
        do throws(SavedPlanError) {
            _ = try fixture.saved.refit(onto: live, now: fixture.now, key: fixture.key)
            Issue.record("it fits")
        } catch {
            #expect(error == .moved([Misfit(movement.address, movement.misfit)]))
        }
    }

    @Test("fits where only a tenant moved that it leaves alone")
    func otherTenant() throws {
        let fixture = try SmallFleet().fixture()
        var live = fixture.live
        live.tenants["birch"] = LiveTenant()
        let plan = try fixture.saved.refit(onto: live, now: fixture.now, key: fixture.key)
        #expect(plan.steps.map(\.address) == fixture.saved.report.plan.steps.map(\.address))
    }

    @Test("settles no tenant that moved and that it had nothing else to do with")
    func settlement() throws {
        var small = try SmallFleet()
        small.changesGit = false
        small.forgetsSettlement = true
        let fixture = try small.fixture()
        let planned = fixture.saved.report.plan
        #expect(planned.isEmpty && planned.tenants.contains { $0.settles != nil })
        var live = fixture.live
        live.tenants["acme"]?.resources[Self.quota] = nil
        let plan = try fixture.saved.refit(onto: live, now: fixture.now, key: fixture.key)
        #expect(!plan.tenants.contains { $0.tenant == "acme" })
    }

    @Test("leaves out the slots that fired while it waited, and keeps its digest")
    func waiting() throws {
        let fixture = try SmallFleet().fixture()
        let later = fixture.now + .days(3)
        let plan = try fixture.saved.refit(onto: fixture.live, now: later, key: fixture.key)
        #expect(plan.digest == fixture.saved.report.plan.digest)
        #expect(plan.plannedAt == later)
        let slots = try #require(plan.steps.compactMap(\.slots).first)
        #expect(!slots.added.isEmpty && slots.added.allSatisfy { $0.firesAt >= later })
        #expect(slots.removed.allSatisfy { $0.firesAt >= later })
        let planner = Planner(fleet: SmallFleet.settings, revision: "main@sha1:2", now: later)
        let fresh = planner.plan(desired: fixture.desired, live: fixture.live)
        #expect(fresh.steps.compactMap(\.slots) == plan.steps.compactMap(\.slots))
    }

    @Test("refuses to be made from another observation than it was planned on")
    func otherObservation() throws {
        let fixture = try SmallFleet().fixture()
        var live = fixture.live
        live.tenants["acme"]?.resources[Self.quota] = nil
        #expect(throws: SavedPlanError.otherObservation(Self.quota)) {
            try SavedPlan(
                fixture.report,
                on: live,
                SavedFixture.course,
                settings: SmallFleet.settings,
                store: "s",
                key: fixture.key
            )
        }
    }

    // MARK: Secrets

    private static let secret = "sk-abcdefghij0123456789ABCDEFGHIJ"

    @Test("never holds a key that somebody pasted into a row, and applies what replaces it")
    func pastedKey() throws {
        let rows: [(ResourceAddress, JSONValue)] = [
            (Self.quota, ["posts": ["perDay": .string(Self.secret)]]),
            (Self.prompt, ["system": .string("Use \(Self.secret)."), "template": "x"]),
            (Self.tenant, .string(Self.secret)),
        ]
        var small = try SmallFleet()
        small.edit = { tenant in
            for (address, content) in rows {
                tenant.resources[address] = LiveResource(
                    address: address,
                    content: CanonicalJSON(content),
                    applied: tenant.resources[address]?.applied
                )
            }
            tenant.protections[Self.tenant] = Protection(
                reason: Self.secret,
                by: "d",
                since: .epoch
            )
        }
        let fixture = try small.fixture()
        let file = String(decoding: fixture.saved.bytes(sealedBy: fixture.key), as: UTF8.self)
        #expect(!file.contains(Self.secret))
        #expect(fixture.saved.report.everyFormat == fixture.report.everyFormat)
        let plan = try fixture.saved.refit(onto: fixture.live, now: fixture.now, key: fixture.key)
        for (address, content) in rows {
            let step = try #require(plan.steps.first { $0.address == address })
            #expect(step.before == CanonicalJSON(content))
        }
        #expect(plan.digest == fixture.report.plan.digest)
    }

    @Test("never holds a key, wherever in the rows of a fleet it was pasted")
    func keysEverywhere() throws {
        for seed in testSeed(1)..<(testSeed(1) + 10) {
            let fixture = try SavedFixture(seed: seed) { live in
                for (name, tenant) in live.tenants {
                    let rows = tenant.resources.mapValues { row in
                        let content = row.content.map { $0.pasting(Self.secret) }
                        return LiveResource(row, content: content, applied: row.applied)
                    }
                    live.tenants[name]?.resources = rows
                }
            }
            let file = String(decoding: try fixture.bytes(), as: UTF8.self)
            #expect(!file.contains(Self.secret) && file.contains("not shown"), "seed \(seed)")
            let read = try SavedFixture.read(Array(file.utf8))
            #expect(read.report.everyFormat == fixture.report.everyFormat, "seed \(seed)")
            let plan = try fixture.refit(onto: fixture.live)
            #expect(plan.digest == fixture.report.plan.digest, "seed \(seed)")
        }
    }

    @Test("takes over a live content with a key in it without holding the key")
    func keyKept() throws {
        let before: JSONValue = ["displayName": .string("One \(Self.secret)"), "state": "active"]
        let fixture = try Self.takingOver(before, as: before.merged(with: ["state": "paused"]))
        let bytes = fixture.saved.bytes(sealedBy: fixture.key)
        #expect(!String(decoding: bytes, as: UTF8.self).contains(Self.secret))
        let read = try SavedPlan(reading: bytes, store: "s", key: fixture.key)
        let plan = try read.refit(onto: fixture.live, now: fixture.now, key: fixture.key)
        let after = try #require(plan.steps.first?.after)
        #expect(after == CanonicalJSON(before.merged(with: ["state": "paused"])))
    }

    @Test("is not made where a key is to be written that is not live")
    func newKey() throws {
        #expect(throws: SavedPlanError.holdsKey(Self.tenant)) {
            try Self.takingOver(["state": "active"], as: ["displayName": .string(Self.secret)])
        }
    }

    private static func takingOver(
        _ before: JSONValue,
        as after: JSONValue
    ) throws -> SmallFleet.Fixture {
        let (before, after) = (CanonicalJSON(before), CanonicalJSON(after))
        let row = LiveResource(address: tenant, content: before, applied: nil)
        let step = Step(
            address: tenant,
            action: .retire,
            reason: .removed,
            before: before,
            after: after,
            retirement: Retirement(since: .epoch, purgeAfter: .epoch + .days(30))
        )
        let small = try SmallFleet()
        let empty = try small.fixture().report.plan
        let plan = Plan(
            fleet: empty.fleet,
            revision: empty.revision,
            plannedAt: empty.plannedAt,
            tenants: [TenantPlan(tenant: "acme", steps: [step])],
            impact: empty.impact
        )
        let live = LiveState(tenants: ["acme": LiveTenant(resources: [tenant: row])])
        return try SmallFleet.Fixture(PlanReport(plan: plan), live, small.desired(isChanged: true))
    }
}

extension CanonicalJSON {
    /// The content with a text pasted into every value; the text alone where it is no JSON.
    fileprivate func pasting(_ text: String) -> CanonicalJSON {
        // What cannot be read is such an edit itself.
        guard let value = try? value() else { return CanonicalJSON(trusting: text) }
        return CanonicalJSON(value.pasting(text))
    }
}

extension JSONValue {
    fileprivate func pasting(_ text: String) -> JSONValue {
        switch self {
        case .null, .bool, .integer, .number: .string(text)
        case .string(let old): .string("\(old) \(text)")
        case .array(let elements): .array(elements.map { $0.pasting(text) })
        case .object(let members): .object(members.mapValues { $0.pasting(text) })
        }
    }
}
