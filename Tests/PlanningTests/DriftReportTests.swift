import ClaraModel
import Foundation
import ManifestLoading
import Planning
import Testing

/// What holds of a drift report beyond its golden files.
@Suite("A drift report")
struct DriftReportTests {
    private static let page = HTMLDriftRenderer()

    @Test("counts a tenant that was never applied as neither drifted nor in sync")
    func neverApplied() throws {
        let desired = try SmallFleet().desired(isChanged: false)
        let planner = Planner(fleet: SmallFleet.settings, revision: "main", now: SmallFleet.now)
        let report = DriftReport(
            PlanReport(plan: planner.plan(desired: desired, live: LiveState()))
        )
        #expect(report.summary.inSync == 0 && report.summary.unapplied == 2)
        #expect(!report.hasDrift)
        let text = TextDriftRenderer(style: .plain).render(report)
        #expect(text == "No drift; 2 not applied yet.\n")
    }

    @Test("counts as in sync only what is managed and as it was applied")
    func inSync() {
        let client = ResourceAddress(tenant: "ghost", kind: .tenant, name: "ghost")
        let quota = ResourceAddress(tenant: "acme", kind: .quota, name: "default")
        let order = Override(
            address: quota,
            path: ["posts"],
            value: nil,
            reason: "",
            by: "",
            since: SmallFleet.now,
            until: SmallFleet.now
        )
        let plan = Plan(
            fleet: "agency",
            revision: "main",
            plannedAt: SmallFleet.now,
            tenants: [
                TenantPlan(tenant: "ghost", unmanaged: [client]),
                TenantPlan(tenant: "acme", overrides: OverrideChange(ended: [order])),
                TenantPlan(tenant: "beta", unmanaged: [quota]),
            ],
            tenantCount: 5,
            impact: Impact([TenantImpact](), in: SmallFleet.now..<SmallFleet.now)
        )
        #expect(DriftReport(PlanReport(plan: plan)).summary.inSync == 3)
    }

