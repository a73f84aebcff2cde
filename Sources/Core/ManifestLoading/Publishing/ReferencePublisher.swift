import ClaraModel

/// The reference page of all kinds in Markdown (`docs/manifest-reference.md`), made from the field
/// tables that the loader reads.
public struct ReferencePublisher: Sendable {
    /// Publishes the page.
    public init() {}

    /// The page.
    public var text: String {
        let sections =
            [ReferenceText.opening, contents] + DocumentKind.all.map(page)
            + [
                formats, ReferenceText.profiles, ReferenceText.secrets, ReferenceText.strictness,
                codes,
            ]
        return sections.joined(separator: "\n")
    }

    private var contents: String {
        let rows = DocumentKind.all.map { kind in
            "| [\(kind.name)](#\(kind.name.lowercased())) | \(kind.summary) | \(kind.home) |\n"
        }
        return "| kind | what it is | where it stands |\n|---|---|---|\n" + rows.joined()
    }

    private func page(_ kind: DocumentKind) -> String {
        let example = "```yaml\n\(kind.example)```\n"
        return "## \(kind.name)\n\n\(kind.summary)\n\nIt stands in \(kind.home)\n\n\(example)\n"
            + table(of: kind)
    }

    private func table(of kind: DocumentKind) -> String {
        if kind == .profile { return ReferenceText.profileFields }
        let rows = FieldRow.rows(of: kind.specSchema).map { $0.markdown + "\n" }
        return FieldRow.head + rows.joined()
    }

    private var formats: String {
        var seen: [String: TextFormat] = [:]
        for kind in DocumentKind.all { kind.specSchema.gatherFormats(into: &seen) }
        let rows = seen.values.sorted { $0.name < $1.name }.map { format in
            let examples = format.examples.map { "`\($0)`" }.joined(separator: ", ")
            return "| \(format.name) | \(FieldRow.escape(format.expected)) | \(examples) |\n"
        }
        return "## Formats\n\n| format | what is accepted | examples |\n|---|---|---|\n"
            + rows.joined()
    }

    private var codes: String {
        let rows = Diagnostic.Code.allCases.map { "| `\($0.rawValue)` | \($0.summary) |\n" }
        return ReferenceText.codes + "| code | meaning |\n|---|---|\n" + rows.joined()
    }
}

/// One line of a kind's table.
private struct FieldRow {
    let path: String
    let field: FieldSchema

    static let head = "| field | type | required | default | meaning |\n|---|---|---|---|---|\n"

    var markdown: String {
        let required = field.isRequired ? "yes" : ""
        let fallback = field.fallback.map(Self.escape) ?? ""
        let note = field.isImmutable ? " Changing it replaces the resource." : ""
        let type = Self.escape(field.schema.words)
        return
            "| `\(path)` | \(type) | \(required) | \(fallback) | \(Self.escape(field.summary))\(note) |"
    }

    /// A field and all fields below it.
    static func rows(of object: ObjectSchema, below path: String = "") -> [FieldRow] {
        object.fields.flatMap { field -> [FieldRow] in
            let name = path + field.name
            return [FieldRow(path: name, field: field)] + rows(of: field.schema, below: name)
        }
    }

    private static func rows(of schema: Schema, below path: String) -> [FieldRow] {
        switch schema {
        case .object(let object): rows(of: object, below: path + ".")
        case .list(let element): rows(of: element, below: path + "[]")
        case .map(let element): rows(of: element, below: path + ".*")
        case .boolean, .integer, .number, .text, .choice, .secret, .scalar, .anything: []
        }
    }

    static func escape(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}

extension Schema {
    /// The type as the table shows it.
    fileprivate var words: String {
        switch self {
        case .boolean: "true or false"
        case .integer(let range): "integer \(range.words)"
        case .number(let range): "number \(range.words)"
        case .text(let format): format.name
        case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .secret: "secret reference"
        case .scalar: "text, number or boolean"
        case .list(let element): "list of \(element.words)"
        case .map(let element): "mapping to \(element.words)"
        case .object: "mapping"
        case .anything: "any value"
        }
    }

    fileprivate func gatherFormats(into formats: inout [String: TextFormat]) {
        switch self {
        case .text(let format): formats[format.name] = format
        case .list(let element), .map(let element): element.gatherFormats(into: &formats)
        case .object(let object): object.gatherFormats(into: &formats)
        case .boolean, .integer, .number, .choice, .secret, .scalar, .anything: break
        }
    }
}

extension ObjectSchema {
    fileprivate func gatherFormats(into formats: inout [String: TextFormat]) {
        for field in fields { field.schema.gatherFormats(into: &formats) }
    }
}
