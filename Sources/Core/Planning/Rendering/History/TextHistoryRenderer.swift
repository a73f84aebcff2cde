import ClaraModel
import ManifestLoading

/// What was done to a store, for the terminal.
public struct TextHistoryRenderer: Sendable {
    private let style: TextStyle

    /// - Parameter style: whether to use colours.
    public init(style: TextStyle) { self.style = style }

    // MARK: Operations

    /// A line for each operation, ending with a line break.
    public func render(_ report: HistoryReport) -> String {
        if report.entries.isEmpty { return Self.nothing(report.tenant) }
        let table = TextTable(
            header: ["ID", "WHEN", "WHAT", "WHO", "REVISION", "STATE", "RESULT"],
            rows: report.entries.map(row)
        )
        return (table.lines + earlier(report)).text(style)
    }

    private static func nothing(_ tenant: String?) -> String {
        guard let tenant else { return "Nothing was applied to this store yet.\n" }
        return "The journal has no operation on a tenant \(VisibleText.line(tenant)).\n"
    }

    private func row(_ entry: HistoryEntry) -> [TextTable.Cell] {
        [
            TextTable.Cell(text: HistoryWords.cell(entry.id), ink: .heading),
            TextTable.Cell(text: entry.startedAt.inWords),
            TextTable.Cell(text: HistoryWords.cell(entry.kind)),
            TextTable.Cell(text: HistoryWords.cell(entry.actor)),
            TextTable.Cell(text: HistoryWords.short(entry.revision)),
            TextTable.Cell(text: entry.state.rawValue, ink: HistoryWords.ink(entry.state)),
            TextTable.Cell(text: HistoryWords.result(entry)),
        ]
    }

    private func earlier(_ report: HistoryReport) -> [Line] {
        guard let earlier = report.earlier, earlier > 0 else { return [] }
        return [Line(0, "… \(Quantity(earlier, "earlier operation")); see --limit", .note)]
    }

    // MARK: One operation

    /// An operation and its steps by tenant, ending with a line break.
    public func render(_ details: HistoryDetails) -> String {
        let shown = details.tenants.prefix(RenderingLimits.tenantsInFull).map(tenant)
        let rest = Array(details.tenants.dropFirst(RenderingLimits.tenantsInFull))
        let more = rest.isEmpty ? [] : [[Self.more(rest)]]
        let result = Line(0, HistoryWords.result(details.entry) + ".", .heading)
        return ([head(details.entry)] + shown + more + [[result]])
            .map { $0.text(style) }.joined(separator: "\n")
    }

    private func head(_ entry: HistoryEntry) -> [Line] {
        let host = entry.host.map { " on \(HistoryWords.cell($0))" } ?? ""
        let facts: [(String, String?)] = [
            ("who", HistoryWords.cell(entry.actor) + host),
            ("began", entry.startedAt.inWords),
            ("ended", entry.finishedAt?.inWords),
            ("fleet", HistoryWords.cell(entry.fleet)),
            ("revision", HistoryWords.sentence(entry.revision)),
            ("before", entry.previousRevision.map(HistoryWords.sentence)),
            ("plan", entry.planDigest.map(HistoryWords.sentence)),
            ("because", entry.detail.map(HistoryWords.sentence)),
        ]
        let heading = Line(0, "\(HistoryWords.cell(entry.kind)) \(HistoryWords.cell(entry.id))")
            .then("  \(entry.state.rawValue)", HistoryWords.ink(entry.state))
        let width = "revision".count
        return [heading]
            + facts.compactMap { name, text in
                let label = name + String(repeating: " ", count: width - name.count + 2)
                return text.map { Line(1, label, .note).then($0) }
            }
    }

    private func tenant(_ tenant: HistoryDetails.Tenant) -> [Line] {
        let shown = tenant.steps.prefix(RenderingLimits.stepsOfTenant).flatMap(step)
        let rest = tenant.steps.count - RenderingLimits.stepsOfTenant
        let more = rest <= 0 ? [] : [Line(1, "… \(Quantity(rest, "more step"))", .note)]
        return [Line(0, VisibleText.line(tenant.name), .heading)] + shown + more
    }

    private func step(_ step: HistoryStep) -> [Line] {
        let line = Line(1, Self.padded(step.state.rawValue), HistoryWords.ink(step.state))
            .then("  \(Self.padded(step.action.rawValue))  ")
            .then(VisibleText.line(step.address.description), .heading)
            .then("  \(step.reason.rawValue)", .note)
        let detail = step.detail.map { Line(3, HistoryWords.sentence($0), .note) }
        return [line] + [detail].compactMap(\.self)
    }

    /// As wide as the longest state and the longest action, which both have seven letters.
    private static func padded(_ word: String) -> String {
        word + String(repeating: " ", count: max(0, 7 - word.count))
    }

    private static func more(_ tenants: [HistoryDetails.Tenant]) -> Line {
        let undone = tenants.count { $0.steps.contains { $0.state != .done } }
        let note = undone == 0 ? "all done" : "\(Quantity.grouped(undone)) of them not done"
        let steps = tenants.reduce(0) { $0 + $1.steps.count }
        return Line(
            0,
            "… \(Quantity(tenants.count, "more tenant")) with \(Quantity(steps, "step")), \(note)",
            .note
        )
    }
}
