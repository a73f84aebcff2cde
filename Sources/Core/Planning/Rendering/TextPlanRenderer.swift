import ManifestLoading

/// A plan for the terminal: every tenant's steps, what they mean, what was found wrong, and the
/// summary last, where the eye is when the command returns.
public struct TextPlanRenderer: Sendable {
    private let style: TextStyle

    /// - Parameter style: whether to use colours.
    public init(style: TextStyle) { self.style = style }

    /// The plan as text, ending with a line break.
    public func render(_ report: PlanReport) -> String {
        let sections = PlanSections(report: report)
        let blocks =
            tenants(report, sections) + [
                sections.blocked, sections.retired, sections.unmanaged, sections.impact,
                sections.errors, sections.findings, sections.policies, sections.frozen,
                sections.refusals, [Line(0, sections.summary, .heading)],
            ]
        return blocks.filter { !$0.isEmpty }.map { $0.text(style) }.joined(separator: "\n")
    }

    private func tenants(_ report: PlanReport, _ sections: PlanSections) -> [[Line]] {
        let all = report.shown
        let shown = all.prefix(RenderingLimits.tenantsInFull).map(sections.tenant)
        let rest = Array(all.dropFirst(RenderingLimits.tenantsInFull))
        if rest.isEmpty { return Array(shown) }
        let counts = PlanSummary(rest).brief
        return shown + [[Line(0, "… \(Quantity(rest.count, "more tenant")): \(counts)", .note)]]
    }
}
