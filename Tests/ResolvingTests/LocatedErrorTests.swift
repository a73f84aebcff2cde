import ClaraModel
import ManifestLoading
import Testing

@testable import Resolving

/// A change to a sound fleet and all that must be said of it.
struct BrokenFleet: CustomTestStringConvertible, Sendable {
    let files: [String: String]
    let expected: [String]
    let message: String
    let hint: String?

    init(
        _ files: [String: String],
        _ expected: String...,
        saying message: String,
        hint: String? = nil
    ) {
        self.files = files
        self.expected = expected
        self.message = message
        self.hint = hint
    }

    var testDescription: String { expected.joined(separator: ", ") + ": " + message }

    func check() {
        let found = TestFleet(files).resolve()
        #expect(found.places == expected, "\(found.diagnostics.map(\.message))")
        #expect(found.diagnostics.contains { $0.message.contains(message) }, "\(found.diagnostics)")
        if let hint {
            #expect(
                found.diagnostics.contains { $0.hint?.contains(hint) == true },
                "\(found.diagnostics)"
            )
        }
    }
}

@Suite("Every mistake between resources is reported once, at its place")
struct LocatedErrorTests {
    private static let a = "tenants/acme/"
    private static func schedule(_ spec: String) -> [String: String] {
        [a + "schedule.yaml": document("Schedule", "daily", spec)]
    }
    private static func x(_ spec: String) -> [String: String] {
        [a + "x.yaml": document("Credential", "x-main", "{provider: x, \(spec)}")]
    }
    private static let oauth2 =
        "{clientID: {env: ACME_A}, clientSecret: {env: ACME_B}, refreshToken: {file: t}}"
    private static let ends = "prompt: notes, credential: x-main"

    static let references: [BrokenFleet] = [
        BrokenFleet(
            schedule("{slots: [\"daily 09:00\"], prompt: note, credential: x-main}"),
            a + "schedule.yaml:4:40 dangling-reference",
            saying: "there is no Prompt `note`",
            hint: "did you mean `notes`?"
        ),
        BrokenFleet(
            schedule("{slots: [\"daily 09:00\"], prompt: notes, credential: other}"),
            a + "schedule.yaml:4:59 dangling-reference",
            saying: "there is no Credential `other`",
            hint: "the tenant has x-main"
        ),
        BrokenFleet(
            [
                a + "prompt.yaml": document(
                    "Prompt",
                    "notes",
                    "{system: s, template: t, knowledge: {base: facts}}"
                )
            ],
            a + "prompt.yaml:4:50 dangling-reference",
            saying: "there is no KnowledgeBase `facts`",
            hint: "the tenant has none"
        ),
        BrokenFleet(
            [
                a + "prompt.yaml": document(
                    "Prompt",
                    "notes",
                    "{system: s, template: t, model: {credential: x-main}}"
                )
            ],
            a + "prompt.yaml:4:52 dangling-reference",
            saying: "the Credential `x-main` is for x, and here one for openai is needed"
        ),
        BrokenFleet(
            [a + "tenant.yaml": document("Tenant", "acme", "{displayName: A, profile: glod}")],
            a + "prompt.yaml:3:18 invalid-spec",
            a + "tenant.yaml:4:33 dangling-reference",
            saying: "there is no Profile `glod`",
            hint: "did you mean `gold`?"
        ),
        BrokenFleet(
            [
                a + "o.yaml": document(
                    "Credential",
                    "one",
                    "{provider: openai, apiKey: {env: ACME_O}}"
                ),
                a + "p.yaml": document(
                    "Credential",
                    "two",
                    "{provider: openai, apiKey: {env: ACME_P}}"
                ),
            ],
            "profiles/gold.yaml:4:17 dangling-reference",
            saying: "the tenant has more than one openai Credential",
            hint: "one of one, two"
        ),
    ]

    static let allowances: [BrokenFleet] = [
        BrokenFleet(
            x(
                "account: \"@a\", oauth2: {clientID: {env: BETA_A}, clientSecret: {env: ACME_B}, refreshToken: {file: t}}"
            ),
            a + "x.yaml:4:45 secret-not-allowed",
            saying: "`oauth2.clientID`",
            hint: "`acme` may name ACME_*"
        ),
        BrokenFleet(
            x(
                "account: \"@a\", oauth2: {clientID: {env: CLARA_MASTER_KEY}, clientSecret: {env: ACME_B}, refreshToken: {file: t}}"
            ),
            a + "x.yaml:4:45 secret-not-allowed",
            saying: "may not name the variable"
        ),
        BrokenFleet(
            [
                a + "o.yaml": document(
                    "Credential",
                    "o",
                    "{provider: openai, apiKey: {env: ACME_O}, baseURL: \"https://evil.example/v1\"}"
                )
            ],
            a + "o.yaml:4:58 host-not-allowed",
            saying: "this host",
            hint: "fleet.yaml allows api.openai.com"
        ),
    ]

