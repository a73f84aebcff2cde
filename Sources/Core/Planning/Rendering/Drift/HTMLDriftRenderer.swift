import ClaraModel

/// A drift report as one page that anybody can open, print and send on: no script, no font, no
/// image, nothing that is fetched.
public struct HTMLDriftRenderer: Sendable {
    /// The most characters of a page, so that a browser on a telephone opens it at once. The
    /// numbers at its top cover the whole fleet in any case.
    public static let longest = 2_000_000
    /// What the details of tenants may take of it. The table has at most a thousand rows and the
    /// lists fifty, of names and texts of bounded length.
    static let detailsRoom = 1_000_000

    /// Makes a renderer.
    public init() {}

    /// The page, ending with a line break.
    public func render(_ report: DriftReport) -> String {
        let details = DriftDetails(report: report)
        let overview = DriftOverview(report: report, detailed: details.tenants.count)
        let parts = [head(report), overview.markup] + details.sections + [Self.footer]
        return HTMLPage(
            title: "Drift of \(report.fleet), \(report.observedAt.inWords)",
            body: parts.joined()
        ).text
    }

    private func head(_ report: DriftReport) -> String {
        let revision = report.revision.cut(to: RenderingLimits.message)
        return """
            <header>
            <h1>Drift report</h1>
            <p>Fleet <strong>\(HTMLText.of(report.fleet))</strong>, observed \
            \(HTMLText.time(report.observedAt)), compared with what was last applied and with \
            <code>\(HTMLText.of(revision))</code></p>
            </header>
            <main>

            """
    }

    private static let footer = """
        </main>
        <footer>
        <p><strong>Drifted</strong>: somebody changed live state by hand; an apply puts git's \
        version back. <strong>Blocked</strong>: could not be judged, and is left as it is. \
        <strong>Unmanaged</strong>: live rows that Clara has not written; they are never deleted. \
        <strong>Held</strong>: otherwise than git says, by order and for a while. \
        <strong>Retired</strong>: gone from git, paused and kept until it is purged.</p>
        </footer>

        """
}
