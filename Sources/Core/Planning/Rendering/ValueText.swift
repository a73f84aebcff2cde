import ClaraModel
import Diffing

/// Values as a person reads them: on one line, in YAML's flow style, with quoted strings.
enum ValueText {
    /// The value in full.
    static func full(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool, .integer, .number: CanonicalJSON(value).text
        case .string(let text): VisibleText.quoted(text)
        case .array(let elements): "[\(elements.map(full).joined(separator: ", "))]"
        case .object(let members): "{\(spell(members).joined(separator: ", "))}"
        }
    }

    /// The value where it is short; otherwise its beginning, and how much there is of it.
    static func brief(_ value: JSONValue) -> String {
        switch value {
        case .null, .bool, .integer, .number: full(value)
        case .string(let text): brief(text)
        case .array(let elements): brief(elements.map(full), "[", "]", "element")
        case .object(let members): brief(spell(members), "{", "}", "field")
        }
    }

    private static func brief(_ text: String) -> String {
        let limit = RenderingLimits.shortValue
        if text.utf8.count <= limit { return VisibleText.quoted(text) }
        let count = text.count
        guard count > limit else { return VisibleText.quoted(text) }
        let beginning = String(text.prefix(limit - 1)) + "…"
        return "\(VisibleText.quoted(beginning)) (\(Quantity(count, "character")))"
    }

    private static func brief(
        _ parts: [String],
        _ open: String,
        _ close: String,
        _ noun: String
    ) -> String {
        var shown: [String] = []
        var width = 0
        for part in parts {
            width += part.count + 2
            if width > RenderingLimits.shortValue, !shown.isEmpty || parts.count > 1 { break }
            shown.append(part.cut(to: RenderingLimits.comparedLine))
        }
        if shown.isEmpty, !parts.isEmpty { return "\(open)\(Quantity(parts.count, noun))\(close)" }
        let rest = parts.count - shown.count
        if rest > 0 { shown.append("… \(Quantity(rest, "more \(noun)"))") }
        return open + shown.joined(separator: ", ") + close
    }

    private static func spell(_ members: [String: JSONValue]) -> [String] {
        members.sorted { $0.key < $1.key }.map { key, value in
            let name = FieldPath.isPlain(key) ? key : VisibleText.quoted(key)
            return "\(name): \(full(value))"
        }
    }
}
