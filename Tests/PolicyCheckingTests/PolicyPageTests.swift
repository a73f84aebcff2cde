import Foundation
import LuaSandbox
import PolicyChecking
import Testing

/// What `docs/policies.md` shows has to work.
@Suite("docs/policies.md")
struct PolicyPageTests {
    private static let page = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/policies.md")

    /// The blocks of code in a language, in order.
    private static func blocks(_ language: String) throws -> [String] {
        let parts = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "```")
        // What is between a pair of fences has an odd place.
        return parts.indices.filter { $0 % 2 == 1 }.map { parts[$0] }
            .filter { $0.hasPrefix(language + "\n") }
            .map { String($0.dropFirst(language.count + 1)) }
    }

    @Test("the policy from end to end reads without a remark, and its tests pass")
    func example() throws {
        let text = try #require(try Self.blocks("yaml").first)
        let (set, diagnostics) = Fixture.read(text)
        #expect(diagnostics.isEmpty, "\(diagnostics)")
        let results = PolicyTests.run(set)
        #expect(results.map(\.failure) == [nil, nil])
    }

    @Test("every other excerpt of a policy reads without a remark, and its tests pass")
    func excerpts() throws {
        for block in try Self.blocks("yaml").dropFirst() {
            let lines = block.split(separator: "\n").map(String.init)
            let (set, diagnostics) = Fixture.read(Fixture.document("return nil", lines))
            #expect(diagnostics.isEmpty, "\(block): \(diagnostics)")
            let failures = PolicyTests.run(set).compactMap(\.failure)
            #expect(failures.isEmpty, "\(block): \(failures)")
        }
    }

    /// What the page's rules object to, in its order; nil where all is well.
    private static let objections: [(kind: String, message: String?)] = [
        ("Quota", "more than eight posts a day"), ("Credential", "the account is another one"),
        ("Tenant", nil), ("Tenant", nil), ("Credential", "one credential at a time"),
        ("Prompt", "nearly the same as beans/Prompt/voice"),
        ("Credential", "the account is beans's"), ("Prompt", "it guarantees"),
    ]

    @Test("every rule on the page does what it says")
    func rules() throws {
        let rules = try Self.blocks("lua")
        try #require(rules.count == Self.objections.count)
        for (rule, expected) in zip(rules, Self.objections) {
            let found = Fixture.findings(
                rule,
                [
                    "match: {kinds: [\(expected.kind)], actions: [create, update]}",
                    "scope: \(rule.hasPrefix("if plan") ? "plan" : "resource")",
                ],
                on: Self.steps,
                fleet: Self.fleet
            )
            #expect(found.map(\.message) == (expected.message.map { [$0] } ?? []), "\(rule)")
        }
    }

    private static let steps = [
        Fixture.quota(9),
        Fixture.create(Fixture.resource(.tenant, "acme", ["state": "active"])),
        Fixture.create(Fixture.resource(.prompt, "voice", ["system": "Guaranteed: a fact a day."])),
        Fixture.change(
            .update,
            Fixture.resource(.credential, "x", ["account": "@acme"]),
            Fixture.resource(.credential, "x", ["account": "@beans"])
        ),
        Fixture.change(.delete, Fixture.resource(.credential, "y"), nil),
        Fixture.change(.delete, Fixture.resource(.credential, "z"), nil),
    ]
    private static let fleet = [
        Fixture.resource(.prompt, "voice", of: "beans", ["system": "Guaranteed: a fact a day!"]),
        Fixture.resource(.credential, "x", of: "beans", ["account": "@beans"]),
    ]

    @Test("every function and variable has its line")
    func isComplete() throws {
        let text = try String(contentsOf: Self.page, encoding: .utf8)
        let own = [
            "resource", "live", "change", "tenant", "plan", "fleet", "plan.changes(", "plan.count(",
            "fleet.tenants(", "fleet.resources(", "fleet.similarity(", "fleet.most_similar(",
        ]
        for name in LuaSandbox.library + own {
            #expect(text.contains(name), "\(name)")
        }
    }
}