    static let rules: [BrokenFleet] = [
        BrokenFleet(
            schedule("{\(ends)}"),
            a + "schedule.yaml:3:18 invalid-spec",
            saying: "exactly one of `slots` and `cron`"
        ),
        BrokenFleet(
            schedule("{slots: [], \(ends)}"),
            a + "schedule.yaml:4:8 invalid-spec",
            a + "schedule.yaml:4:8 never-fires",
            saying: "`slots` is empty"
        ),
        BrokenFleet(
            schedule("{cron: \"0 9 30 2 *\", \(ends)}"),
            a + "schedule.yaml:4:14 never-fires",
            saying: "the schedule can never fire"
        ),
        BrokenFleet(
            schedule("{cron: \"0 9 * * *\", timezone: Europe/Pari, \(ends)}"),
            a + "schedule.yaml:4:37 bad-format",
            saying: "there is no time zone `Europe/Pari`",
            hint: "Europe/Paris"
        ),
        BrokenFleet(
            schedule("{cron: \"0 9 * * *\", start: 2027-01-02, end: 2027-01-01, \(ends)}"),
            a + "schedule.yaml:4:51 invalid-spec",
            saying: "ends before it starts"
        ),
        BrokenFleet(
            schedule("{cron: \"0 9 * * *\", end: 2026-01-01, \(ends)}"),
            a + "schedule.yaml:4:32 unused",
            saying: "the schedule has ended"
        ),
        BrokenFleet(
            x("oauth2: \(oauth2)"),
            a + "x.yaml:3:18 invalid-spec",
            saying: "an x credential needs `account`"
        ),
        BrokenFleet(
            x("account: \"@a\", oauth2: {clientID: {env: ACME_A}}"),
            a + "x.yaml:4:36 missing-field",
            a + "x.yaml:4:36 missing-field",
            saying: "`oauth2.clientSecret` is missing from the Credential"
        ),
        BrokenFleet(
            [
                a + "kb.yaml": document(
                    "KnowledgeBase",
                    "facts",
                    "{sources: [{glob: \"knowlege/*.md\"}]}"
                )
            ],
            a + "kb.yaml:4:25 unused",
            saying: "no file of the tenant's folder matches"
        ),
        BrokenFleet(
            [a + "prompt.yaml": document("Prompt", "notes", "{system: s}")],
            a + "prompt.yaml:3:18 missing-field",
            saying: "`template` is missing from the Prompt"
        ),
    ]

    static let places: [BrokenFleet] = [
        BrokenFleet(
            [a + "tenant.yaml": document("Tenant", "acne", "{displayName: A, profile: gold}")],
            a + "tenant.yaml:3:18 wrong-place",
            saying: "must be named like its folder, `acme`"
        ),
        BrokenFleet(
            [
                a + "tenant.yaml": document("Quota", "default", "{}"),
                a + "prompt.yaml": document(
                    "Prompt",
                    "notes",
                    "{system: s, template: t, model: {name: m}}"
                ),
            ],
            "tenants/acme missing-resource",
            saying: "the folder has no Tenant"
        ),
        BrokenFleet(
            [a + "zz.yaml": document("Tenant", "acme", "{displayName: B}")],
            a + "zz.yaml:3:18 duplicate-resource",
            saying: "a tenant has one Tenant",
            hint: "tenant.yaml:3:18"
        ),
        BrokenFleet(
            [a + "q.yaml": document("Quota", "a", "{}") + "---\n" + document("Quota", "b", "{}")],
            a + "q.yaml:8:18 duplicate-resource",
            saying: "a tenant has one Quota",
            hint: "q.yaml:3:18"
        ),
        BrokenFleet(
            [a + "zz.yaml": document("Prompt", "notes", "{system: s, template: t}")],
            a + "zz.yaml:3:18 duplicate-resource",
            saying: "the Prompt `notes` is declared twice"
        ),
        BrokenFleet(
            [a + "fleet.yaml": document("Fleet", "f", "{}")],
            a + "fleet.yaml:1:1 wrong-place",
            saying: "a Fleet does not belong in a tenant's folder"
        ),
        BrokenFleet(
            [
                a + "q.yaml":
                    "apiVersion: clara.dev/v1\nkind: Quota\nmetadata: {name: q, tenant: beta}\nspec: {}\n"
            ],
            a + "q.yaml:3:29 wrong-place",
            saying: "`metadata.tenant` must be the folder's name, `acme`"
        ),
        BrokenFleet(
            [a + "more/q.yaml": document("Quota", "q", "{}")],
            a + "more/q.yaml unused",
            saying: "manifests are read from the tenant's folder only",
            hint: "move it up to tenants/acme/"
        ),
        BrokenFleet(
            ["tenants/Acme_2/t.yaml": document("Tenant", "acme", "{displayName: A}")],
            "tenants/Acme_2 wrong-place",
            "tenants/Acme_2/t.yaml:3:18 wrong-place",
            saying: "the folder's name should be a name of lower-case letters"
        ),
        BrokenFleet(
            [a + "a b\u{1B}.yaml": ""],
            a + "a b\u{1B}.yaml empty-file",
            saying: "the file declares nothing"
        ),
    ]

