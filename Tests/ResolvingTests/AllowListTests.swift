import ClaraModel
import Testing

@testable import Resolving

@Suite("Variables that a tenant may name")
struct AllowListTests {
    private static let tenants: Set<String> = [
        "acme", "acme-coffee", "acme-coffee-two", "acmeco", "clara",
    ]

    private func list(_ rules: SecretRules? = nil) -> SecretAllowList {
        SecretAllowList(rules: rules, neighbours: NeighbourNames(Self.tenants))
    }

    static let byDefault: [(tenant: String, variable: String, isAllowed: Bool)] = [
        ("acme", "ACME_KEY", true), ("acme", "ACME_", true), ("acme", "ACME", false),
        ("acme", "ACMECO_KEY", false), ("acme", "acme_key", false), ("acme", "PATH", false),
        ("acme-coffee", "ACME_COFFEE_KEY", true), ("acme", "ACME_COFFEE_KEY", false),
        ("acme", "ACME_COFFE_KEY", true), ("acme-coffee", "ACME_KEY", false),
        ("acme-coffee", "ACME_COFFEE_TWO_KEY", false),
        ("acme-coffee-two", "ACME_COFFEE_TWO_KEY", true),
        ("clara", "CLARA_KEY", false), ("acme", "CLARA_MASTER_KEY", false),
    ]

    @Test(
        "are by default those that begin with its name and with no longer one",
        arguments: byDefault
    )
    func defaults(_ example: (tenant: String, variable: String, isAllowed: Bool)) {
        #expect(list().allows(example.variable, for: example.tenant) == example.isAllowed)
    }

    @Test("are never advised to be Clara's own")
    func advice() {
        #expect(list().advice(for: "acme").contains("`acme` may name ACME_*"))
        #expect(!list().advice(for: "clara").contains("may name"))
    }

    @Test("are those of `perTenant` in its place, and those of `env` besides")
    func rules() {
        var rules = SecretRules()
        rules.env = ["AGENCY_*", "clara_*"]
        rules.perTenant = ["acme": ["ACME_COFFEE_*", "*_SHARED"]]
        let list = list(rules)
        #expect(list.allows("ACME_COFFEE_KEY", for: "acme"))
        #expect(list.allows("X_SHARED", for: "acme"))
        #expect(!list.allows("ACME_KEY", for: "acme"))
        #expect(list.allows("AGENCY_KEY", for: "acmeco"))
        #expect(list.allows("ACMECO_KEY", for: "acmeco"))
        #expect(
            !list.allows("clara_key", for: "acme"),
            "Clara's own, whatever the case and the rule"
        )
    }
}

@Suite("Path patterns")
struct PathPatternTests {
    static let examples: [(pattern: String, path: String, fits: Bool)] = [
        ("knowledge/**/*.md", "knowledge/a.md", true),
        ("knowledge/**/*.md", "knowledge/x/y/a.md", true),
        ("knowledge/*.md", "knowledge/x/a.md", false), ("**", "a/b/c", true), ("*", "a/b", false),
        ("a?c", "abc", true), ("a?c", "ac", false), ("*", "", false), ("**/a", "a", true),
        ("a/**/b/**/c", "a/x/b/y/z/c", true), ("a/**/b/**/c", "a/x/c", false), ("A*", "a", false),
        ("*a*b*c", "xxaxxbxxc", true), ("[ab]", "a", false),
    ]

    @Test("match as in .gitignore", arguments: examples)
    func matching(_ example: (pattern: String, path: String, fits: Bool)) {
        #expect(PathPattern(example.pattern).matches(example.path) == example.fits)
    }

    @Test("take no more than pattern × path steps")
    func bounded() {
        let pattern = PathPattern(String(repeating: "*a", count: 500) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 2_000)))
    }
}
