import ClaraModel
import Planning
import Testing

/// When a fleet is frozen, until when, and what passes all the same.
@Suite("Freezes")
struct FreezeTests {
    /// A window from Saturday 00:00 for a weekend.
    private static func window(
        _ cron: String = "0 0 * * 6",
        for duration: TimeSpan = .hours(48),
        tenants: [String]? = nil,
        allow: [FreezeWindow.Exemption]? = nil
    ) throws -> FreezeWindow {
        var window = FreezeWindow()
        window.cron = try CronExpression(parsing: cron)
        window.duration = duration
        window.tenants = tenants
        window.allow = allow
        window.reason = "nobody on call"
        return window
    }

    private static func frozen(
        at now: String,
        _ windows: [FreezeWindow],
        _ timezone: String = "UTC",
        _ plan: Plan = AdmissionTests.plan([AdmissionTests.tenant("acme", updates: 1)])
    ) throws -> Admission {
        AdmissionTests.judge(
            plan,
            AdmissionTests.rules(
                freeze: windows,
                timezone: try TimeZoneName(parsing: timezone)
            ),
            managed: 50,
            now: try Instant(parsing: now)
        )
    }

    @Test(
        "begin and end to the second",
        arguments: [
            ("2026-11-20T23:59:59Z", nil), ("2026-11-21T00:00:00Z", "2026-11-23T00:00:00Z"),
            ("2026-11-22T23:59:59Z", "2026-11-23T00:00:00Z"), ("2026-11-23T00:00:00Z", nil),
        ] as [(String, String?)]
    )
    func bounds(_ now: String, _ until: String?) throws {
        let admission = try Self.frozen(at: now, [Self.window()])
        #expect(admission.frozen.map(\.until.description) == (until.map { [$0] } ?? []))
        #expect(admission.isRefused == (until != nil))
    }

    @Test(
        "begin by the wall clock of the fleet's zone and last as long over a clock change",
        arguments: [
            // London falls back on 2026-10-25: midnight is 23:00 UTC the day before.
            ("2026-10-24T22:59:59Z", nil), ("2026-10-24T23:00:00Z", "2026-10-25T11:00:00Z"),
            // A day later midnight is midnight.
            ("2026-11-01T00:00:00Z", "2026-11-01T12:00:00Z"), ("2026-10-31T23:30:00Z", nil),
        ] as [(String, String?)]
    )
    func clockChange(_ now: String, _ until: String?) throws {
        let windows = [try Self.window("0 0 * * 0", for: .hours(12))]
        let admission = try Self.frozen(at: now, windows, "Europe/London")
        #expect(admission.frozen.first?.until.description == until)
    }

    @Test(
        "are for the tenants that their patterns match",
        arguments: [
            (["acme"], true), (["a*"], true), (["acm?"], true), (["a?"], false), (["birch"], false),
            (["birch", "*"], true), ([], false),
        ]
    )
    func tenants(_ names: [String], _ isFrozen: Bool) throws {
        let windows = [try Self.window(tenants: names)]
        #expect(try Self.frozen(at: "2026-11-21T10:00:00Z", windows).isRefused == isFrozen)
    }

    @Test("that follow one another without a gap end with the last of them")
    func chain() throws {
        let windows = [try Self.window("0 0 * * 6,0", for: .hours(24))]
        let admission = try Self.frozen(at: "2026-11-21T10:00:00Z", windows)
        #expect(admission.frozen.first?.until.description == "2026-11-23T00:00:00Z")
    }

    @Test("for ever are found at once", .timeLimit(.minutes(1)))
    func endless() throws {
        let windows = [try Self.window("* * * * *", for: .longest), try Self.window("0 0 29 2 *")]
        #expect(try Self.frozen(at: "2026-11-21T10:00:00Z", windows).isRefused)
    }

    @Test("hold back the tenants that they are for, and the others proceed")
    func patterns() throws {
        let plan = AdmissionTests.plan(
            ["acme", "acme-two", "birch"].map { AdmissionTests.tenant($0, updates: 1) }
        )
        let windows = [try Self.window(tenants: ["acme*"])]
        let admission = try Self.frozen(at: "2026-11-21T10:00:00Z", windows, "UTC", plan)
        #expect(admission.frozen.map(\.tenant) == ["acme", "acme-two"])
        #expect(admission.plan.tenants.map(\.tenant) == ["birch"])
        #expect(!admission.isRefused)
        #expect(PlanReport(plan: plan, admission: admission).isPartial)
    }

    @Test("let pausing a tenant through where they allow it, and nothing beside it")
    func pause() throws {
        let pause = Self.pauseStep(changes: [("state", "paused")])
        let more = Self.pauseStep(changes: [("state", "paused"), ("displayName", "X")])
        let resume = Self.pauseStep(changes: [("state", "active")])
        let windows = [try Self.window(allow: [.pause])]
        for (steps, left, isFrozen) in [
            ([pause], 1, false), ([more], 0, true), ([resume], 0, true),
            ([pause, AdmissionTests.step("acme", "a", .update, .changed)], 1, true),
        ] {
            let plan = AdmissionTests.plan([AdmissionTests.tenant("acme", steps)])
            let admission = try Self.frozen(at: "2026-11-21T10:00:00Z", windows, "UTC", plan)
            #expect(admission.plan.steps.count == left)
            #expect(admission.frozen.isEmpty != isFrozen)
            #expect(admission.plan.tenants.allSatisfy { !isFrozen || $0.settles == nil })
        }
    }

    private static func pauseStep(changes: [(String, String)]) -> Step {
        let before: JSONValue = ["displayName": "A"]
        let after = changes.reduce(before) { $0.setting([$1.0], to: .string($1.1)) }
        let live = LiveResource(
            address: ResourceAddress(tenant: "acme", kind: .tenant, name: "acme"),
            content: CanonicalJSON(before),
            applied: nil
        )
        let desired = DesiredResource(
            address: live.address,
            labels: [:],
            spec: (try? ResourceSpec(.tenant, json: after)) ?? .tenant(TenantSpec()),
            origin: Origin(file: "tenants/acme/tenant.yaml", line: 1)
        )
        let plan = Planner(fleet: RandomFleet.settings, revision: "r", now: .epoch).review(
            "acme",
            desired: DesiredTenant(inputs: Digest(of: "x"), outcome: .resolved([desired])),
            live: LiveTenant(resources: [live.address: live])
        ).plan
        return plan.steps[0]
    }

    @Test("an end that is further away than a year is not named")
    func unnamedEnd() throws {
        for (duration, isNamed) in [(TimeSpan.hours(13), true), (.hours(24), false)] {
            let plan = AdmissionTests.plan([AdmissionTests.tenant("acme", updates: 1)])
            let windows = [try Self.window("0 0 * * *", for: duration)]
            let admission = try Self.frozen(at: "2026-11-23T12:00:00Z", windows, "UTC", plan)
            let report = PlanReport(plan: plan, admission: admission)
            let text = TextPlanRenderer(style: .plain).render(report)
            #expect(text.contains("no end within a year") != isNamed, "\(text)")
        }
    }
}
