import ManifestLoading

/// A drift report for the terminal, the summary last.
public struct TextDriftRenderer: Sendable {
    private let style: TextStyle

    /// - Parameter style: whether to use colours.
    public init(style: TextStyle) { self.style = style }

    /// The report as text, ending with a line break.
    public func render(_ report: DriftReport) -> String {
        let sections = DriftSections(report: report)
        let blocks =
            tenants(sections) + [
                sections.shared.blocked, sections.shared.retired, sections.shared.withheld,
                sections.held,
                sections.shared.unmanaged, sections.inSync, sections.shared.errors,
                [Line(0, report.summary.description, .heading)],
            ]
        return blocks.filter { !$0.isEmpty }.map { $0.text(style) }.joined(separator: "\n")
    }

    private func tenants(_ sections: DriftSections) -> [[Line]] {
        let drifted = sections.drifted
        let shown = drifted.prefix(RenderingLimits.tenantsInFull).map(sections.tenant)
        let rest = drifted.count - shown.count
        if rest == 0 { return Array(shown) }
        return shown + [[Line(0, "… \(Quantity(rest, "more drifted tenant"))", .note)]]
    }
}
