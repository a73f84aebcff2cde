import ClaraModel

/// A plan as a comment on a forge, for the account manager who opened the pull request.
public struct MarkdownPlanRenderer: Sendable {
    /// The most characters that a report has.
    public static let longest = MarkdownBudget.characters

    /// Makes a renderer.
    public init() {}

    /// The plan as Markdown, ending with a line break.
    public func render(_ report: PlanReport) -> String {
        let sections = PlanSections(report: report)
        let frozen = Dictionary(
            (report.admission?.frozen ?? []).map { ($0.tenant, $0) }
        ) { first, _ in first }
        return MarkdownReport(
            head: head(report) + refusals(sections),
            columns: ["tenant", "add", "change", "destroy", "notes"],
            rows: report.plan.tenants.compactMap { row($0, sections, frozen[$0.tenant]) },
            sections: [
                sections.policies, sections.unmanaged, sections.impact, sections.errors,
                sections.findings,
            ]
        ).render()
    }

    private func head(_ report: PlanReport) -> String {
        let revision = MarkdownText.revision(report.plan.revision)
        let summary = report.plan.summary
        if report.hasChanges {
            return "**\(summary)**\n\nFor \(revision), plan <code>\(report.plan.digest)</code>\n"
        }
        if let exception = summary.exception {
            let notices = summary.notices.joined(separator: "; ")
            return "**No changes** but for \(exception): \(notices).\n"
        }
        let says = ["**No changes.** Live state is what \(revision) says"] + summary.notices
        return says.joined(separator: "; ") + ".\n"
    }

    /// What keeps an apply from doing anything belongs where everybody sees it.
    private func refusals(_ sections: PlanSections) -> String {
        let lines = sections.refusals
        return lines.isEmpty ? "" : MarkdownReport.section(lines)
    }

    private func row(
        _ plan: TenantPlan,
        _ sections: PlanSections,
        _ freeze: FrozenTenant?
    ) -> MarkdownReport.Row? {
        let summary = PlanSummary([plan])
        let frozen = freeze.map { freeze in
            let reason = freeze.reason.map { ": \(MarkdownText.code($0))" } ?? ""
            return sections.end(of: freeze) + reason
        }
        let notes = notes(plan, summary, frozen)
        let details = sections.details(plan, indent: 0)
        if details.isEmpty, notes.isEmpty { return nil }
        let name = MarkdownText.code(plan.tenant)
        let counts = [summary.additions, summary.changes, summary.deletions].map {
            $0 == 0 ? "" : Quantity.grouped($0)
        }
        return MarkdownReport.Row(
            cells: [name] + counts + [notes],
            title: details.isEmpty ? nil : "\(name): \(title(plan, summary))",
            details: details
        )
    }

    private func title(_ plan: TenantPlan, _ summary: PlanSummary) -> String {
        summary.brief.isEmpty ? "an override ends" : summary.brief
    }

    private func notes(
        _ plan: TenantPlan,
        _ summary: PlanSummary,
        _ frozen: String?
    ) -> String {
        let blocked: String? =
            switch plan.blocked {
            case .errors(let count): "blocked: \(Quantity(count, "error"))"
            case .unmanagedRows(let rows): "blocked: \(Quantity(rows.count, "unmanaged row"))"
            case .withoutMark: "blocked: neither a folder nor a mark"
            case .otherFleet(let name): "blocked: belongs to the fleet \(MarkdownText.code(name))"
            case nil: nil
            }
        let counts = [
            (summary.drifted, "drifted"), (summary.unmanaged, "unmanaged"),
            (summary.withheld, "withheld"), (summary.held, "held"),
        ].filter { $0.0 > 0 }.map { "\(Quantity.grouped($0.0)) \($0.1)" }
        let retired = plan.retirement.map { StandingLines.words($0) }
        return ([blocked, retired, frozen].compactMap(\.self) + counts).joined(separator: "; ")
    }
}
