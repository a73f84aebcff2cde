import ClaraModel

/// Two long texts side by side: what of them differs, and no more.
enum TextComparison {
    /// The lines of `before` that go and those of `after` that come, with one unchanged line
    /// around them.
    static func lines(_ before: String, _ after: String, indent: Int) -> [Line] {
        let (old, new) = (split(before), split(after))
        guard max(old.count, new.count) <= RenderingLimits.comparedLines else {
            let counts = "\(Quantity(old.count, "line")) → \(Quantity(new.count, "line"))"
            return [Line(indent, "\(counts): too many to compare here", .note)]
        }
        let marked = mark(old, new)
        var lines: [Line] = []
        var isGap = false
        for (index, line) in marked.enumerated() {
            if line.sign == .both, !isBesideChange(index, in: marked) {
                isGap = true
                continue
            }
            if isGap { lines.append(Line(indent, "  …", .note)) }
            isGap = false
            lines.append(line.rendered(indent))
        }
        return isGap ? lines + [Line(indent, "  …", .note)] : lines
    }

    /// Two long lines, each reduced to where they differ.
    static func excerpts(_ before: String, _ after: String) -> (before: String, after: String) {
        let (old, new) = (Array(before), Array(after))
        let start = zip(old, new).prefix { $0 == $1 }.count
        let shortest = min(old.count, new.count) - start
        let end = zip(old.reversed(), new.reversed()).prefix { $0 == $1 }.count
        let tail = min(end, shortest)
        return (excerpt(old, start, old.count - tail), excerpt(new, start, new.count - tail))
    }

    private static func excerpt(_ text: [Character], _ start: Int, _ end: Int) -> String {
        let first = max(0, start - RenderingLimits.context)
        let last = min(text.count, end + RenderingLimits.context)
        let cut = String(text[first..<last]).cut(to: RenderingLimits.comparedLine)
        return (first > 0 ? "…" : "") + cut + (last < text.count ? "…" : "")
    }

    private static func split(_ text: String) -> [Substring] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.last == "" ? lines.dropLast() : lines
    }

    private static func isBesideChange(_ index: Int, in lines: [MarkedLine]) -> Bool {
        (max(0, index - 1)...min(lines.count - 1, index + 1)).contains { lines[$0].sign != .both }
    }

    /// Both texts as one list, what goes before what comes in its place.
    private static func mark(_ old: [Substring], _ new: [Substring]) -> [MarkedLine] {
        let difference = new.difference(from: old)
        let gone = Set(difference.removals.map(\.offset))
        let come = Set(difference.insertions.map(\.offset))
        var lines: [MarkedLine] = []
        var (i, j) = (0, 0)
        while i < old.count || j < new.count {
            if i < old.count, gone.contains(i) {
                lines.append(MarkedLine(sign: .before, text: old[i]))
                i += 1
            } else if j < new.count, come.contains(j) {
                lines.append(MarkedLine(sign: .after, text: new[j]))
                j += 1
            } else {
                lines.append(MarkedLine(sign: .both, text: old[i]))
                (i, j) = (i + 1, j + 1)
            }
        }
        return lines
    }
}

private struct MarkedLine {
    enum Sign { case before, after, both }
    let sign: Sign
    let text: Substring

    func rendered(_ indent: Int) -> Line {
        let shown = VisibleText.line(String(text).cut(to: RenderingLimits.comparedLine))
        return switch sign {
        case .before: Line(indent, "- \(shown)", .removed)
        case .after: Line(indent, "+ \(shown)", .added)
        case .both: Line(indent, "  \(shown)", .note)
        }
    }
}

extension CollectionDifference.Change {
    fileprivate var offset: Int {
        switch self {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}
