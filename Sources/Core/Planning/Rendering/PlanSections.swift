import ClaraModel

/// The parts of a plan that text and Markdown share, as lines.
struct PlanSections {
    let report: PlanReport

    /// One tenant's steps under its name.
    func tenant(_ plan: TenantPlan) -> [Line] {
        [Line(0, VisibleText.line(plan.tenant), .heading)] + details(plan, indent: 1)
    }

    /// One tenant's steps, and what stays although git says otherwise.
    func details(_ plan: TenantPlan, indent: Int) -> [Line] {
        steps(plan, indent: indent) + standing(plan).lines(indent: indent)
    }

    private func standing(_ plan: TenantPlan) -> StandingLines {
        StandingLines(plan: plan, now: report.plan.plannedAt)
    }

    /// What protections forbid, with a heading.
    var withheld: [Line] {
        let plans = report.plan.tenants.filter { !$0.withheld.isEmpty }
        if plans.isEmpty { return [] }
        let shown = plans.prefix(RenderingLimits.listed)
        let lines = shown.flatMap { standing($0).withheld(indent: 1) }
        return [Line(0, "Withheld: git says otherwise, and a protection forbids it", .heading)]
            + lines + Self.rest(plans.count, "more tenant").map { $0.indented(by: 1) }
    }

    /// One tenant's steps.
    func steps(_ plan: TenantPlan, indent: Int) -> [Line] {
        let shown = plan.steps.prefix(RenderingLimits.stepsOfTenant)
        let rest = plan.steps.dropFirst(RenderingLimits.stepsOfTenant)
        let lines = shown.flatMap { StepLines(step: $0).lines(indent: indent) }
        return rest.isEmpty ? lines : lines + [Self.more(Array(rest), indent: indent)]
    }

    private static func more(_ steps: [Step], indent: Int) -> Line {
        let summary = PlanSummary([TenantPlan(tenant: "", steps: steps)])
        return Line(indent, "… \(Quantity(steps.count, "more resource")): \(summary.brief)", .note)
    }

    /// `? acme  blocked: 3 errors (see below)`, a line for each blocked tenant.
    var blocked: [Line] {
        let blocked = report.blocked
        let lines = blocked.prefix(RenderingLimits.listed).compactMap { plan in
            plan.blocked.map { reason in
                Line(0, "? ", .blocked).then(VisibleText.line(plan.tenant), .heading)
                    .then("  blocked: \(Self.words(reason))", .blocked)
            }
        }
        return lines + Self.rest(blocked.count, "more blocked tenant")
    }

    private static func words(_ reason: TenantPlan.Blocked) -> String {
        switch reason {
        case .errors(let count): "\(Quantity(count, "error")) (see below)"
        case .unmanagedRows(let rows):
            "its folder is gone, but nobody manages \(Quantity(rows.count, "row")) of it: "
                + rows.map { VisibleText.line($0.description) }.joined(separator: ", ")
                + "; delete them by hand"
        case .withoutMark:
            "its folder is gone, and so is the mark of its own row, so that nothing says how long to "
                + "keep it; put the folder back and apply, and then remove it again"
        case .otherFleet(let name): "its live rows belong to the fleet \(VisibleText.line(name))"
        }
    }

    /// `= acme  retired; purged after 2026-12-23 12:00 UTC`, a line for each retired tenant.
    var retired: [Line] {
        let retired = report.retired
        let lines = retired.prefix(RenderingLimits.listed).compactMap { plan in
            plan.retirement.map {
                Line(0, "= ", .note).then(VisibleText.line(plan.tenant), .heading)
                    .then("  \(StandingLines.words($0))", .note)
            }
        }
        return lines + Self.rest(retired.count, "more retired tenant")
    }

    /// The rows that nobody manages, with a heading.
    var unmanaged: [Line] {
        let addresses = report.unmanaged
        if addresses.isEmpty { return [] }
        let lines = addresses.prefix(RenderingLimits.listed).map {
            Line(1, VisibleText.line($0.description))
        }
        return [Line(0, "Unmanaged: live without a mark of Clara, left alone", .heading)] + lines
            + Self.rest(addresses.count, "more row").map { $0.indented(by: 1) }
    }

    /// - Parameter limit: how many were shown.
    static func rest(
        _ count: Int,
        _ noun: String,
        beyond limit: Int = RenderingLimits.listed
    ) -> [Line] {
        let rest = count - limit
        return rest <= 0 ? [] : [Line(0, "… \(Quantity(rest, noun))", .note)]
    }

    /// The impact with its heading.
    var impact: [Line] {
        let lines = ImpactLines(impact: report.plan.impact)
        let body = lines.lines(indent: 1)
        return body.isEmpty ? [] : [Line(0, lines.heading, .heading)] + body
    }

    /// What blocks tenants, with a heading.
    var errors: [Line] {
        section("Errors", DiagnosticLines(diagnostics: report.errors, ink: .removed))
    }

    /// What should be mended, with a heading.
    var findings: [Line] {
        section("Warnings", DiagnosticLines(diagnostics: report.findings, ink: .changed))
    }

    private func section(_ name: String, _ lines: DiagnosticLines) -> [Line] {
        let body = lines.lines(indent: 1)
        return body.isEmpty ? [] : [Line(0, name, .heading)] + body
    }

    /// `Plan: …`, or `No changes. Live state is what main@sha1:… says.`
    var summary: String {
        if report.hasChanges { return report.plan.summary.description }
        let revision = VisibleText.line(report.plan.revision)
        let summary = report.plan.summary
        if let exception = summary.exception {
            let notices = summary.notices.joined(separator: "; ")
            return "No changes but for \(exception): \(notices)."
        }
        let parts = ["No changes. Live state is what \(revision) says"] + summary.notices
        return parts.joined(separator: "; ") + "."
    }
}
