import ManifestLoading
import Testing

@Suite("Every mistake is reported at its place")
struct LocatedErrorTests {
    static let envelopes: [LocatedError] = [
        LocatedError(
            "kind: Quota\nmetadata: {name: a}\nspec: {}\n",
            "1:1 missing-field",
            "`apiVersion` is missing"
        ),
        LocatedError(
            "apiVersion: clara.dev/v2\nkind: Quota\nmetadata: {name: a}\nspec: {}\n",
            "1:13 not-a-choice",
            "this `apiVersion` is not known",
            hint: "clara.dev/v1"
        ),
        LocatedError(
            "apiVersion: clara.dev/v1\nmetadata: {name: a}\nspec: {}\n",
            "1:1 missing-field",
            "`kind` is missing"
        ),
        LocatedError(
            "apiVersion: clara.dev/v1\nkind: Shedule\nmetadata: {name: a}\nspec: {}\n",
            "2:7 unknown-kind",
            "this kind is not known",
            hint: "did you mean `Schedule`?"
        ),
        LocatedError(
            "apiVersion: clara.dev/v1\nkind: [Quota]\nmetadata: {name: a}\nspec: {}\n",
            "2:7 wrong-type",
            "`kind` should be one of Fleet, Profile"
        ),
        LocatedError(
            "apiVersion: clara.dev/v1\nkind: Quota\nmetadata: {}\nspec: {}\n",
            "3:11 missing-field",
            "`metadata.name` is missing"
        ),
        LocatedError(
            "apiVersion: clara.dev/v1\nkind: Quota\nmetadata:\n  name:\nspec: {}\n",
            "4:3 missing-field",
            "`metadata.name` is missing"
        ),
        LocatedError(
            "apiVersion: clara.dev/v1\nkind: Quota\nmetadata: {name: A_b}\nspec: {}\n",
            "3:18 bad-format",
            "`metadata.name` should be a name of lower-case letters"
        ),
        LocatedError(
            "apiVersion: clara.dev/v1\nkind: Quota\nmetadata: {name: a, label: {}}\nspec: {}\n",
            "3:21 unknown-field",
            "`label` is not a field of `metadata`",
            hint: "did you mean `labels`?"
        ),
        LocatedError(
            "apiVersion: clara.dev/v1\nkind: Quota\nmetadata: {name: a, labels: {tier: 1}}\nspec: {}\n",
            "3:36 wrong-type",
            "`metadata.labels.tier` should be text, but it is a whole number",
            hint: "put it in quotes"
        ),
        LocatedError(
            "apiVersion: clara.dev/v1\nkind: Quota\nmetadata: {name: a}\nspec:\n",
            "4:6 wrong-type",
            "`Quota` should be a mapping of fields, but it is empty"
        ),
        LocatedError(
            "apiVersion: clara.dev/v1\nkind: Quota\nmetadata: {name: a}\nspec: {}\nstatus: {}\n",
            "5:1 unknown-field",
            "`status` is not a field of a manifest",
            hint: "a document has apiVersion"
        ),
        LocatedError(
            "- apiVersion: clara.dev/v1\n",
            "1:1 wrong-type",
            "`document` should be a mapping"
        ),
        LocatedError("hello\n", "1:1 wrong-type", "but it is text"),
    ]