    static let fleets: [BrokenFleet] = [
        BrokenFleet(
            ["fleet.yaml": ""],
            "fleet.yaml missing-resource",
            "fleet.yaml empty-file",
            saying: "there is no Fleet"
        ),
        BrokenFleet(
            ["fleet.yaml": document("Fleet", "a", "{}") + "---\n" + document("Fleet", "b", "{}")],
            "fleet.yaml:8:18 duplicate-resource",
            saying: "there is more than one Fleet"
        ),
        BrokenFleet(
            ["fleet.yaml": document("Fleet", "a", "{defaults: {timezone: Mars/Base}}")],
            "fleet.yaml:4:29 bad-format",
            saying: "there is no time zone `Mars/Base`"
        ),
        BrokenFleet(
            ["fleet.yaml": document("Fleet", "a", "{freeze: [{cron: \"0 0 31 2 *\", for: 1h}]}")],
            "fleet.yaml:4:24 never-fires",
            saying: "this freeze never begins"
        ),
        BrokenFleet(
            ["fleet.yaml": document("Fleet", "a", "{freeze: [{for: 1h}]}")],
            "fleet.yaml:4:17 invalid-spec",
            saying: "a freeze window needs `cron`"
        ),
        BrokenFleet(
            [
                "fleet.yaml": document(
                    "Fleet",
                    "a",
                    "{freeze: [{cron: \"0 18 * * 5\", for: 0s}]}"
                )
            ],
            "fleet.yaml:4:43 invalid-spec",
            saying: "a freeze must last longer than `0s`"
        ),
        BrokenFleet(
            [
                a + "tenant.yaml": document(
                    "Tenant",
                    "acme",
                    "{displayName: A, profile: gold, retention: 23h}"
                )
            ],
            a + "tenant.yaml:4:50 invalid-spec",
            saying: "`retention` must be 1d or longer"
        ),
        BrokenFleet(
            ["fleet.yaml": document("Fleet", "a", "{horizon: 2h}")],
            "fleet.yaml:4:17 invalid-spec",
            saying: "`horizon` must be between 1d and 366d"
        ),
        BrokenFleet(
            ["fleet.yaml": document("Fleet", "a", "{secrets: {perTenant: {acne: [A]}}}")],
            "fleet.yaml:4:30 unused",
            saying: "no tenant matches `acne`",
            hint: "acme"
        ),
        BrokenFleet(
            ["profiles/zz.yaml": document("Profile", "gold", "{}")],
            "profiles/zz.yaml:3:18 duplicate-resource",
            saying: "the profile `gold` is declared twice",
            hint: "profiles/gold.yaml:3:18"
        ),
        BrokenFleet(
            ["profiles/zz.yaml": document("Quota", "gold", "{}")],
            "profiles/zz.yaml:1:1 wrong-place",
            saying: "a Quota does not belong here",
            hint: "only profiles"
        ),
        BrokenFleet(
            [
                "profiles/zz.yaml": document(
                    "Profile",
                    "zz",
                    "{KnowledgeBase: {chunking: {tokens: 100, overlap: 100}}}"
                )
            ],
            "profiles/zz.yaml:4:57 invalid-spec",
            saying: "`overlap` must be smaller than `tokens`"
        ),
    ]

    @Test("a name that nothing bears", arguments: references)
    func reference(_ fleet: BrokenFleet) { fleet.check() }

    @Test("a secret or a host that the fleet does not allow", arguments: allowances)
    func allowance(_ fleet: BrokenFleet) { fleet.check() }

    @Test("fields that do not go together", arguments: rules)
    func rule(_ fleet: BrokenFleet) { fleet.check() }

    @Test("a document or a folder in the wrong place", arguments: places)
    func place(_ fleet: BrokenFleet) { fleet.check() }

    @Test("the fleet's own files", arguments: fleets)
    func fleet(_ fleet: BrokenFleet) { fleet.check() }

    @Test("a sound fleet has none")
    func sound() {
        let outcome = TestFleet().resolve()
        #expect(outcome.places.isEmpty)
        #expect(
            outcome.resources()?.map { "\($0.address)" } == [
                "acme/Tenant/acme", "acme/Credential/x-main", "acme/Prompt/notes",
                "acme/Schedule/daily",
            ]
        )
    }
}
