import ClaraModel
import ManifestLoading
import PolicyChecking
import Testing

@Suite("Rules that fail")
struct FailingRuleTests {
    private static let failing: [(rule: String, line: Int, message: String)] = [
        ("local x\nreturn x.y", 8, "attempt to index a nil value"),
        ("error('no')", 7, "the rule failed: no"),
        ("error({})", 6, "a value of type table"),
        ("return nonsense", 7, "there is no `nonsense`"),
        ("local _ = fleet.resources('Schedul')", 7, "`Schedul` is no kind"),
        ("local _ = fleet.most_similar('Prompt', 'system', nil)", 7, "and got nil"),
        ("local _ = fleet.most_similar('Prompt', 'system', 'x', 0.1)", 7, "from 0.5 to 1.0"),
        ("local _ = fleet.similarity('x')", 7, "a second text"),
        ("local _ = plan.changes({verb = 'delete'})", 7, "`verb` is none of them"),
        ("local _ = plan.count('delete')", 7, "takes a table"),
        ("while true do end", 6, "it ran for too long"),
        ("local s = 'x' while true do s = s .. s end", 6, "too much memory"),
    ]

    @Test("a rule that fails counts as violated, at its line", arguments: failing)
    func countsAsViolated(_ failing: (rule: String, line: Int, message: String)) throws {
        let found = Fixture.findings(failing.rule, on: [Fixture.quota(3)])
        let finding = try #require(found.first)
        #expect(found.count == 1 && finding.enforcement == .deny)
        #expect(finding.message.contains(failing.message), "\(finding.message)")
        guard case .ruleFailed(let place) = finding.cause else {
            Issue.record("it is no failure")
            return
        }
        #expect(place.file == "policies/guard.yaml" && place.line == failing.line)
        #expect(finding.origin == Origin(file: place.file, line: place.line))
    }

    @Test(
        "a failing rule of a policy that does not deny is a warning",
        arguments: ["warn", "audit"]
    )
    func warns(word: String) {
        let found = Fixture.findings(
            "error('no')",
            ["enforcement: \(word)"],
            on: [Fixture.quota(3)]
        )
        #expect(found.map(\.enforcement) == [.warn])
    }

    @Test("a rule that never ends is asked three times, and not for each of a thousand resources")
    func isGivenUp() {
        let steps = (1...1_000).map { Fixture.quota(3, of: "tenant-\($0)") }
        let found = Fixture.findings("while true do end", on: steps)
        #expect(found.count == 4)
        let last = found.filter { $0.address == nil }
        #expect(last.count == 1 && last.first?.enforcement == .deny)
        #expect(last.first?.message.hasSuffix("not asked about the rest of the plan") == true)
    }

    private static let endless = """
        if tenant.name:find("^slow") then while true do end end
        return "no"
        """

    @Test("what exempt tenants use up lets nobody else through")
    func exemptUseUp() {
        let fields = [
            "exemptions:", "  - {tenants: [\"slow-*\"], until: 2026-12-31, reason: A migration.}",
        ]
        let slow = (1...3).map { Fixture.quota(3, of: "slow-\($0)") }
        let found = Fixture.findings(
            Self.endless,
            fields,
            on: slow + [Fixture.quota(3, of: "tea"), Fixture.quota(3, of: "wool")]
        )
        #expect(found.filter { $0.enforcement == .deny }.map(\.address) == [nil])
        #expect(found.count { $0.enforcement == .audit } == 3)
    }

    @Test("a rule that is given up refuses nothing where all the rest is exempt")
    func restIsExempt() {
        let fields = [
            "exemptions:", "  - {tenants: [\"slow-*\"], until: 2026-12-31, reason: A migration.}",
        ]
        let slow = (1...9).map { Fixture.quota(3, of: "slow-\($0)") }
        let found = Fixture.findings(Self.endless, fields, on: slow)
        #expect(found.map(\.enforcement) == [.audit, .audit, .audit])
    }

    @Test("one rule that fails takes no other along")
    func othersGoOn() {
        let text =
            Fixture.document("error('no')", name: "a") + "---\n"
            + Fixture.document("return 'fine words'", name: "b")
        let check = PolicyCheck(Fixture.read(text).set, now: Fixture.now)
        let found = check.check(Fixture.plan([Fixture.quota(3)]), fleet: .none)
        #expect(found.map(\.policy) == ["a", "b"])
    }
}