    static let fields: [LocatedError] = [
        LocatedError(
            "Schedule",
            "jiter: 10m",
            is: "5:3 unknown-field",
            "`jiter` is not a field of `Schedule`",
            hint: "did you mean `jitter`?"
        ),
        LocatedError(
            "Schedule",
            "misfire: {wait: 10m}",
            is: "5:13 unknown-field",
            "`wait` is not a field of `misfire`",
            hint: "the fields of `misfire` are grace, catchUp"
        ),
        LocatedError(
            "Prompt",
            "variants:",
            "  - {name: warm, wieght: 1}",
            is: "6:20 unknown-field",
            "`wieght` is not a field of `variants[0]`",
            hint: "did you mean `weight`?"
        ),
        LocatedError(
            "Schedule",
            "slots: Mon 09:00",
            is: "5:10 wrong-type",
            "`slots` should be a list, but it is text"
        ),
        LocatedError(
            "Schedule",
            "slots: [\"Mon 09:00\", Moonday]",
            is: "5:24 bad-format",
            "`slots[1]` should be"
        ),
        LocatedError(
            "Schedule",
            "slots: [~]",
            is: "5:11 wrong-type",
            "`slots[0]` should be weekdays and times"
        ),
        LocatedError(
            "Quota",
            "posts: 8",
            is: "5:10 wrong-type",
            "`posts` should be a mapping of fields"
        ),
        LocatedError(
            "Quota",
            "posts: {perDay: 8.5}",
            is: "5:19 wrong-type",
            "`posts.perDay` should be a whole number from 0 up, but it is a number"
        ),
        LocatedError(
            "Quota",
            "posts: {perDay: -1}",
            is: "5:19 out-of-range",
            "`posts.perDay` must be from 0 up"
        ),
        LocatedError(
            "Quota",
            "posts: {perDay: 010}",
            is: "5:19 wrong-type",
            "but it is text"
        ),
        LocatedError(
            "Prompt",
            "model: {temperature: 2.5}",
            is: "5:24 out-of-range",
            "`model.temperature` must be from 0 to 2"
        ),
        LocatedError(
            "Schedule",
            "approval: yes",
            is: "5:13 not-a-choice",
            "`approval` must be one of required, none"
        ),
        LocatedError(
            "Tenant",
            "state: actve",
            is: "5:10 not-a-choice",
            "`state` must be one of active, paused",
            hint: "did you mean `active`?"
        ),
        LocatedError(
            "Prompt",
            "variables: {topic: yes}",
            is: "5:22 ambiguous-scalar",
            "`variables.topic` could be read as text, as a number or as a boolean",
            hint: "quotes"
        ),
        LocatedError(
            "Prompt",
            "variables: {code: 0x1F}",
            is: "5:21 ambiguous-scalar",
            "`variables.code`"
        ),
        LocatedError(
            "Prompt",
            "variables: {time: 12:30}",
            is: "5:21 ambiguous-scalar",
            "`variables.time`"
        ),
        LocatedError(
            "Prompt",
            "variables: {list: [1]}",
            is: "5:21 wrong-type",
            "`variables.list` should be text, a number, true or false, but it is a list"
        ),
        LocatedError(
            "Tenant",
            "displayName: on",
            is: "5:16 ambiguous-scalar",
            "`displayName` could be read"
        ),
        LocatedError(
            "Tenant",
            "displayName: true",
            is: "5:16 wrong-type",
            "`displayName` should be text, but it is true or false",
            hint: "put it in quotes"
        ),
        LocatedError(
            "Tenant",
            "timezone: CET",
            is: "5:13 bad-format",
            "an IANA time zone",
            hint: "name a city"
        ),
        LocatedError("Tenant", "owners: [nobody]", is: "5:12 bad-format", "an e-mail address"),
        LocatedError("Tenant", "retention: 1 month", is: "5:14 bad-format", "a duration such as"),
        LocatedError("Schedule", "cron: \"61 9 * * *\"", is: "5:9 bad-format", "`cron` should be"),
        LocatedError(
            "Schedule",
            "quietHours: [\"22-7\"]",
            is: "5:16 bad-format",
            "`quietHours[0]` should be"
        ),
        LocatedError(
            "Schedule",
            "blackout: [2026-02-30]",
            is: "5:14 bad-format",
            "`blackout[0]` should be"
        ),
        LocatedError(
            "Schedule",
            "prompt: Launch Notes",
            is: "5:11 bad-format",
            "a name of lower-case"
        ),
        LocatedError(
            "Credential",
            "account: acme",
            is: "5:12 bad-format",
            "an X account such as \"@acmecoffee\""
        ),
        LocatedError(
            "Credential",
            "baseURL: http://api.openai.com",
            is: "5:12 bad-format",
            "an https address",
            hint: "only https"
        ),
        LocatedError(
            "KnowledgeBase",
            "sources: [{glob: ../other/*.md}]",
            is: "5:20 bad-format",
            "a path pattern inside the tenant's folder",
            hint: "cannot leave it"
        ),
        LocatedError("Fleet", "loop: {drift: fix}", is: "5:17 not-a-choice", "one of report, heal"),
        LocatedError(
            "Profile",
            "Schedul: {}",
            is: "5:3 unknown-field",
            "`Schedul` is not a field of `Profile`",
            hint: "did you mean `Schedule`?"
        ),
        LocatedError(
            "Profile",
            "Schedule: {jitter: soon}",
            is: "5:22 bad-format",
            "`Schedule.jitter` should be a duration"
        ),
    ]

