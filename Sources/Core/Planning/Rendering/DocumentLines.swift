import ClaraModel
import Diffing

/// The changed documents of a knowledge base, one line each.
struct DocumentLines {
    let indent: Int

    /// Whether a change is about a document.
    static func isDocument(_ change: FieldChange) -> Bool {
        change.path.components.count > 1
            && change.path.components[0] == .member(ResourceContent.documentsKey)
    }

    /// - Parameter changes: those for which `isDocument` holds, sorted by path.
    func lines(_ changes: [FieldChange], _ perspective: FieldLines.Perspective) -> [Line] {
        let byPath = Dictionary(grouping: changes) { $0.path.components[1] }
        let paths = byPath.keys.sorted { $0.name < $1.name }
        var lines = paths.prefix(RenderingLimits.elements).map { path in
            line(VisibleText.line(path.name), byPath[path] ?? [], perspective)
        }
        let rest = paths.count - lines.count
        if rest > 0 { lines.append(Line(indent, "… \(Quantity(rest, "more document"))", .note)) }
        return lines
    }

    private func line(
        _ path: String,
        _ changes: [FieldChange],
        _ perspective: FieldLines.Perspective
    ) -> Line {
        let isDrift = perspective == .drift
        if let whole = changes.first, whole.path.components.count == 2 {
            let size = Self.size(whole.after ?? whole.before)
            return switch (whole.before, isDrift) {
            case (nil, false): Line(indent, "+ ", .added).then("document \(path)\(size)")
            case (_?, false): Line(indent, "- ", .removed).then("document \(path)\(size)")
            case (nil, true):
                Line(indent, "document \(path)").then(" added by hand\(size)", .drifted)
            case (_?, true):
                Line(indent, "document \(path)").then(" removed by hand\(size)", .drifted)
            }
        }
        let what = changes.compactMap(Self.description).joined(separator: ", ")
        let suffix = what.isEmpty ? "" : " (\(what))"
        if isDrift {
            return Line(indent, "document \(path)").then(" changed by hand\(suffix)", .drifted)
        }
        return Line(indent, "~ ", .changed).then("document \(path)\(suffix)")
    }

    private static func size(_ document: JSONValue?) -> String {
        guard case .integer(let size)? = document?["size"] else { return "" }
        return " (\(Quantity.bytes(Int(size))))"
    }

    /// What changed of a document; nil for its hash, which says nothing to a person.
    private static func description(_ change: FieldChange) -> String? {
        let path = FieldPath(Array(change.path.components.dropFirst(2)))
        switch (path.description, change.before, change.after) {
        case ("contentHash", _, _): return nil
        case ("size", .integer(let old), .integer(let new)):
            return "\(Quantity.bytes(Int(old))) → \(Quantity.bytes(Int(new)))"
        case (let name, let old, let new):
            let values = [old, new].map { $0.map(ValueText.brief) ?? "absent" }
            return "\(VisibleText.line(name)): \(values.joined(separator: " → "))"
        }
    }
}

extension FieldPath.Component {
    /// The member or element that the step goes to.
    var name: String {
        switch self {
        case .member(let name), .named(let name): name
        }
    }
}
