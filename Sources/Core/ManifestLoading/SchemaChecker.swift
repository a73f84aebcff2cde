import ClaraModel
import YAMLSyntax

/// Checks one YAML value against a `Schema`, gathers what is wrong, and gives the value as JSON.
///
/// Whether required fields are there is not checked: a profile may still supply them
/// (`MissingFields` looks after the merge).
struct SchemaChecker {
    private(set) var diagnostics: [Diagnostic] = []
    /// How many more problems there are.
    private(set) var unlisted = 0
    /// The paths of fields whose values do not fit.
    private(set) var rejected: [[String]] = []
    private(set) var path = FieldPath()
    private var masking: Excerpt.Masking
    private let room: Int

    /// - Parameters:
    ///   - masking: how the document's lines may be shown.
    ///   - room: how many problems may be listed.
    init(masking: Excerpt.Masking, room: Int) {
        self.masking = masking
        self.room = room
    }

    /// Checks the fields of `metadata` or `spec`; nil where it is no mapping.
    mutating func checkRoot(
        _ node: YAMLNode,
        _ object: ObjectSchema,
        as name: String
    ) -> JSONValue? {
        path = FieldPath(root: name)
        return checkObject(node, object)
    }

    /// The value as JSON; nil where it does not fit. Null is kept, since in a merge it removes.
    private mutating func check(_ node: YAMLNode, _ schema: Schema) -> JSONValue? {
        if case .null = node.value { return .null }
        switch schema {
        case .boolean, .integer, .number, .scalar, .choice: return checkScalar(node, schema)
        case .text(let format): return checkText(node, format)
        case .secret: return checkReference(node)
        case .list(let element): return checkList(node, of: element)
        case .map(let value): return checkMap(node, of: value)
        case .object(let object): return checkObject(node, object)
        case .anything: return checkAnything(node)
        }
    }

    /// A list with an element that does not fit is refused whole, so that indices keep their
    /// meaning.
    private mutating func checkList(_ node: YAMLNode, of element: Schema) -> JSONValue? {
        guard case .sequence(let nodes) = node.value else { return mismatch(node, "a list") }
        var elements: [JSONValue] = []
        elements.reserveCapacity(nodes.count)
        for (index, node) in nodes.enumerated() {
            path.push(.index(index))
            if let value = check(node, element) {
                if value == .null {
                    mismatch(node, element.expectation)
                } else {
                    elements.append(value)
                }
            }
            path.pop()
        }
        return elements.count == nodes.count ? .array(elements) : nil
    }

    private mutating func checkMap(_ node: YAMLNode, of value: Schema) -> JSONValue? {
        guard case .mapping(let entries) = node.value else { return mismatch(node, "a mapping") }
        var members: [String: JSONValue] = [:]
        for entry in entries where !refusesSecret(entry.key, at: entry.keyLocation) {
            path.push(.name(entry.key))
            members[entry.key] = checkField(entry.value, value)
            path.pop()
        }
        return .object(members)
    }

    private mutating func checkAnything(_ node: YAMLNode) -> JSONValue? {
        switch node.value {
        case .sequence: checkList(node, of: .anything)
        case .mapping: checkMap(node, of: .anything)
        case .null, .bool, .integer, .float, .string: checkScalar(node, .scalar)
        }
    }

    private mutating func checkObject(_ node: YAMLNode, _ object: ObjectSchema) -> JSONValue? {
        guard case .mapping(let entries) = node.value else {
            return mismatch(node, "a mapping of fields")
        }
        var members: [String: JSONValue] = [:]
        members.reserveCapacity(entries.count)
        for entry in entries {
            guard let field = object.field(entry.key) else {
                reportUnknown(entry, among: object)
                continue
            }
            let outer = masking
            if field.holdsSecrets { masking = .values }
            path.push(.name(field.name))
            members[field.name] = checkField(entry.value, field.schema)
            path.pop()
            masking = outer
        }
        return .object(members)
    }

    private mutating func checkField(_ node: YAMLNode, _ schema: Schema) -> JSONValue? {
        let value = check(node, schema)
        if value == nil { rejected.append(path.steps) }
        return value
    }
}

// MARK: - Reports

extension SchemaChecker {
    mutating func report(
        _ code: Diagnostic.Code,
        _ message: String,
        hint: String? = nil,
        at location: SourceLocation,
        hidesValues: Bool = false
    ) {
        guard diagnostics.count < room else {
            unlisted += 1
            return
        }
        let place = Place(location, hidesValues ? .values : masking)
        diagnostics.append(Diagnostic(.error, code, message, hint: hint, at: place))
    }

    /// Reports a value of another type.
    ///
    /// - Returns: nil, as what such a value is read as.
    @discardableResult
    mutating func mismatch(
        _ node: YAMLNode,
        _ expected: String,
        as name: String? = nil
    ) -> JSONValue? {
        report(
            .wrongType,
            "\(name.map { "`\($0)`" } ?? self.name) should be \(expected), but it is \(node.sort)",
            hint: node.quotingHint(expected),
            at: node.location
        )
        return nil
    }

    private mutating func reportUnknown(_ entry: YAMLEntry, among object: ObjectSchema) {
        let names = object.fields.map(\.name)
        let known = "the fields of \(owner) are \(names.joined(separator: ", "))"
        reportUnknown(
            entry,
            of: owner,
            hint: Suggestion.hint(for: entry.key, among: names) ?? known
        )
    }

    /// Reports a name that does not belong there. Where values are hidden, it could be one itself.
    mutating func reportUnknown(_ entry: YAMLEntry, of owner: String, hint: String) {
        report(
            .unknownField,
            "\(quote(entry.key)) is not a field of \(owner)",
            hint: hint,
            at: entry.keyLocation
        )
    }

    /// Whether the text holds a secret; if so, it is reported.
    mutating func refusesSecret(_ text: String, at location: SourceLocation) -> Bool {
        guard SecretScan.looksLikeKey(text) else { return false }
        report(
            .secretLiteral,
            "\(name) holds something that looks like a key",
            hint: "take it out of git, revoke it, and reference it from a Credential",
            at: location,
            hidesValues: true
        )
        return true
    }

    /// The field at hand, as messages name it.
    var name: String { "`\(path.text)`" }

    /// What the fields at hand belong to.
    private var owner: String { "`\(path.isRoot ? path.root : path.text)`" }

    /// The longest name that is quoted.
    private static let longestName = 64

    private func quote(_ key: String) -> String {
        let isShown = masking == .suspects ? !SecretScan.looksLikeKey(key) : LineShape.isName(key)
        guard isShown else { return "this name" }
        let isCut = key.count > Self.longestName
        return "`\(isCut ? key.prefix(Self.longestName) + "…" : key[...])`"
    }
}

extension YAMLNode {
    /// What the value is, in words.
    var sort: String {
        switch value {
        case .null: "empty"
        case .bool: "true or false"
        case .integer: "a whole number"
        case .float: "a number"
        case .string: "text"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }

    fileprivate func quotingHint(_ expected: String) -> String? {
        guard plainText != nil, expected.hasPrefix("text") else { return nil }
        return "put it in quotes"
    }
}
