import ClaraModel

/// A drift report as a comment on a forge or in a ticket.
public struct MarkdownDriftRenderer: Sendable {
    /// Makes a renderer.
    public init() {}

    /// The report as Markdown, ending with a line break.
    public func render(_ report: PlanReport) -> String {
        let drift = DriftSections(report: report)
        let plan = PlanSections(report: report)
        let inSync = drift.inSync.map { "\n\($0.text(.plain)), at " }.first ?? "\nAt "
        return MarkdownReport(
            head: "**\(report.drift)**\n\(inSync)\(MarkdownText.revision(report.plan.revision))\n",
            columns: ["tenant", "drifted", "notes"],
            rows: report.plan.tenants.compactMap { row($0, drift) },
            sections: [plan.unmanaged, plan.errors]
        ).render()
    }

    private func row(_ plan: TenantPlan, _ sections: DriftSections) -> MarkdownReport.Row? {
        let drifted = plan.steps.count(where: \.isDrifted)
        let blocked = plan.blocked == nil ? nil : "blocked"
        let unmanaged = plan.unmanaged.isEmpty ? nil : "\(plan.unmanaged.count) unmanaged"
        let notes = [blocked, unmanaged].compactMap(\.self).joined(separator: "; ")
        if drifted == 0, notes.isEmpty { return nil }
        let name = MarkdownText.code(plan.tenant)
        return MarkdownReport.Row(
            cells: [name, drifted == 0 ? "" : Quantity.grouped(drifted), notes],
            title: drifted == 0 ? nil : "\(name): \(Quantity(drifted, "resource")) drifted",
            details: sections.resources(plan, indent: 0)
        )
    }
}
