import ClaraModel
import Diffing

/// One changed field as lines.
struct FieldLines {
    /// What the two values of a field are to each other.
    enum Perspective: Sendable {
        /// What is live, and what will be.
        case change
        /// What was last applied, and what is live.
        case drift
    }

    let perspective: Perspective
    let indent: Int

    func lines(_ change: FieldChange) -> [Line] {
        let name = VisibleText.line(change.path.description)
        switch (change.before, change.after) {
        case (.string(let before)?, .string(let after)?)
        where Self.areLong(before, after):
            return text(name, before, after)
        case (.array(let before)?, .array(let after)?): return list(name, before, after)
        default: return [value(name, change.before, change.after)]
        }
    }

    private static func areLong(_ before: String, _ after: String) -> Bool {
        max(before.utf8.count, after.utf8.count) > RenderingLimits.shortValue
            || before.utf8.count + after.utf8.count > RenderingLimits.shortPair
            || before.contains("\n") || after.contains("\n")
    }

    // MARK: Values

    private func value(_ name: String, _ before: JSONValue?, _ after: JSONValue?) -> Line {
        switch perspective {
        case .drift:
            let (last, live) = (before.map(ValueText.brief), after.map(ValueText.brief))
            return Line(indent, "\(name): ")
                .then("last applied \(last ?? "absent"), live \(live ?? "absent")", .drifted)
        case .change: return changed(name, before, after)
        }
    }

    private func changed(_ name: String, _ before: JSONValue?, _ after: JSONValue?) -> Line {
        switch (before.map(ValueText.brief), after.map(ValueText.brief)) {
        case (nil, let after?): Line(indent, "+ ", .added).then("\(name): \(after)")
        case (let before?, nil): Line(indent, "- ", .removed).then("\(name): \(before)")
        case (let before, let after):
            Line(indent, "~ ", .changed).then("\(name): \(before ?? "") → \(after ?? "")")
        }
    }

    private var glyph: Line {
        switch perspective {
        case .change: Line(indent, "~ ", .changed)
        case .drift: Line(indent, "! ", .drifted)
        }
    }

    private var legend: String {
        switch perspective {
        case .change: ""
        case .drift: "last applied (-), live (+) "
        }
    }

    // MARK: Texts

    private func text(_ name: String, _ before: String, _ after: String) -> [Line] {
        let lengths = "(\(Quantity.grouped(before.count)) → \(Quantity(after.count, "character")))"
        let heading = glyph.then("\(name): ").then(legend + lengths, .note)
        if before.contains("\n") || after.contains("\n") {
            return [heading] + TextComparison.lines(before, after, indent: indent + 1)
        }
        let excerpts = TextComparison.excerpts(before, after)
        return [
            heading,
            Line(indent + 1, "- " + VisibleText.quoted(excerpts.before), .removed),
            Line(indent + 1, "+ " + VisibleText.quoted(excerpts.after), .added),
        ]
    }

    // MARK: Lists

    private func list(_ name: String, _ before: [JSONValue], _ after: [JSONValue]) -> [Line] {
        let gone = Self.subtract(after, from: before)
        let come = Self.subtract(before, from: after)
        if gone.isEmpty, come.isEmpty {
            return [value("\(name) (another order)", .array(before), .array(after))]
        }
        let elements =
            gone.map { Line(indent + 1, "- \(ValueText.brief($0))", .removed) }
            + come.map { Line(indent + 1, "+ \(ValueText.brief($0))", .added) }
        let note = legend.isEmpty ? "" : " \(legend)"
        return [glyph.then("\(name):").then(note, .note)]
            + elements.cut(to: RenderingLimits.elements, "more element")
    }

    /// The elements that one list has more often than another, in their order.
    private static func subtract(_ other: [JSONValue], from list: [JSONValue]) -> [JSONValue] {
        var counts = Dictionary(other.map { ($0, 1) }, uniquingKeysWith: +)
        return list.filter { element in
            guard let count = counts[element], count > 0 else { return true }
            counts[element] = count - 1
            return false
        }
    }
}
