import ClaraModel
import Planning
import Testing

/// Break-glass changes: what they take, what they do, and how they end.
@Suite("Overrides")
struct OverrideTests {
    private static let now = Instant(seconds: 1_795_435_200)

    // MARK: Beginning

    @Test(
        "begin with one step that sets the field on what was applied",
        arguments: [
            ("Quota/default", "posts.perDay=2", #"{"posts":{"perDay":2}}"#),
            ("Tenant/acme", "state=paused", nil), ("Schedule/a", "jitter=5m", nil),
            ("Schedule/a", #"slots=["Mon 09:00"]"#, nil), ("Prompt/a", "output.language=fr", nil),
        ] as [(String, String, String?)]
    )
    func begins(_ name: String, _ set: String, _ content: String?) throws {
        let live = try Self.live()
        let override = try Self.override(name, set)
        let plan = try Self.begin(override, live).get()
        let step = try #require(plan.steps.first)
        #expect(plan.steps.count == 1 && step.reason == .overridden && step.action == .update)
        #expect(step.before == live.resources[override.address]?.content)
        if let content { #expect(step.after?.text == content) }
        #expect(plan.overrides == OverrideChange(begun: [override]))
        #expect(plan.settles == nil)
        #expect((step.slots != nil) == (override.address.kind == .schedule))
    }

    @Test(
        "are refused where the field, the value or the resource does not take them",
        arguments: [
            ("Quota/default", "posts.perWeek=2", "Quota has no field `posts.perWeek`"),
            ("Quota/default", "posts.perDay.x=2", "Quota has no field `posts.perDay.x`"),
            ("Quota/default", "posts.perDay=many", "`posts.perDay`: expected a whole number"),
            ("Quota/default", "posts.perDay=-1", "`posts.perDay`: expected a whole number"),
            ("Tenant/acme", "state=asleep", "`state`: expected one of active, paused"),
            ("Tenant/acme", "displayName=", "`displayName` must have a value"),
            ("Tenant/acme", "profile=gold", "`profile` is changed in git only"),
            ("Tenant/acme", "labels.tier=gold", "`labels.tier` is changed in git only"),
            ("Credential/a", "account=@other", "`account` is changed in git only"),
            ("Credential/a", "provider=openai", "`provider` is changed in git only"),
            ("KnowledgeBase/a", "sources=[]", "`sources` is changed in git only"),
            ("KnowledgeBase/a", "embedding.provider=openai", "cannot change without replacing"),
            ("Schedule/a", "jitter=soon", "`jitter`: expected a duration"),
            ("Schedule/a", "prompt=none", "acme/Prompt/none is not live"),
            ("Schedule/a", "credential=o", "the Credential `o` is for openai, and here one for x"),
            (
                "Prompt/a", "model.credential=a",
                "the Credential `a` is for x, and here one for openai"
            ),
            ("Schedule/a", "timezone=", "`timezone` cannot be taken away here"),
            ("Schedule/a", "end=2020-01-01", "ends before it starts"),
            ("Schedule/a", "jitter=30d", "the jitter is longer than"),
            ("Schedule/a", #"quietHours=["00:00-24:00"]"#, "every slot lies in its quiet hours"),
            ("Schedule/c", "cron=0 9 31 2 *", "no date in"),
            ("Tenant/acme", "timezone=Asia/Tokyo", "override the timezone of each Schedule"),
            ("Schedule/a", "cron=30 9 * * *", "the resource would be invalid"),
            ("Schedule/a", "timezone=Mars/Olympus", "invalid"),
            ("Schedule/b", "jitter=5m", "acme/Schedule/b is not live"),
            ("Prompt/hand", "template=x", "carries no mark of Clara"),
        ]
    )
    func refused(_ name: String, _ set: String, _ words: String) throws {
        let outcome = Self.begin(try Self.override(name, set), try Self.live())
        guard case .failure(let problem) = outcome else {
            Issue.record("\(name) took \(set)")
            return
        }
        #expect("\(problem)".contains(words), "\(problem)")
    }

    @Test("are refused where they are over, or would stand for ever")
    func times() throws {
        let live = try Self.live()
        for (until, isTaken) in [
            (Self.now, false), (Self.now + .hours(1), true), (Self.now + .days(30), true),
            (Self.now + .days(31), false),
        ] {
            let outcome = Self.begin(
                try Self.override("Quota/default", "posts.perDay=2", until),
                live
            )
            if case .success = outcome { #expect(isTaken) } else { #expect(!isTaken) }
        }
    }

    @Test("are refused of a retired tenant, another fleet's row and a row changed by hand")
    func standing() throws {
        let override = try Self.override("Quota/default", "posts.perDay=2")
        var retired = try Self.live()
        retired.retirement = Retirement(since: Self.now, purgeAfter: Self.now + .days(1))
        #expect(Self.begin(override, retired).problem == .retired("acme"))
        var drifted = try Self.live()
        drifted.resources[override.address] = drifted.resources[override.address].map {
            LiveResource($0, content: CanonicalJSON(["posts": ["perDay": 99]]), applied: $0.applied)
        }
        #expect(Self.begin(override, drifted).problem == .drifted(override.address))
        let other = FleetSettings(name: "other", spec: FleetSpec())
        let outcome = OverridePlanner.begin(
            override,
            live: try Self.live(),
            fleet: other,
            now: Self.now
        )
        #expect(outcome.problem == .otherFleet(RandomFleet.settings.name))
    }

    @Test("never repeat the value in a message: it could be a secret in the wrong field")
    func quiet() throws {
        let outcome = Self.begin(
            try Self.override("Quota/default", "posts.perDay=sk-proj-0123456789abcdef"),
            try Self.live()
        )
        #expect(outcome.problem.map { !"\($0)".contains("sk-proj") } == true)
    }

    @Test("of the same field take the place of the one before")
    func replaces() throws {
        var live = try Self.live()
        let first = try Self.override("Quota/default", "posts.perDay=2")
        live.overrides = [first]
        let second = try Self.override("Quota/default", "posts.perDay=3")
        let change = try Self.begin(second, live).get().overrides
        #expect(change == OverrideChange(begun: [second], ended: [first]))
    }

    // MARK: Assignments

    @Test(
        "read assignments as JSON, and everything else as text",
        arguments: [
            ("posts.perDay=2", ["posts", "perDay"], .integer(2)),
            ("state=paused", ["state"], "paused"),
            (#"slots=["Mon 09:00"]"#, ["slots"], ["Mon 09:00"]), ("jitter=", ["jitter"], nil),
            (#"variables.year="2026""#, ["variables", "year"], "2026"), ("a=b=c", ["a"], "b=c"),
            ("model.temperature=0.5", ["model", "temperature"], .number(0.5)),
            ("x=true", ["x"], true), ("cron=30 9 * * 1-5", ["cron"], "30 9 * * 1-5"),
        ] as [(String, [String], JSONValue?)]
    )
    func assignments(_ text: String, _ path: [String], _ value: JSONValue?) throws {
        let assignment = try OverrideAssignment(parsing: text)
        #expect(assignment.path == path && assignment.value == value)
    }

    @Test(
        "refuse assignments of another shape",
        arguments: [
            "", "=2", "posts..perDay=2", ".a=1", "a.=1", "a b=1", "a", "slots=[\"Mon", "a={",
        ]
    )
    func badAssignments(_ text: String) {
        #expect(throws: FormatError.self) { try OverrideAssignment(parsing: text) }
    }

    // MARK: Support

    private static func begin(
        _ override: Override,
        _ live: LiveTenant
    ) -> Result<TenantPlan, OverrideProblem> {
        OverridePlanner.begin(override, live: live, fleet: RandomFleet.settings, now: now)
    }

    private static func override(
        _ name: String,
        _ set: String,
        _ until: Instant = now + .hours(2)
    ) throws -> Override {
        let address = try #require(ResourceAddress(parsing: "acme/\(name)"))
        let assignment = try OverrideAssignment(parsing: set)
        return Override(
            address: address,
            path: assignment.path,
            value: assignment.value,
            reason: "a test",
            by: "somebody",
            since: now,
            until: until
        )
    }

    private static let contents: [(String, JSONValue)] = [
        ("Tenant/acme", ["displayName": "Acme"]),
        (
            "Credential/a",
            [
                "provider": "x", "account": "@one",
                "oauth2": [
                    "clientID": ["env": "A"], "clientSecret": ["env": "B"],
                    "refreshToken": ["env": "C"],
                ],
            ]
        ), ("Credential/o", ["provider": "openai", "apiKey": ["env": "D"]]),
        ("Quota/default", ["posts": ["perDay": 8]]),
        (
            "KnowledgeBase/a",
            ["sources": [["glob": "**"]], "embedding": ["provider": "local"], "documents": [:]]
        ), ("Prompt/a", ["system": "x", "template": "y", "model": ["name": "m"]]),
        (
            "Schedule/a",
            [
                "slots": ["daily 09:00"], "prompt": "a", "credential": "a", "timezone": "UTC",
                "start": "2026-01-01",
            ]
        ),
        (
            "Schedule/c",
            ["cron": "0 9 * * *", "prompt": "a", "credential": "a", "timezone": "UTC"]
        ),
    ]

    /// A tenant as it is after an apply, with a prompt that somebody made by hand.
    private static func live() throws -> LiveTenant {
        var live = LiveTenant()
        for (name, content) in contents {
            let address = try #require(ResourceAddress(parsing: "acme/\(name)"))
            let content = CanonicalJSON(content)
            let mark = AppliedMark(
                content: content,
                revision: "main@sha1:1",
                fleet: RandomFleet.settings.name
            )
            live.resources[address] = LiveResource(
                address: address,
                content: content,
                applied: mark
            )
        }
        let hand = ResourceAddress(tenant: "acme", kind: .prompt, name: "hand")
        live.resources[hand] = LiveResource(
            address: hand,
            content: CanonicalJSON(["system": "x"]),
            applied: nil
        )
        return live
    }
}

extension Result {
    fileprivate var problem: Failure? {
        if case .failure(let problem) = self { problem } else { nil }
    }
}
