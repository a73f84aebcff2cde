/// A report as a forge comment: what everybody needs first, the details of each tenant folded, and
/// never more than a comment may hold.
struct MarkdownReport {
    /// What stands before the table, as markup.
    let head: String
    /// The table's columns, as markup.
    let columns: [String]
    /// One row a tenant.
    let rows: [Row]
    /// Further sections, each a heading and lines.
    let sections: [[Line]]

    /// A tenant in the table, and its details.
    struct Row {
        /// The cells, as markup.
        let cells: [String]
        /// What the folded part is called, as markup; nil where there are no details.
        let title: String?
        /// The details.
        let details: [Line]
    }

    /// The whole comment, ending with a line break.
    func render() -> String {
        let table = table()
        let tail = sections.filter { !$0.isEmpty }.map(Self.section).joined()
        let fixed = [head, table, tail].reduce(0) { $0 + MarkdownBudget.length($1) }
        return head + table + details(MarkdownBudget.characters - fixed) + tail
    }

    private func table() -> String {
        if rows.isEmpty { return "" }
        let rule = columns.map { _ in "---|" }.joined()
        var budget = MarkdownBudget(left: MarkdownBudget.section)
        let lines = rows.map { "| \($0.cells.joined(separator: " | ")) |\n" }
        let kept = lines.prefix { budget.take($0) }
        let rest = lines.count - kept.count
        return "\n| \(columns.joined(separator: " | ")) |\n|\(rule)\n" + kept.joined()
            + (rest == 0
                ? "" : "\n… and \(Quantity(rest, "more tenant")) beside those of this table.\n")
    }

    /// The details of as many tenants as fit, whole ones only.
    private func details(_ room: Int) -> String {
        var budget = MarkdownBudget(left: room - MarkdownBudget.length(Self.note(rows.count)))
        var text = ""
        var cut = 0
        for row in rows {
            guard let title = row.title else { continue }
            let block = MarkdownText.block(row.details, language: "diff")
            let part = "\n" + MarkdownText.folded(title, block)
            if budget.take(part) { text += part } else { cut += 1 }
        }
        return cut == 0 ? text : text + Self.note(cut)
    }

    private static func note(_ cut: Int) -> String {
        "\nCut here: the details of \(Quantity(cut, "tenant")), more than a comment can hold.\n"
    }

    /// A heading and lines, as a block.
    static func section(_ lines: [Line]) -> String {
        let title = lines.first?.text(.plain) ?? ""
        let body = lines.dropFirst().map { $0.indented(by: -1) }
        return "\n**\(title)**\n\n"
            + MarkdownText.block(body.fitting(MarkdownBudget.section), language: "text")
    }
}
