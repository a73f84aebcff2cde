import ClaraModel

/// How the texts of history name things.
enum HistoryWords {
    /// The most characters of a cell: a revision's branch or a person's name can be of any length.
    private static let longestCell = 40

    /// `12 of 14 done, 2 stale`
    static func result(_ entry: HistoryEntry) -> String {
        let counts = entry.counts
        if counts.total == 0 { return "nothing to do" }
        let done =
            counts.done == counts.total
            ? "\(Quantity.grouped(counts.done)) done"
            : "\(Quantity.grouped(counts.done)) of \(Quantity.grouped(counts.total)) done"
        let rest = [
            (counts.failed, "failed"), (counts.stale, "stale"), (counts.skipped, "skipped"),
        ].filter { $0.0 > 0 }.map { "\(Quantity.grouped($0.0)) \($0.1)" }
        return ([done] + rest).joined(separator: ", ")
    }

    /// `main@0123456`, as git shortens `main@sha1:0123456789ab…`.
    static func short(_ revision: String) -> String {
        guard let mark = revision.firstRange(of: "sha1:") else { return cell(revision) }
        let digits = revision[mark.upperBound...].prefix(7)
        return cell(String(revision[..<mark.lowerBound] + digits))
    }

    /// Text of the store, fit for a column.
    static func cell(_ text: String) -> String { VisibleText.line(text.cut(to: longestCell)) }

    /// Text of the store, fit for a line of its own.
    static func sentence(_ text: String) -> String {
        VisibleText.line(text.cut(to: RenderingLimits.message))
    }

    static func ink(_ state: HistoryEntry.State) -> Ink {
        switch state {
        case .done: .added
        case .running: .plain
        case .partial, .interrupted: .changed
        case .failed: .removed
        }
    }

    static func ink(_ state: HistoryStep.State) -> Ink {
        switch state {
        case .done: .added
        case .planned, .started, .skipped: .note
        case .stale: .changed
        case .failed: .removed
        }
    }
}
