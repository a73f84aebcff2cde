import ClaraModel

/// The top of the page: the fleet in numbers, and every tenant that there is something to say of.
struct DriftOverview {
    let report: DriftReport
    /// How many tenants, from the first, have their details further down.
    let detailed: Int

    /// The most tenants in the table; the others are counted.
    static let tenants = 1000

    var markup: String { summary + tenants }

    // MARK: Summary

    private var summary: String {
        """
        <section aria-label="Summary">
        <p class="verdict">\(HTMLText.of(report.summary.description))</p>
        <dl>
        \(tiles)</dl>
        \(coverage)</section>

        """
    }

    private var tiles: String {
        let summary = report.summary
        let shown = [
            ("good", "tenants in sync", summary.inSync), ("drifted", "drifted", summary.tenants),
            ("blocked", "blocked", summary.blocked),
        ]
        let others = [
            ("unmanaged", "unmanaged rows", summary.unmanaged),
            ("held", "withheld", summary.withheld), ("held", "held fields", summary.held),
            ("retired", "retired", summary.retired),
            ("retired", "not applied yet", summary.unapplied),
        ].filter { $0.2 > 0 }
        return (shown + others).map { name, label, count in
            let number = Quantity.grouped(count)
            return "<div class=\"\(name)\"><dt>\(label)</dt><dd>\(number)</dd></div>\n"
        }.joined()
    }

    /// A number and a bar.
    private var coverage: String {
        guard let coverage = report.coverage, let perMille = coverage.perMille else { return "" }
        let words = HTMLText.of(DriftWords.coverage(coverage))
        return """
            <div class="coverage">\(words)
            <svg role="img" aria-label="\(words)" viewBox="0 0 1000 10" preserveAspectRatio="none">\
            <rect class="all" width="1000" height="10"/>\
            <rect class="part" width="\(perMille)" height="10"/></svg></div>

            """
    }

    // MARK: Tenants

    private var tenants: String {
        let shown = report.tenants.prefix(Self.tenants)
        if shown.isEmpty { return "" }
        let rows = shown.enumerated().map { row($1, at: $0) }.joined()
        return """
            <section>
            <h2>Tenants</h2>
            <table>
            <thead><tr><th scope="col">Tenant</th><th scope="col">Is</th>\
            <th scope="col">Changed resources</th><th scope="col">Notes</th></tr></thead>
            <tbody>
            \(rows)</tbody>
            </table>
            \(rest)</section>

            """
    }

    private var rest: String {
        let more = report.tenants.count - Self.tenants
        let inSync = report.summary.inSync
        let texts = [
            more > 0 ? "… and \(Quantity(more, "more tenant")) beside those of this table" : nil,
            inSync > 0 ? "\(Quantity(inSync, "tenant")) in sync, not listed" : nil,
        ]
        return texts.compactMap(\.self).map { "<p class=\"quiet\">\($0).</p>\n" }.joined()
    }

    private func row(_ drift: TenantDrift, at index: Int) -> String {
        let name = HTMLText.of(drift.tenant)
        let standing = drift.standing.rawValue
        let changed =
            drift.resources.isEmpty ? "" : Quantity.grouped(drift.resources.count)
        let link = index >= detailed ? name : "<a href=\"#tenant-\(index)\">\(name)</a>"
        return "<tr><th scope=\"row\">\(link)</th>"
            + "<td><span class=\"mark \(standing)\">\(standing)</span></td>"
            + "<td>\(changed)</td><td>\(HTMLText.of(notes(drift)))</td></tr>\n"
    }

    private func notes(_ drift: TenantDrift) -> String {
        let earliest = drift.resources.compactMap(\.trace?.since).min().map {
            "first change seen \($0.inWords)"
        }
        let counts = [
            (drift.unmanaged.count, "unmanaged row"), (drift.withheld.count, "withheld resource"),
            (drift.held.count, "held field"),
        ].filter { $0.0 > 0 }.map { "\(Quantity($0.0, $0.1))" }
        let blocked = drift.blocked == nil || drift.standing == .blocked ? nil : "blocked"
        let retired = drift.retirement.map { "purged after \($0.purgeAfter.inWords)" }
        return ([earliest, blocked, retired].compactMap(\.self) + counts).joined(separator: "; ")
    }
}
