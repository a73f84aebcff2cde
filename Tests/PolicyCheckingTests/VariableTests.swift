import ClaraModel
import Planning
import PolicyChecking
import Testing

@Suite("What a rule sees")
struct VariableTests {
    private static let before = Fixture.resource(.schedule, "days", ["slots": ["Mon 09:00"]])
    private static let after = Fixture.resource(
        .schedule,
        "days",
        labels: ["desk": "one"],
        ["slots": ["Mon 09:00", "Tue 09:00"], "approval": "none"]
    )
    private static let fleet = [
        Fixture.resource(.tenant, "acme", labels: ["tier": "gold"], ["displayName": "Acme"]),
        Fixture.resource(.quota, "default", ["posts": ["perDay": 3]]),
        Fixture.resource(.quota, "default", of: "beans", ["posts": ["perDay": 8]]),
        Fixture.resource(.tenant, "beans", of: "beans", ["displayName": "Beans"]),
    ]

    private static let expressions: [(expression: String, value: String)] = [
        (
            "resource.kind .. resource.name .. resource.tenant .. resource.address",
            "Scheduledaysacmeacme/Schedule/days"
        ),
        ("resource.labels.desk", "one"), ("#resource.spec.slots", "2"),
        ("resource.spec.approval", "none"),
        ("resource.documents", "nil"), ("#live.spec.slots", "1"), ("live.spec.approval", "nil"),
        ("change.action", "update"), ("change.reason", "changed"), ("#change.paths", "0"),
        ("tenant.name", "acme"), ("tenant.labels.tier", "gold"),
        ("tenant.spec.displayName", "Acme"),
        ("tenant.resources.Quota.default.posts.perDay", "3"),
        ("count(tenant.resources.Schedule)", "1"),
        ("count(tenant.resources.Prompt)", "0"), ("#tenant.resources.Schedule.days.slots", "2"),
        ("plan.fleet", "agency"), ("plan.revision", "main@sha1:0"), ("plan.tenants", "7"),
        ("plan.matched", "1"), ("plan.covers_fleet", "true"), ("plan.summary.update", "1"),
        ("plan.summary.delete", "0"), ("plan.count({action = 'update', kind = 'Schedule'})", "1"),
        ("plan.count({tenant = 'beans'})", "0"),
        ("plan.changes()[1].address", "acme/Schedule/days"),
        ("plan.changes()[1].reason", "changed"),
        ("table.concat(fleet.tenants(), ' ')", "acme beans"),
        ("#fleet.resources('Quota')", "2"), ("fleet.resources('Quota')[2].tenant", "beans"),
        ("fleet.resources('Quota')[2].spec.posts.perDay", "8"),
        ("fleet.similarity('a b c d', 'A, b; c d!')", "1.0"),
        ("fleet.similarity('a b', 'c d')", "0.0"),
        ("fleet.most_similar('Tenant', 'displayName', 'Beans').address", "beans/Tenant/beans"),
        ("fleet.most_similar('Tenant', 'displayName', 'Acme')", "nil"),
        ("io", "there is no `io`"), ("os", "there is no `os`"),
    ]

    @Test("every variable and every function", arguments: expressions)
    func value(_ expected: (expression: String, value: String)) {
        let step = Fixture.change(.update, Self.before, Self.after)
        let found = Fixture.findings(
            "local value = \(expected.expression)\nreturn tostring(value)",
            on: [step],
            fleet: Self.fleet
        )
        #expect(found.first?.message.contains(expected.value) == true, "\(found.map(\.message))")
    }

    @Test("of what goes there is only what it was")
    func deleted() {
        let rule = "return tostring(resource) .. ' ' .. live.name"
        let step = Fixture.change(.delete, Self.before, nil)
        let found = Fixture.findings(rule, ["match: {actions: [delete]}"], on: [step])
        #expect(found.map(\.message) == ["nil days"])
    }

    @Test("a rule about plans sees no resource")
    func planRule() {
        let rule =
            "return tostring(resource) .. tostring(live) .. tostring(change) .. tostring(tenant)"
        let found = Fixture.findings(rule, ["scope: plan"], on: [Fixture.quota(3)])
        #expect(found.map(\.message) == ["nilnilnilnil"])
    }

    @Test("what one evaluation changes, the next does not see")
    func apart() {
        let rule =
            "resource.spec.posts.perDay = resource.spec.posts.perDay + 1 return tostring(resource.spec.posts.perDay)"
        let text = Fixture.document(rule, name: "a") + "---\n" + Fixture.document(rule, name: "b")
        let check = PolicyCheck(Fixture.read(text).set, now: Fixture.now)
        let found = check.check(Fixture.plan([Fixture.quota(3)]), fleet: .none)
        #expect(found.map(\.message) == ["4", "4"])
    }
}
