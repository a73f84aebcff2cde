import ClaraModel

/// How the content of a kind lies in the columns of its table. It is read from the kind's field
/// table, so that a new field needs only its column in a migration.
struct TableLayout: Sendable {
    /// The kind.
    let kind: Kind
    /// The table's name.
    let table: String
    /// The columns that tell a row from others.
    let keys: [String]
    /// The content's columns, in the order of the canonical text.
    let columns: [Column]
    /// The content's members, in the order of the canonical text.
    let members: [Member]

    /// A column that holds one field.
    struct Column: Sendable, Equatable {
        let name: String
        let form: Form
    }

    /// How a field's value lies in its column.
    enum Form: Sendable, Equatable {
        case text, integer, real
        /// 0 or 1.
        case boolean
        /// Canonical JSON. A list or mapping is told from text that only stands in its place by
        /// its first character.
        case json
    }

    /// A member of a content.
    enum Member: Sendable {
        /// A field with a column, by the column's position in `columns`.
        case column(Key, Int, Form)
        /// An object whose fields have columns; absent where all of them are NULL.
        case group(Key, [Member])
        /// A knowledge base's documents, which are rows of another table.
        case documents(Key)

        var key: Key {
            switch self {
            case .column(let key, _, _), .group(let key, _), .documents(let key): key
            }
        }
    }

    /// A member's name.
    struct Key: Sendable {
        let name: String
        /// `"name":`, as the canonical text has it; names of fields need no escapes.
        let spelling: [UInt8]

        init(_ name: String) {
            self.name = name
            spelling = Array("\"\(name)\":".utf8)
        }
    }

    /// The layout of a kind.
    static func of(_ kind: Kind) -> TableLayout { all[kind.rank] }

    private static let all = Kind.allCases.sorted().map { TableLayout($0) }
}

extension TableLayout {
    private init(_ kind: Kind) {
        self.kind = kind
        table = Self.table(of: kind)
        keys = kind == .tenant ? ["tenant"] : ["tenant", "name"]
        var columns: [Column] = []
        members = Self.contentFields(of: kind).arrange(under: [], into: &columns)
        self.columns = columns
    }

    private static func table(of kind: Kind) -> String {
        switch kind {
        case .tenant: "clients"
        case .credential: "credentials"
        case .quota: "quotas"
        case .knowledgeBase: "knowledge_bases"
        case .prompt: "prompts"
        case .schedule: "schedules"
        }
    }

    /// The fields of a spec and what `ResourceContent` adds to them.
    private static func contentFields(of kind: Kind) -> [ContentField] {
        var fields = kind.specSchema.fields.map { ContentField.spec($0.name, $0.schema) }
        fields.append(.spec(ResourceContent.labelsKey, .map(of: .text(.any))))
        if kind == .knowledgeBase { fields.append(.documents) }
        return fields
    }
}

private enum ContentField {
    case spec(String, Schema)
    case documents

    var name: String {
        switch self {
        case .spec(let name, _): name
        case .documents: ResourceContent.documentsKey
        }
    }
}

extension [ContentField] {
    /// Gives every field its column, in canonical order.
    fileprivate func arrange(
        under path: [String],
        into columns: inout [TableLayout.Column]
    ) -> [TableLayout.Member] {
        sorted { $0.name < $1.name }.map { field in
            let key = TableLayout.Key(field.name)
            switch field {
            case .documents:
                return .documents(key)
            case .spec(let name, .object(let object)):
                let fields = object.fields.map { ContentField.spec($0.name, $0.schema) }
                return .group(key, fields.arrange(under: path + [name], into: &columns))
            case .spec(let name, let schema):
                let column = (path + [name]).map(snakeCase).joined(separator: "_")
                let form = TableLayout.Form(schema)
                columns.append(TableLayout.Column(name: column, form: form))
                return .column(key, columns.count - 1, form)
            }
        }
    }
}

extension TableLayout.Form {
    fileprivate init(_ schema: Schema) {
        switch schema {
        case .text, .choice: self = .text
        case .integer: self = .integer
        case .number: self = .real
        case .boolean: self = .boolean
        case .secret, .scalar, .list, .map, .object, .anything: self = .json
        }
    }
}

/// `maxOutputTokens` → `max_output_tokens`, `clientID` → `client_id`, `baseURL` → `base_url`.
func snakeCase(_ name: String) -> String {
    let letters = Array(name)
    var result = ""
    for (index, letter) in letters.enumerated() {
        if letter.isUppercase, index > 0 {
            let follows = index + 1 < letters.count && letters[index + 1].isLowercase
            if !letters[index - 1].isUppercase || follows { result += "_" }
        }
        result += letter.lowercased()
    }
    return result
}
