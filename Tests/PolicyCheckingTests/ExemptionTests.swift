import ClaraModel
import PolicyChecking
import Testing

@Suite("Exemptions")
struct ExemptionTests {
    private static func fields(_ whom: String) -> [String] {
        ["exemptions:", "  - {\(whom), until: 2026-12-31, reason: The advent campaign.}"]
    }

    private static let moments: [(moment: String, holds: Bool)] = [
        ("2026-11-23T12:00:00Z", true), ("2026-12-31T00:00:00Z", true),
        ("2026-12-31T23:59:59Z", true), ("2027-01-01T00:00:00Z", false),
        ("2030-01-01T00:00:00Z", false),
    ]

    @Test("an exemption holds to the end of its last day in UTC", arguments: moments)
    func lastDay(_ given: (moment: String, holds: Bool)) throws {
        let now = try Instant(parsing: given.moment)
        let found = Fixture.findings(
            "return 'no'",
            Self.fields("tenants: [acme]"),
            on: [Fixture.quota(3)],
            now: now
        )
        #expect(found.refuse != given.holds && found.count == 1)
        #expect(found.first?.exemption?.reason == (given.holds ? "The advent campaign." : nil))
        #expect(found.first?.enforcement == (given.holds ? .audit : .deny))
    }

    @Test("whoever reads the fleet after the last day is told that the exemption can go")
    func ended() throws {
        let (set, _) = Fixture.read(Fixture.document("return nil", Self.fields("tenants: [acme]")))
        #expect(set.endedExemptions(at: try Instant(parsing: "2026-12-31T23:59:59Z")).isEmpty)
        let ended = set.endedExemptions(at: try Instant(parsing: "2027-01-01T00:00:00Z"))
        #expect(ended.map(\.severity) == [.warning] && ended.first?.place.line == 7)
    }

    private static let covers: [(whom: String, exempt: Bool)] = [
        ("tenants: [acme]", true), ("tenants: [\"ac*\"]", true), ("tenants: [beans]", false),
        ("resources: [acme/Quota/default]", true), ("resources: [acme/Quota/*]", true),
        ("resources: [\"*/Quota/default\"]", true), ("resources: [acme/Schedule/*]", false),
        ("resources: [beans/Quota/default]", false), ("resources: [acme]", false),
        ("tenants: [beans], resources: [acme/Quota/default]", true),
    ]

    @Test("tenants and resources are named or matched by a pattern", arguments: covers)
    func coverage(_ given: (whom: String, exempt: Bool)) {
        let found = Fixture.findings("return 'no'", Self.fields(given.whom), on: [Fixture.quota(3)])
        #expect(found.refuse != given.exempt)
    }

    @Test("a rule that fails is excused as well")
    func failing() {
        let found = Fixture.findings(
            "error('no')",
            Self.fields("tenants: [acme]"),
            on: [Fixture.quota(3)]
        )
        #expect(found.map(\.enforcement) == [.audit])
    }

    @Test("a rule about plans is excused for the resource that it names, and not for the plan")
    func plans() {
        let fields = ["scope: plan"] + Self.fields("tenants: [acme]")
        let named = "return {address = 'acme/Quota/default'}"
        #expect(!Fixture.findings(named, fields, on: [Fixture.quota(3)]).refuse)
        #expect(Fixture.findings("return 'no'", fields, on: [Fixture.quota(3)]).refuse)
    }
}
