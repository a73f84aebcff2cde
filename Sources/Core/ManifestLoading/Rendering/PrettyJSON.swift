import ClaraModel

/// JSON for people: indented, members sorted, small arrays on one line.
enum PrettyJSON {
    /// The longest array or object that stays on one line, in characters.
    private static let oneLine = 72

    static func text(_ value: JSONValue) -> String {
        var text = ""
        write(value, indent: "", to: &text)
        return text
    }

    private static func write(_ value: JSONValue, indent: String, to text: inout String) {
        let short = CanonicalJSON(value).text
        switch value {
        case .array(let elements)
        where short.utf8.count > oneLine || elements.contains(where: \.isTree):
            let items = elements.map { ("", $0) }
            write(items, "[", "]", indent: indent, to: &text)
        case .object(let members) where !members.isEmpty:
            let items = members.sorted { $0.key < $1.key }.map { key, member in
                (CanonicalJSON(.string(key)).text + ": ", member)
            }
            write(items, "{", "}", indent: indent, to: &text)
        default: text += short
        }
    }

    private static func write(
        _ items: [(label: String, value: JSONValue)],
        _ open: String,
        _ close: String,
        indent: String,
        to text: inout String
    ) {
        let inner = indent + "  "
        text += open
        for (index, item) in items.enumerated() {
            text += (index == 0 ? "\n" : ",\n") + inner + item.label
            write(item.value, indent: inner, to: &text)
        }
        text += "\n" + indent + close
    }
}

extension JSONValue {
    /// Whether the value has members of its own that a person reads line by line.
    fileprivate var isTree: Bool {
        switch self {
        case .array(let elements): !elements.isEmpty
        case .object(let members): !members.isEmpty
        case .null, .bool, .integer, .number, .string: false
        }
    }
}
