import ClaraModel
import PolicyChecking
import Testing

@Suite("What a rule returns")
struct VerdictTests {
    private static let results: [(result: String, messages: [String])] = [
        ("nil", []), ("false", []), ("{}", []), ("true", ["Something must hold."]),
        ("'too many'", ["too many"]), ("{message = 'too many'}", ["too many"]),
        ("{field = 'posts.perDay'}", ["Something must hold."]),
        ("{'one', 'two'}", ["one", "two"]),
        ("{'one', {message = 'two', field = 'posts'}}", ["one", "two"]),
    ]

    @Test("nothing, a text, a table or a list of them", arguments: results)
    func verdict(_ expected: (result: String, messages: [String])) {
        let found = Fixture.findings("return \(expected.result)", on: [Fixture.quota(3)])
        #expect(found.map(\.message).sorted() == expected.messages.sorted())
        #expect(found.allSatisfy { $0.cause == .violation && $0.enforcement == .deny })
    }

    private static let meaningless = [
        "3", "0.5", "pcall", "{'one', field = 'posts'}", "{1, 2}", "{{'one'}}", "{true}",
        "{message = 'x', address = 'nowhere'}", "{[{}] = 1}",
    ]

    @Test("whatever means nothing is a failure of the rule", arguments: meaningless)
    func meaninglessResult(result: String) {
        let found = Fixture.findings("return \(result)", on: [Fixture.quota(3)])
        #expect(found.count == 1 && found.first?.enforcement == .deny)
        #expect(found.first?.message.hasPrefix("the rule failed: ") == true)
    }

    @Test("no more than a hundred violations of one evaluation are reported")
    func manyViolations() {
        let rule = "local t = {} for i = 1, 1000 do t[i] = 'no ' .. i end return t"
        #expect(Fixture.findings(rule, on: [Fixture.quota(3)]).count == 100)
    }

    @Test("a rule about a plan names resources by their address")
    func address() {
        let rule = "return {address = 'acme/Quota/default', message = 'this one'}"
        let found = Fixture.findings(rule, ["scope: plan"], on: [Fixture.quota(3)])
        #expect(found.map { $0.address?.description } == ["acme/Quota/default"])
    }

    @Test("a finding says where the resource is declared, and which field is meant")
    func place() {
        let found = Fixture.findings("return {field = 'posts.perDay'}", on: [Fixture.quota(3)])
        #expect(found.first?.origin == Origin(file: "tenants/acme/default.yaml", line: 3))
        #expect(found.first?.field == "posts.perDay")
    }

    @Test("findings that deny come first, then by address, policy and message")
    func order() {
        let text = [("b", "warn"), ("c", "deny"), ("a", "deny"), ("d", "audit")].map { name, word in
            Fixture.document("return {'z', 'y'}", ["enforcement: \(word)"], name: name)
        }.joined(separator: "---\n")
        let steps = [Fixture.quota(1, of: "beans"), Fixture.quota(1)]
        let (set, _) = Fixture.read(text)
        let found = PolicyCheck(set, now: Fixture.now).check(Fixture.plan(steps), fleet: .none)
        let spelled = found.map { "\($0.policy) \($0.address?.tenant ?? "") \($0.message)" }
        #expect(
            spelled == [
                "a acme y", "a acme z", "c acme y", "c acme z", "a beans y", "a beans z",
                "c beans y", "c beans z", "b acme y", "b acme z", "b beans y", "b beans z",
                "d acme y", "d acme z", "d beans y", "d beans z",
            ]
        )
    }

    @Test("only deny refuses", arguments: [("deny", true), ("warn", false), ("audit", false)])
    func enforcement(word: String, refuses: Bool) {
        let found = Fixture.findings(
            "return true",
            ["enforcement: \(word)"],
            on: [Fixture.quota(3)]
        )
        #expect(found.count == 1 && found.refuse == refuses)
    }
}