    static let secrets: [LocatedError] = [
        LocatedError(
            "Credential",
            "apiKey: hunter2",
            is: "5:11 secret-literal",
            "`apiKey` holds a value",
            hint: "write {env: NAME}"
        ),
        LocatedError(
            "Credential",
            "apiKey: 12345",
            is: "5:11 secret-literal",
            "`apiKey` holds a value"
        ),
        LocatedError(
            "Credential",
            "apiKey: [a]",
            is: "5:11 secret-literal",
            "`apiKey` holds a value"
        ),
        LocatedError(
            "Credential",
            "apiKey: {value: hunter2}",
            is: "5:11 wrong-type",
            "`apiKey` should be a reference"
        ),
        LocatedError(
            "Credential",
            "apiKey: {env: A, file: b}",
            is: "5:11 wrong-type",
            "`apiKey` should be a reference"
        ),
        LocatedError(
            "Credential",
            "apiKey: {env: $ACME_KEY}",
            is: "5:17 bad-format",
            "`apiKey` needs the name of an environment variable"
        ),
        LocatedError(
            "Credential",
            "apiKey: {file: ../beta/key}",
            is: "5:18 bad-format",
            "`apiKey` needs a file name relative to"
        ),
        LocatedError(
            "Credential",
            "apiKey: {file: /etc/passwd}",
            is: "5:18 bad-format",
            "`apiKey` needs a file name relative to"
        ),
        LocatedError(
            "Prompt",
            "system: use sk-abcdefghijklmnopqrstuvwxyz0123456789ABCDEF",
            is: "5:11 secret-literal",
            "`system` holds something that looks like a key",
            hint: "revoke it"
        ),
        LocatedError(
            "Prompt",
            "variables: {sk-abcdefghijklmnopqrstuvwxyz0123456789ABCDEF: 1}",
            is: "5:15 secret-literal",
            "`variables` holds something that looks like a key"
        ),
    ]

    @Test("in the envelope", arguments: envelopes)
    func envelope(_ error: LocatedError) { error.check() }

    @Test("in a field", arguments: fields)
    func field(_ error: LocatedError) { error.check() }

    @Test("where a secret is written", arguments: secrets)
    func secret(_ error: LocatedError) { error.check() }

    @Test("in the YAML itself, with the YAML reader's code")
    func syntax() {
        LocatedError("kind: \"Quota\n", "1:7 yaml-syntax", "quote").check()
        let twice =
            "apiVersion: clara.dev/v1\nkind: Quota\nmetadata: {name: a}\nspec: {}\nspec: {}\n"
        LocatedError(twice, "5:1 yaml-duplicate-key", "'spec' is already set").check()
    }

    @Test("all of one file, in order")
    func all() {
        let text = """
            apiVersion: clara.dev/v1
            kind: Tenant
            metadata: {name: a, labels: {n: 1}}
            spec: {displayName: 5, timezone: CET, colour: red}
            ---
            apiVersion: clara.dev/v1
            kind: Quota
            spec: {posts: many}
            """
        let found = ManifestReader.read(Array(text.utf8), path: "f.yaml").diagnostics
        let expected = [
            "3:33 wrong-type", "4:21 wrong-type", "4:34 bad-format", "4:39 unknown-field",
            "6:1 missing-field", "8:15 wrong-type",
        ]
        #expect(found.map { "\($0.place.line):\($0.place.column) \($0.code)" } == expected)
    }

    @Test("up to a bound, and then counted")
    func bound() {
        let head = "apiVersion: clara.dev/v1\nkind: Quota\nmetadata: {name: a}\nspec:\n"
        let text = head + (0..<250).map { "  x\($0): 1\n" }.joined()
        let found = ManifestReader.read(Array(text.utf8), path: "f.yaml").diagnostics
        #expect(found.count == ManifestReader.mostDiagnostics + 1)
        #expect(found.last?.message == "the file has 150 more problems that are not listed")
    }

    @Test(
        "A file without a document is a warning",
        arguments: ["", "# later\n", "---\n", "--- ~\n"]
    )
    func emptyFile(_ text: String) {
        let found = ManifestReader.read(Array(text.utf8), path: "f.yaml").diagnostics
        #expect(found.map(\.code) == ["empty-file"])
        #expect(found.allSatisfy { $0.severity == .warning })
    }
}
