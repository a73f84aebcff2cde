import ClaraModel
import PolicyChecking
import Testing

@Suite("Reading policies")
struct ReadingTests {
    private static let broken: [(text: String, expected: String)] = [
        (Fixture.document("local x = 1\nif x then"), "policies/guard.yaml:8 invalid-rule"),
        (
            Fixture.document("local x = 1\n\nx = = 2\nreturn x"),
            "policies/guard.yaml:9 invalid-rule"
        ),
        (
            Fixture.document("return 1 +", ["match: {kinds: [Quota]}"]),
            "policies/guard.yaml:8 invalid-rule"
        ),
        (
            Fixture.document("return nil", ["enforcment: deny"]),
            "policies/guard.yaml:6 unknown-field"
        ),
        (Fixture.document("return nil", ["enforcement: refuse"]), "policies/guard.yaml:6"),
        (Fixture.document("return nil", ["match: {kinds: [Schedul]}"]), "policies/guard.yaml:6"),
        (Fixture.document("return nil", ["match: {actions: [destroy]}"]), "policies/guard.yaml:6"),
        (
            Fixture.document("return nil", ["message: \"{{tenan}} posts\""]),
            "policies/guard.yaml:6 invalid-spec"
        ),
        (
            Fixture.document("return nil", ["message: \"{{resource.spec.postz}}\""]),
            "policies/guard.yaml:6 invalid-spec"
        ),
        (
            Fixture.document("return nil", ["message: \"{{resource}}\""]),
            "policies/guard.yaml:6 invalid-spec"
        ),
        (
            Fixture.document("return nil", ["message: \"{{tenant posts\""]),
            "policies/guard.yaml:6 invalid-spec"
        ),
        (
            Fixture.document(
                "return nil",
                ["match: {kinds: [Quota]}", "message: \"{{live.spec.slots}}\""]
            ), "policies/guard.yaml:7 invalid-spec"
        ),
        (
            Fixture.document("return nil", ["exemptions:", "  - {until: 2026-12-31, reason: r}"]),
            "policies/guard.yaml:7 invalid-spec"
        ),
        (
            Fixture.document(
                "return nil",
                ["exemptions:", "  - {tenants: [acme], until: soon, reason: r}"]
            ), "policies/guard.yaml:7"
        ),
        (
            Fixture.document(
                "return nil",
                ["exemptions:", "  - {tenants: [acme], until: 2026-12-31}"]
            ), "policies/guard.yaml:7 missing-field"
        ),
        (
            Fixture.document(
                "return nil",
                [
                    "tests:", "  - {name: a, given: {}, expect: pass}",
                    "  - {name: a, given: {}, expect: pass}",
                ]
            ), "policies/guard.yaml:8 invalid-spec"
        ),
        (
            Fixture.document(
                "return nil",
                [
                    "tests:", "  - name: a",
                    "    given: {resource: {kind: Quota, spec: {posts: {perDya: 3}}}}",
                    "    expect: pass",
                ]
            ), "policies/guard.yaml:8 unknown-field"
        ),
        (
            Fixture.document(
                "return nil",
                [
                    "tests:", "  - name: a", "    given: {fleet: {acme: {Quotum: {a: {}}}}}",
                    "    expect: pass",
                ]
            ), "policies/guard.yaml:8 unknown-kind"
        ),
        (
            Fixture.document(
                "return nil",
                [
                    "tests:", "  - name: a",
                    "    given: {plan: {changes: [{address: acme, action: delete}]}}",
                    "    expect: pass",
                ]
            ), "policies/guard.yaml:8 bad-format"
        ),
        (
            Fixture.document(
                "return nil",
                ["tests:", "  - {name: a, given: {}, expect: pass, says: x}"]
            ),
            "policies/guard.yaml:7 invalid-spec"
        ),
        (
            "apiVersion: clara.dev/v1\nkind: Policy\nmetadata: {name: guard}\nspec: {description: d}\n",
            "policies/guard.yaml:3 missing-field"
        ),
        (
            Fixture.document("return nil") + "---\n" + Fixture.document("return nil"),
            "policies/guard.yaml:11 duplicate-resource"
        ),
        (
            "apiVersion: clara.dev/v1\nkind: Profile\nmetadata: {name: gold}\nspec: {}\n",
            "policies/guard.yaml:1 wrong-place"
        ),
        (
            Fixture.document("return nil").replacing(
                "{name: guard}",
                with: "{name: guard, tenant: acme}"
            ),
            "policies/guard.yaml:3 wrong-place"
        ),
    ]

    @Test("what is wrong with a policy is an error at its line", arguments: broken)
    func brokenPolicy(_ broken: (text: String, expected: String)) {
        let (_, diagnostics) = Fixture.read(broken.text)
        let found = diagnostics.map { "\($0.place.file):\($0.place.line) \($0.code)" }
        #expect(
            found.count == 1 && found.first?.hasPrefix(broken.expected) == true,
            "\(diagnostics)"
        )
    }

    @Test("an error of Lua's is shown at the very words")
    func syntaxColumn() throws {
        let (set, diagnostics) = Fixture.read(Fixture.document("local x = 1\nx = )"))
        let diagnostic = try #require(diagnostics.first)
        #expect(set.isEmpty && diagnostic.place.line == 8 && diagnostic.place.column == 9)
        #expect(diagnostic.message.contains("the rule is not Lua"))
    }

    @Test(
        "a rule in quotes or folded keeps a place in its file",
        arguments: [
            "rule: \"return 1 +\"", "rule: return 1 +", "rule: >\n    return 1 +",
        ]
    )
    func otherStyles(rule: String) {
        let text = Fixture.document("").replacing("rule: |\n    \n", with: rule + "\n")
        let (_, diagnostics) = Fixture.read(text)
        #expect(diagnostics.count == 1)
        #expect(diagnostics.allSatisfy { $0.code == "invalid-rule" && $0.place.line >= 6 })
    }

    @Test("files are read in the order of their names, and those that are no YAML are not read")
    func files() {
        let (set, diagnostics) = PolicySet.read([
            Fixture.file("policies/b.yaml", Fixture.document("return nil", name: "zebra")),
            Fixture.file("policies/README.md", "# Policies"),
            Fixture.file("policies/a.yml", Fixture.document("return nil", name: "ant")),
        ])
        #expect(set.policies.map(\.name) == ["ant", "zebra"] && diagnostics.isEmpty)
    }

    @Test("a policy denies every kind of change that leaves a resource, unless it says otherwise")
    func defaults() throws {
        let policy = try #require(Fixture.read(Fixture.document("return nil")).set.policies.first)
        #expect(policy.enforcement == .deny && !policy.isAboutPlan)
    }
}
