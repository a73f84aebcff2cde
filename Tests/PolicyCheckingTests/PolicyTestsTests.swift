import PolicyChecking
import Testing

@Suite("The tests that policies carry")
struct PolicyTestsTests {
    private static let rule = """
        if resource.spec.posts.perDay > 4 then return "no more than 4" end
        """

    private static func result(_ test: [String], _ fields: [String] = [], _ rule: String = rule)
        -> String?
    {
        let lines = ["tests:", "  - name: it"] + test.map { "    \($0)" }
        let (set, diagnostics) = Fixture.read(Fixture.document(rule, fields + lines))
        #expect(diagnostics.isEmpty)
        let results = PolicyTests.run(set)
        #expect(results.map(\.test) == ["it"])
        return results.first?.failure
    }

    private static let quota = "given: {resource: {kind: Quota, spec: {posts: {perDay: %}}}}"

    private static func quota(_ number: Int) -> String { quota.replacing("%", with: "\(number)") }

    @Test("a test that is right passes")
    func passes() {
        #expect(Self.result([Self.quota(4), "expect: pass"]) == nil)
        #expect(Self.result([Self.quota(5), "expect: violation"]) == nil)
        #expect(Self.result([Self.quota(5), "expect: violation", "says: more than 4"]) == nil)
    }

    @Test("a test that is wrong fails and says why")
    func fails() {
        #expect(
            Self.result([Self.quota(5), "expect: pass"]) == "the rule objects: \"no more than 4\""
        )
        #expect(Self.result([Self.quota(4), "expect: violation"]) == "the rule does not object")
        #expect(
            Self.result([Self.quota(5), "expect: violation", "says: five"])
                == "the rule says \"no more than 4\", and not \"five\""
        )
    }

    @Test(
        "a rule that fails passes no test, whatever is expected",
        arguments: ["pass", "violation"]
    )
    func failingRule(expectation: String) {
        let failure = Self.result(["given: {resource: {kind: Quota}}", "expect: \(expectation)"])
        #expect(failure?.hasPrefix("the rule failed at policies/guard.yaml:") == true)
    }

    @Test("what the policy does not match is no violation")
    func match() {
        let fields = ["match: {kinds: [Prompt]}"]
        #expect(Self.result([Self.quota(5), "expect: pass"], fields) == nil)
        #expect(
            Self.result([Self.quota(5), "expect: violation"], fields)
                == "the policy does not match what is given"
        )
    }

    @Test("what is given completes itself")
    func completed() {
        let rule = """
            return change.action .. " " .. resource.address .. " " .. tenant.name
            """
        let given = "given: {tenant: {name: acme}, live: {kind: Quota}, resource: {kind: Quota}}"
        #expect(
            Self.result(
                [given, "expect: violation", "says: update acme/Quota/example acme"],
                [],
                rule
            ) == nil
        )
    }

    @Test("exemptions play no part in a test")
    func exemptions() {
        let fields = ["exemptions:", "  - {tenants: [example], until: 2099-12-31, reason: r}"]
        #expect(Self.result([Self.quota(5), "expect: violation"], fields) == nil)
    }
}
