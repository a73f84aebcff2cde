import ClaraModel
import OrderedCollections

/// Compares two contents.
public enum Diff {
    /// The fields in which two contents differ, sorted by path.
    ///
    /// Objects are compared member by member, lists of named objects element by element, and every
    /// other list as one value, since its order is part of what it says. The comparison is
    /// antisymmetric: from the other side the same fields differ, with their values swapped.
    public static func fields(from before: JSONValue?, to after: JSONValue?) -> [FieldChange] {
        var changes: [FieldChange] = []
        compare(before, after, at: .root, into: &changes)
        return changes
    }

    private static func compare(
        _ before: JSONValue?,
        _ after: JSONValue?,
        at path: FieldPath,
        into changes: inout [FieldChange]
    ) {
        if before == after { return }
        guard let parts = Parts.pairing(before, after) else {
            changes.append(FieldChange(path: path, before: before, after: after))
            return
        }
        for key in Set(parts.before.keys).union(parts.after.keys).sorted() {
            let path = path.appending(parts.component(key))
            compare(parts.before[key], parts.after[key], at: path, into: &changes)
        }
    }
}

/// The parts of two values that are compared one by one.
private struct Parts {
    let before: [String: JSONValue]
    let after: [String: JSONValue]
    let component: (String) -> FieldPath.Component

    /// The parts of two objects or of two lists of named objects; nil where they are compared
    /// whole.
    static func pairing(_ before: JSONValue?, _ after: JSONValue?) -> Parts? {
        switch (before, after) {
        case (.object(let old), .object(let new)):
            return Parts(before: old, after: new) { .member($0) }
        case (.array(let old), .array(let new)):
            guard let old = NamedElements(old), let new = NamedElements(new),
                old.agreesInOrder(with: new)
            else { return nil }
            return Parts(before: old.members, after: new.members) { .named($0) }
        default: return nil
        }
    }
}

/// A list whose elements all have a `name`, each a different one, in their order.
private struct NamedElements {
    let byName: OrderedDictionary<String, JSONValue>

    init?(_ elements: [JSONValue]) {
        let named = elements.compactMap { element in element["name"]?.text.map { ($0, element) } }
        byName = OrderedDictionary(named) { first, _ in first }
        if byName.isEmpty || byName.count != elements.count { return nil }
    }

    var members: [String: JSONValue] {
        Dictionary(byName.elements.map { ($0.key, $0.value) }) { first, _ in first }
    }

    /// Whether the names that both lists have come in the same order. Where they do not, the order
    /// itself changed, which a comparison by name would lose.
    func agreesInOrder(with other: NamedElements) -> Bool {
        byName.keys.filter { other.byName[$0] != nil }
            == other.byName.keys.filter { byName[$0] != nil }
    }
}
