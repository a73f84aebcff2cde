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
        return MarkdownReport(
            head: head(report),
            columns: ["tenant", "add", "change", "destroy", "notes"],
            rows: report.plan.tenants.compactMap { row($0, sections) },
            sections: [
                sections.unmanaged, sections.impact, sections.errors, sections.findings,
            ]
        ).render()
    }

    private func head(_ report: PlanReport) -> String {
        let revision = MarkdownText.revision(report.plan.revision)
        let summary = report.plan.summary
        if report.hasChanges {
            return "**\(summary)**\n\nFor \(revision), plan <code>\(report.plan.digest)</code>\n"
        }
        if summary.blocked > 0 {
            let notices = summary.notices.joined(separator: "; ")
            return "**No changes** but for blocked tenants: \(notices).\n"
        }
        let says = ["**No changes.** Live state is what \(revision) says"] + summary.notices
        return says.joined(separator: "; ") + ".\n"
    }

    private func row(_ plan: TenantPlan, _ sections: PlanSections) -> MarkdownReport.Row? {
        let summary = PlanSummary([plan])
        let notes = notes(plan, summary)
        if plan.steps.isEmpty, notes.isEmpty { return nil }
        let name = MarkdownText.code(plan.tenant)
        let counts = [summary.additions, summary.changes, summary.deletions].map {
            $0 == 0 ? "" : Quantity.grouped($0)
        }
        return MarkdownReport.Row(
            cells: [name] + counts + [notes],
            title: plan.steps.isEmpty ? nil : "\(name): \(summary.brief)",
            details: sections.steps(plan, indent: 0)
        )
    }

    private func notes(_ plan: TenantPlan, _ summary: PlanSummary) -> String {
        let blocked: String? =
            switch plan.blocked {
            case .errors(let count): "blocked: \(Quantity(count, "error"))"
            case .unmanagedRows(let rows): "blocked: \(Quantity(rows.count, "unmanaged row"))"
            case .otherFleet(let name): "blocked: belongs to the fleet \(MarkdownText.code(name))"
            case nil: nil
            }
        let drifted = summary.drifted == 0 ? nil : "\(Quantity.grouped(summary.drifted)) drifted"
        let unmanaged =
            summary.unmanaged == 0 ? nil : "\(Quantity.grouped(summary.unmanaged)) unmanaged"
        return [blocked, drifted, unmanaged].compactMap(\.self).joined(separator: "; ")
    }
}
