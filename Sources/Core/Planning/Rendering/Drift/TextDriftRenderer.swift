import ManifestLoading

/// A drift report for the terminal, the summary last.
public struct TextDriftRenderer: Sendable {
    private let style: TextStyle

    /// - Parameter style: whether to use colours.
    public init(style: TextStyle) { self.style = style }

    /// The report as text, ending with a line break.
    public func render(_ report: PlanReport) -> String {
        let drift = DriftSections(report: report)
        let plan = PlanSections(report: report)
        let blocks =
            tenants(report, drift) + [
                plan.blocked, plan.unmanaged, drift.inSync, plan.errors,
                [Line(0, report.drift.description, .heading)],
            ]
        return blocks.filter { !$0.isEmpty }.map { $0.text(style) }.joined(separator: "\n")
    }

    private func tenants(_ report: PlanReport, _ sections: DriftSections) -> [[Line]] {
        let drifted = report.drifted
        let shown = drifted.prefix(RenderingLimits.tenantsInFull).map(sections.tenant)
        let rest = drifted.count - shown.count
        if rest == 0 { return Array(shown) }
        return shown + [[Line(0, "… \(Quantity(rest, "more drifted tenant"))", .note)]]
    }
}
