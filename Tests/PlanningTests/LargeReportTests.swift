import ClaraModel
import ManifestLoading
import Planning
import Testing

/// Reports of fleets that nobody could read line by line.
@Suite("A report on a large fleet")
struct LargeReportTests {
    @Test("stays short as text, and counts what it does not show", arguments: [51, 1000])
    func text(_ tenants: Int) throws {
        let text = TextPlanRenderer(style: .plain).render(try Self.report(tenants: tenants))
        #expect(text.split(separator: "\n").count < 2000)
        #expect(text.contains("more tenant"))
        #expect(text.hasSuffix("Plan: \(tenants * 2) to add, 0 to change, 0 to destroy.\n"))
    }

    @Test("fits a comment as Markdown, cut at whole tenants", arguments: [1, 60, 1000])
    func markdown(_ tenants: Int) throws {
        let text = MarkdownPlanRenderer().render(try Self.report(tenants: tenants))
        #expect(text.utf16.count <= MarkdownPlanRenderer.longest)
        let opened = text.components(of: "<details>")
        #expect(opened == text.components(of: "</details>"))
        #expect(text.components(of: "\n```") == opened * 2 + 2, "fences come in pairs")
        #expect(text.contains("Cut here: the details of") == (opened < tenants))
        #expect(opened > 0)
    }

    @Test("counts remarks of who is exempt, and has each of them in JSON")
    func exemptions() throws {
        let remarks = (0..<10).map { number in
            PolicyRemark(
                policy: number < 9 ? "posting-hours" : "few-posts",
                enforcement: .audit,
                address: ResourceAddress(tenant: "acme", kind: .quota, name: "q\(number)"),
                message: "too late",
                isExempt: true
            )
        }
        let plan = try Self.report(tenants: 1).plan
        let report = PlanReport(plan: plan, policies: remarks)
        let text = TextPlanRenderer(style: .plain).render(report)
        #expect(text.contains("  exempt 9 remarks [posting-hours]\n"))
        #expect(text.contains("  exempt 1 remark [few-posts]\n") && !text.contains("too late"))
        #expect(MarkdownPlanRenderer().render(report).contains("exempt 9 remarks"))
        #expect(JSONPlanRenderer().render(report).components(of: "too late") == 10)
    }

    @Test("has every change in JSON")
    func json() throws {
        let text = JSONPlanRenderer().render(try Self.report(tenants: 300))
        #expect(text.components(of: "\"address\":") == 600)
    }

    @Test("stays short as drift", arguments: [60, 1000])
    func drift(_ tenants: Int) throws {
        var live = LiveState()
        let desired = try Self.desired(tenants: tenants)
        live.apply(Self.plan(desired, live))
        live.tenants = live.tenants.mapValues { tenant in
            let rows = tenant.resources.mapValues {
                LiveResource($0, content: nil, applied: $0.applied)
            }
            return LiveTenant(settlement: tenant.settlement, resources: rows)
        }
        let report = DriftReport(PlanReport(plan: Self.plan(desired, live)))
        let text = TextDriftRenderer(style: .plain).render(report)
        #expect(text.split(separator: "\n").count < 1000)
        let resources = tenants * 2
        #expect(text.contains("tenants drifted (") && text.contains("more drifted tenant"))
        #expect(report.summary.resources == resources)
        #expect(MarkdownDriftRenderer().render(report).utf16.count <= MarkdownPlanRenderer.longest)
    }

    @Test("bounds the errors that it lists")
    func errors() throws {
        let place = Place(file: "tenants/acme/tenant.yaml")
        let errors = (0..<500).map { index in
            Diagnostic(
                .error,
                .badFormat,
                "wrong \(index)",
                hint: "mend it",
                at: place,
                tenant: "acme"
            )
        }
        let tenant = TenantPlan(tenant: "acme", blocked: .errors(500))
        let empty = try Self.report(tenants: 0).plan
        let plan = Plan(
            fleet: "f",
            revision: "main",
            plannedAt: .epoch,
            tenants: [tenant],
            impact: empty.impact
        )
        let report = PlanReport(plan: plan, diagnostics: errors)
        #expect(TextPlanRenderer(style: .plain).render(report).contains("… 450 more"))
        #expect(MarkdownPlanRenderer().render(report).utf16.count <= MarkdownPlanRenderer.longest)
    }

    @Test("is coloured only where that is asked for, and the same text otherwise")
    func colours() throws {
        let report = try Self.report(tenants: 3)
        let plain = TextPlanRenderer(style: .plain).render(report)
        let coloured = TextPlanRenderer(style: .coloured).render(report)
        #expect(coloured.contains("\u{1B}[32m"))
        #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
    }

    // MARK: Support

    private static func report(tenants: Int) throws -> PlanReport {
        PlanReport(plan: plan(try desired(tenants: tenants), LiveState()))
    }

    private static func plan(_ desired: DesiredState, _ live: LiveState) -> Plan {
        Planner(fleet: RandomFleet.settings, revision: "main@sha1:1", now: .epoch)
            .plan(desired: desired, live: live)
    }

    private static func desired(tenants: Int) throws -> DesiredState {
        let pairs = try (0..<tenants).map { index in
            let name = "tenant-\(index)"
            let voice = String(repeating: "Write plainly, in \(index) ways. ", count: 20)
            let resources = [
                try resource(name, .tenant, name, ["displayName": .string(name)]),
                try resource(
                    name,
                    .prompt,
                    "daily",
                    ["system": .string(voice), "template": "x", "model": ["name": "m"]]
                ),
            ]
            return (
                name,
                DesiredTenant(inputs: Digest(of: name), outcome: .resolved(resources))
            )
        }
        return DesiredState(
            fleet: RandomFleet.settings,
            tenants: Dictionary(pairs) { first, _ in first }
        )
    }

    private static func resource(
        _ tenant: String,
        _ kind: Kind,
        _ name: String,
        _ spec: JSONValue
    ) throws -> DesiredResource {
        DesiredResource(
            address: ResourceAddress(tenant: tenant, kind: kind, name: name),
            labels: [:],
            spec: try ResourceSpec(kind, json: spec),
            origin: Origin(file: "tenants/\(tenant)/all.yaml", line: 1)
        )
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
