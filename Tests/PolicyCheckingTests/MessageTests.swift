import ClaraModel
import PolicyChecking
import Testing

@Suite("Messages")
struct MessageTests {
    private static let tenant = Fixture.resource(
        .tenant,
        "acme",
        labels: ["tier": "gold"],
        ["displayName": "Acme", "owners": ["a@x", "b@x"]]
    )

    private static let messages: [(template: String, text: String)] = [
        ("{{tenant}} has {{resource.spec.posts.perDay}}", "acme has 3"),
        ("{{ address }} {{kind}} {{name}}", "acme/Quota/default Quota default"),
        ("{{policy}}: {{message}}", "guard: too many"),
        ("{{result.limit}} of {{result.names}}", "2 of a, b"),
        ("{{result.missing}}", "(none)"),
        ("{{live.spec.posts.perDay}}", "(none)"),
        ("{{tenant.name}} {{tenant.labels.tier}} {{tenant.spec.owners}}", "acme gold a@x, b@x"),
        ("{{change.action}} {{change.reason}}", "create added"),
        (
            "{{plan.fleet}} {{plan.tenants}} {{plan.matched}} {{plan.summary.create}}",
            "agency 7 1 1"
        ),
        ("{{resource.spec.posts}}", "{\"perDay\":3}"),
        ("no values } { at all", "no values } { at all"),
        ("{{message}}{{message}}", "too manytoo many"),
    ]

    @Test("values are filled in as they are", arguments: messages)
    func filled(_ expected: (template: String, text: String)) {
        let found = Fixture.findings(
            "return {message = 'too many', limit = 2, names = {'a', 'b'}}",
            ["message: '\(expected.template)'"],
            on: [Fixture.quota(3)],
            fleet: [Self.tenant]
        )
        #expect(found.map(\.message) == [expected.text])
    }

    @Test("a value that looks like a template is not filled in again")
    func noSecondRound() {
        let found = Fixture.findings(
            "return '{{tenant}}'",
            ["message: 'it says {{message}}'"],
            on: [Fixture.quota(3)]
        )
        #expect(found.map(\.message) == ["it says {{tenant}}"])
    }
}
