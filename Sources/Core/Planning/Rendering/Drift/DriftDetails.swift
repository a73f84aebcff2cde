import ClaraModel
import Diffing

/// The body of the page: each change by hand field by field, and then what else was found.
struct DriftDetails {
    private let report: DriftReport
    /// The details of as many drifted tenants as the page has room for, whole ones only, in the
    /// order of the report, where they come first.
    let tenants: [String]

    init(report: DriftReport) {
        self.report = report
        var budget = MarkdownBudget(left: HTMLDriftRenderer.detailsRoom)
        let drifted = report.tenants.prefix { !$0.resources.isEmpty }
        var tenants: [String] = []
        for drift in drifted.prefix(DriftOverview.tenants) {
            let part = Self.tenant(drift, at: tenants.count)
            guard budget.take(part) else { break }
            tenants.append(part)
        }
        self.tenants = tenants
    }

    /// Sections of markup, each with its heading.
    var sections: [String] {
        let shared = PlanSections(report: report.source)
        return [drifted]
            + [
                list("Blocked", shared.blocked, headed: false),
                list("Retired", shared.retired, headed: false),
                list("", shared.withheld, headed: true),
                list("", DriftSections(report: report).held, headed: true),
                list("", shared.unmanaged, headed: true), list("", shared.errors, headed: true),
            ]
    }

    // MARK: Changes by hand

    private var drifted: String {
        let rest = report.summary.tenants - tenants.count
        if tenants.isEmpty, rest == 0 { return "" }
        let note =
            rest > 0
            ? "<p class=\"quiet\">Cut here: the details of \(Quantity(rest, "tenant")).</p>\n" : ""
        return "<section>\n<h2>Changed by hand</h2>\n"
            + "\(Self.legend)\(tenants.joined())\(note)</section>\n"
    }

    private static let legend = """
        <p class="quiet">Where two texts or lists are compared, - is what was last applied and + is \
        what is live.</p>

        """

    private static func tenant(_ drift: TenantDrift, at index: Int) -> String {
        let shown = drift.resources.prefix(RenderingLimits.stepsOfTenant).map(resource).joined()
        let rest = drift.resources.count - RenderingLimits.stepsOfTenant
        let more =
            rest > 0 ? "<p class=\"quiet\">… \(Quantity(rest, "more resource"))</p>\n" : ""
        return "<h3 id=\"tenant-\(index)\">\(HTMLText.of(drift.tenant))</h3>\n\(shown)\(more)"
    }

    private static func resource(_ drift: ResourceDrift) -> String {
        let rows = Self.rows(drift.step)
        let cut = rows.count - RenderingLimits.linesOfStep
        let more = cut > 0 ? Self.wide("… \(Quantity(cut, "more field"))") : ""
        let body = rows.prefix(RenderingLimits.linesOfStep).joined() + more
        let head = body.contains("<th ") ? Self.columns : ""
        return "<table class=\"fields\">\n<caption>\(caption(drift))</caption>\n\(head)"
            + "<tbody>\n\(body)</tbody>\n</table>\n"
    }

    private static let columns = """
        <thead><tr><th scope="col">Field</th><th scope="col">Last applied</th>\
        <th scope="col">Live</th></tr></thead>

        """

    private static func caption(_ drift: ResourceDrift) -> String {
        let step = drift.step
        let deed = "<span class=\"mark drifted\">\(DriftWords.deed(drift))</span>"
        let place = step.origin.map { "declared in \($0.file):\($0.line)" }
        let notes = [drift.trace.map(DriftWords.trace), place].compactMap(\.self)
        let note =
            notes.isEmpty
            ? "" : " <span class=\"quiet\">\(HTMLText.of(notes.joined(separator: "; ")))</span>"
        return "<code>\(HTMLText.of(step.address.description))</code> \(deed)\(note)"
    }

    // MARK: Fields

    private static func rows(_ step: Step) -> [String] {
        if step.before == nil { return [Self.wide("the row is gone")] }
        if step.drift.contains(where: { $0.path == .root }) {
            return [Self.wide("the live row cannot be read as a \(step.address.kind.rawValue)")]
        }
        let shown = step.drift.map { HiddenSecrets.hiding($0, of: step.address.kind) }
        let slots = shown.filter(SlotLines.isSlot)
        let documents = shown.filter(DocumentLines.isDocument)
        let fields = shown.filter { !SlotLines.isSlot($0) && !DocumentLines.isDocument($0) }
        let lines =
            DocumentLines(indent: 0).lines(documents, .drift) + SlotLines.lines(slots, indent: 0)
        return fields.map(field) + lines.map { Self.wide($0.text(.plain)) }
    }

    private static func field(_ change: FieldChange) -> String {
        let name = "<th scope=\"row\"><code>\(HTMLText.of(change.path.description))</code></th>"
        let lines = FieldLines(perspective: .drift, indent: 0).lines(change)
        if lines.count > 1 {
            let block = HTMLText.block(lines.dropFirst().map { $0.indented(by: -1) })
            return "<tr>\(name)<td colspan=\"2\">\(block)</td></tr>\n"
        }
        let cells = [change.before, change.after].map { value in
            "<td>\(value.map { HTMLText.of(ValueText.brief($0)) } ?? "absent")</td>"
        }
        return "<tr>\(name)\(cells.joined())</tr>\n"
    }

    private static func wide(_ text: String) -> String {
        "<tr><td colspan=\"3\">\(HTMLText.of(text))</td></tr>\n"
    }

    // MARK: Lists

    /// - Parameter headed: whether the first line is the heading.
    private func list(_ title: String, _ lines: [Line], headed: Bool) -> String {
        if lines.isEmpty { return "" }
        let heading = headed ? lines.first?.text(.plain) ?? "" : title
        let base = headed ? 1 : 0
        let items = lines.dropFirst(base).reduce(into: [String]()) { items, line in
            let text = HTMLText.of(String(line.text(.plain).drop { " ?=".contains($0) }))
            if line.indent > base, let last = items.popLast() {
                items.append("\(last)<br><span class=\"quiet\">\(text)</span>")
            } else {
                items.append(text)
            }
        }
        return "<section>\n<h2>\(HTMLText.of(heading))</h2>\n<ul>\n"
            + items.map { "<li>\($0)</li>\n" }.joined() + "</ul>\n</section>\n"
    }
}