    @Test("shows the worst first")
    func order() throws {
        let fixture = try #require(
            PlanFixture.all.first { $0.testDescription == "drift-of-a-fleet" }
        )
        let report = DriftReport(try fixture.report())
        let standings = report.tenants.map(\.standing)
        #expect(standings == standings.sorted() && Set(standings).count > 3)
        #expect(report.tenants.first?.tenant == "acme")
    }

    @Test("gives the share of managed rows, rounded so that only all is all")
    func coverage() throws {
        let plan = try SmallFleet().fixture().report
        for (managed, unmanaged, share) in [
            (0, 0, "no row is live"), (10, 0, "100%"), (9999, 1, "99.9%"), (0, 5, "0%"),
            (241, 9, "96.4%"),
        ] {
            let coverage = Coverage(managed: managed, unmanaged: unmanaged)
            let report = DriftReport(plan, coverage: coverage)
            let text = TextDriftRenderer(style: .plain).render(report)
            #expect(text.contains("Coverage: \(share)"), "\(managed) of \(managed + unmanaged)")
        }
    }

    // MARK: The page

    @Test("is a page that asks for nothing and runs nothing", arguments: PlanFixture.all)
    func selfContained(fixture: PlanFixture) throws {
        let report = try fixture.settings().drift.report(fixture.report())
        let html = Self.page.render(report)
        for word in [
            "<script", "<link", "<img", "<iframe", "<form", "@import", "url(", " style=",
        ] {
            #expect(!html.contains(word), "\(word)")
        }
        for tag in html.matches(of: /<[^<>]*>/) {
            #expect(!tag.0.contains(/\s(on\w+|src|srcset|action)=/), "\(tag.0)")
            #expect(!tag.0.contains("href=") || tag.0.contains("href=\"#"), "\(tag.0)")
        }
    }

    @Test("is well-formed", arguments: PlanFixture.all)
    func wellFormed(fixture: PlanFixture) throws {
        let report = try fixture.settings().drift.report(fixture.report())
        try expectWellFormed(Self.page.render(report))
    }

    @Test("has a bounded page whatever the fleet, with the numbers of all of it")
    func bounded() throws {
        for tenants in [10_000, 60] {
            let report = try Self.drifted(tenants: tenants)
            let html = Self.page.render(report)
            #expect(html.utf8.count < HTMLDriftRenderer.longest)
            let cut = tenants > 1000
            #expect(html.contains("Cut here: the details of") == cut)
            #expect(html.contains("<dd>\(cut ? "10,000" : "60")</dd>"))
            try expectWellFormed(html)
        }
    }

    @Test("has only links to places that are in it")
    func links() throws {
        let html = Self.page.render(try Self.drifted(tenants: 3000))
        let ids = Set(html.matches(of: /id="([^"]+)"/).map { String($0.1) })
        let links = Set(html.matches(of: /href="#([^"]+)"/).map { String($0.1) })
        #expect(!links.isEmpty && links.isSubset(of: ids))
    }

    @Test("has a style that its own policy lets through")
    func policy() throws {
        let html = Self.page.render(try Self.drifted(tenants: 1))
        let style = try #require(html.firstMatch(of: /<style>([^<]*)<\/style>/)).1
        let allowed = try #require(html.firstMatch(of: /style-src 'sha256-([^']+)'/)).1
        let hash = Digest(of: String(style)).description.dropFirst("sha256:".count)
        let bytes = stride(from: 0, to: hash.count, by: 2).compactMap { offset in
            let start = hash.index(hash.startIndex, offsetBy: offset)
            return UInt8(hash[start..<hash.index(start, offsetBy: 2)], radix: 16)
        }
        #expect(Data(bytes).base64EncodedString() == allowed)
    }

    // MARK: Support

    /// Every element is closed, in the order of a stack.
    private func expectWellFormed(_ html: String) throws {
        let void: Set<Substring> = ["meta", "rect", "br", "!DOCTYPE"]
        var open: [Substring] = []
        for tag in html.matches(of: /<(\/?)([!a-zA-Z0-9]+)[^<>]*>/) where !void.contains(tag.2) {
            if tag.1.isEmpty {
                open.append(tag.2)
            } else {
                #expect(open.popLast() == tag.2)
            }
        }
        #expect(open.isEmpty)
        let tags = html.matches(of: /<[\/!a-zA-Z]/).count
        #expect(html.ranges(of: "<").count == tags, "a bare <")
        let entities = html.matches(of: /&(amp|lt|gt|quot|#39);/).count
        #expect(html.ranges(of: "&").count == entities, "a bare &")
    }

    /// The step of a tenant that somebody paused.
    private static func oneDrifted() throws -> Step {
        var fleet = try SmallFleet()
        fleet.changesGit = false
        fleet.edit = { tenant in
            for (address, row) in tenant.resources where address.kind == .tenant {
                let content = CanonicalJSON(["displayName": "One", "state": "paused"])
                tenant.resources[address] = LiveResource(
                    row,
                    content: content,
                    applied: row.applied
                )
            }
        }
        return try #require(fleet.fixture().report.plan.steps.first)
    }

    private static func drifted(tenants: Int) throws -> DriftReport {
        let one = try oneDrifted()
        let plans = (0..<tenants).map { index in
            let name = "tenant-\(index)"
            let step = Step(
                address: ResourceAddress(tenant: name, kind: .tenant, name: name),
                action: .update,
                reason: .drifted,
                before: one.before,
                after: one.after,
                drift: one.drift
            )
            return TenantPlan(tenant: name, steps: [step])
        }
        let empty = try SmallFleet().fixture().report.plan
        let plan = Plan(
            fleet: empty.fleet,
            revision: empty.revision,
            plannedAt: empty.plannedAt,
            tenants: plans,
            impact: empty.impact
        )
        return DriftReport(PlanReport(plan: plan), coverage: Coverage(managed: 9, unmanaged: 1))
    }
}
