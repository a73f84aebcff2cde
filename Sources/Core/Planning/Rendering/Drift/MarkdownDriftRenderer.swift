import ClaraModel

/// A drift report as a comment on a forge or in a ticket.
public struct MarkdownDriftRenderer: Sendable {
    /// Makes a renderer.
    public init() {}

    /// The report as Markdown, ending with a line break.
    public func render(_ report: DriftReport) -> String {
        let sections = DriftSections(report: report)
        return MarkdownReport(
            head: head(report),
            columns: ["tenant", "drifted", "notes"],
            rows: report.tenants.map { row($0, sections) },
            sections: [
                sections.shared.unmanaged, sections.shared.withheld, sections.held,
                sections.shared.errors,
            ]
        ).render()
    }

    private func head(_ report: DriftReport) -> String {
        let revision = MarkdownText.revision(report.revision)
        let count = report.summary.inSync
        let inSync = count == 0 ? "At " : "\(Quantity(count, "tenant")) in sync, at "
        let coverage = report.coverage.map { "\n\n\(DriftWords.coverage($0))" } ?? ""
        return "**\(report.summary)**\n\n\(inSync)\(revision)\(coverage)\n"
    }

    private func row(_ drift: TenantDrift, _ sections: DriftSections) -> MarkdownReport.Row {
        let drifted = drift.resources.count
        let name = MarkdownText.code(drift.tenant)
        return MarkdownReport.Row(
            cells: [name, drifted == 0 ? "" : Quantity.grouped(drifted), notes(drift)],
            title: drifted == 0 ? nil : "\(name): \(Quantity(drifted, "resource")) drifted",
            details: sections.resources(drift, indent: 0)
        )
    }

    private func notes(_ drift: TenantDrift) -> String {
        let counts = [
            (drift.unmanaged.count, "unmanaged"), (drift.withheld.count, "withheld"),
            (drift.held.count, "held"),
        ].filter { $0.0 > 0 }.map { "\(Quantity.grouped($0.0)) \($0.1)" }
        let words = [
            drift.blocked.map { _ in "blocked" },
            drift.retirement.map { "retired, purged after \($0.purgeAfter.inWords)" },
        ]
        return (words.compactMap(\.self) + counts).joined(separator: "; ")
    }
}
