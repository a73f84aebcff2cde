import ClaraModel
import Planning
import PolicyChecking
import Testing

@Suite("What a policy looks at")
struct MatchingTests {
    private static let gold = Fixture.resource(
        .tenant,
        "acme",
        labels: ["tier": "gold", "sector": "food"]
    )
    private static let mornings = Fixture.resource(.schedule, "mornings", labels: ["desk": "one"])

    private static let matches: [(match: String, steps: [Step], count: Int)] = [
        ("{}", [Fixture.create(mornings), Fixture.quota(3)], 2),
        ("{kinds: [Quota]}", [Fixture.create(mornings), Fixture.quota(3)], 1),
        ("{kinds: [Prompt]}", [Fixture.create(mornings), Fixture.quota(3)], 0),
        ("{tenants: [acme]}", [Fixture.quota(3), Fixture.quota(3, of: "beans")], 1),
        ("{tenants: [\"b*\"]}", [Fixture.quota(3), Fixture.quota(3, of: "beans")], 1),
        ("{tenants: [\"*\"]}", [Fixture.quota(3), Fixture.quota(3, of: "beans")], 2),
        ("{}", [Fixture.change(.delete, mornings, nil)], 0),
        ("{actions: [delete]}", [Fixture.change(.delete, mornings, nil)], 1),
        ("{actions: [retire]}", [Fixture.change(.retire, gold, gold)], 1),
        ("{actions: [delete]}", [Fixture.create(mornings)], 0),
        ("{actions: [update]}", [Fixture.change(.update, mornings, mornings)], 1),
        ("{actions: [replace]}", [Fixture.change(.replace, mornings, mornings)], 1),
        ("{labels: {desk: one}}", [Fixture.create(mornings)], 1),
        ("{labels: {desk: \"o*\"}}", [Fixture.create(mornings)], 1),
        ("{labels: {desk: two}}", [Fixture.create(mornings)], 0),
        ("{labels: {tier: gold}}", [Fixture.create(mornings)], 1),
        ("{labels: {tier: gold, desk: one}}", [Fixture.create(mornings)], 1),
        ("{labels: {tier: gold, desk: two}}", [Fixture.create(mornings)], 0),
        (
            "{kinds: [Schedule], tenants: [beans], labels: {desk: one}}",
            [Fixture.create(mornings)], 0
        ),
    ]

    @Test("kinds, actions, labels and tenants must all fit", arguments: matches)
    func fits(_ given: (match: String, steps: [Step], count: Int)) {
        let findings = Fixture.findings(
            "return true",
            ["match: \(given.match)"],
            on: given.steps,
            fleet: [Self.gold]
        )
        #expect(findings.count == given.count)
    }

    private static let charity = Fixture.resource(.schedule, "days", labels: ["sector": "charity"])
    private static let shop = Fixture.resource(.schedule, "days", labels: ["sector": "retail"])
    private static let match = ["match: {labels: {sector: charity}}"]

    @Test("no change gets round a policy by taking the label away")
    func labelTakenAway() {
        let step = Fixture.change(.update, Self.charity, Self.shop)
        #expect(Fixture.findings("return true", Self.match, on: [step]).count == 1)
    }

    @Test("a change that adds the label is looked at")
    func labelAdded() {
        let step = Fixture.change(.update, Self.shop, Self.charity)
        #expect(Fixture.findings("return true", Self.match, on: [step]).count == 1)
    }

    @Test("a label that only the base has counts")
    func labelInBase() {
        let step = Fixture.change(.update, Self.shop, Self.shop)
        #expect(Fixture.findings("return true", Self.match, on: [step]).isEmpty)
        let found = Fixture.findings("return true", Self.match, on: [step], base: [Self.charity])
        #expect(found.count == 1)
    }

    @Test("a label of the tenant that only the base has counts for its resources")
    func tenantLabelInBase() {
        let tenant = Fixture.resource(.tenant, "acme", labels: ["sector": "charity"])
        let plain = Fixture.resource(.schedule, "days")
        let found = Fixture.findings(
            "return true",
            Self.match,
            on: [Fixture.create(plain)],
            base: [tenant, plain]
        )
        #expect(found.count == 1)
    }

    @Test("a new resource of a tenant that loses its label in the same change is looked at")
    func tenantLabelTakenAway() {
        let charity = Fixture.resource(.tenant, "acme", labels: ["sector": "charity"])
        let shop = Fixture.resource(.tenant, "acme", labels: ["sector": "retail"])
        let plain = Fixture.resource(.schedule, "days")
        let steps = [Fixture.change(.update, charity, shop), Fixture.create(plain)]
        let found = Fixture.findings("return true", Self.match, on: steps, base: [charity])
        #expect(found.map(\.address?.kind) == [.tenant, .schedule])
    }

    @Test("a resource's own label does not hide its tenant's")
    func ownLabelBesideTenants() {
        let tenant = Fixture.resource(.tenant, "acme", labels: ["sector": "charity"])
        let found = Fixture.findings(
            "return true",
            Self.match,
            on: [Fixture.create(Self.shop)],
            fleet: [tenant]
        )
        #expect(found.count == 1)
    }

    @Test("a plan without steps is not looked at, not even by policies about plans")
    func emptyPlan() {
        #expect(Fixture.findings("return 'no'", ["scope: plan"], on: []).isEmpty)
    }

    @Test("a policy about plans runs once, where any change matches")
    func planScope() {
        let steps = [
            Fixture.quota(1), Fixture.quota(2, of: "beans"), Fixture.create(Self.mornings),
        ]
        let rule = "return plan.matched .. ' of ' .. #plan.changes()"
        let found = Fixture.findings(rule, ["scope: plan", "match: {kinds: [Quota]}"], on: steps)
        #expect(found.map(\.message) == ["2 of 3"] && found.first?.address == nil)
        #expect(
            Fixture.findings(rule, ["scope: plan", "match: {kinds: [Prompt]}"], on: steps).isEmpty
        )
    }
}
