import ClaraModel
import YAMLSyntax

extension SchemaChecker {
    mutating func checkScalar(_ node: YAMLNode, _ schema: Schema) -> JSONValue? {
        switch (schema, node.value) {
        case (.boolean, .bool(let flag)): return .bool(flag)
        case (.integer(let range), .integer(let number)):
            return isInside(node, range.contains(number), range.words) ? .integer(number) : nil
        case (.number(let range), .integer(let number)):
            return isInside(node, range.contains(Double(number)), range.words)
                ? .integer(number) : nil
        case (.number(let range), .float(let number)):
            return isInside(node, range.contains(number), range.words) ? .number(number) : nil
        case (.choice(let words), .string(let word)): return checkChoice(node, word, words)
        case (.scalar, _): return checkFreeScalar(node)
        default: return mismatch(node, schema.expectation)
        }
    }

    private mutating func isInside(_ node: YAMLNode, _ isInside: Bool, _ bounds: String) -> Bool {
        if !isInside { report(.outOfRange, "\(name) must be \(bounds)", at: node.location) }
        return isInside
    }

    private mutating func checkChoice(
        _ node: YAMLNode,
        _ word: String,
        _ words: [String]
    ) -> JSONValue? {
        if words.contains(word) { return .string(word) }
        report(
            .notAChoice,
            "\(name) must be one of \(words.joined(separator: ", "))",
            hint: Suggestion.hint(for: word, among: words),
            at: node.location
        )
        return nil
    }

    private mutating func checkFreeScalar(_ node: YAMLNode) -> JSONValue? {
        switch node.value {
        case .bool(let flag): return .bool(flag)
        case .integer(let number): return .integer(number)
        case .float(let number): return .number(number)
        case .string(let text): return acceptsText(node, text) ? .string(text) : nil
        case .null, .sequence, .mapping: return mismatch(node, Schema.scalar.expectation)
        }
    }

    mutating func checkText(_ node: YAMLNode, _ format: TextFormat) -> JSONValue? {
        guard case .string(let text) = node.value else { return mismatch(node, format.expected) }
        guard acceptsText(node, text) else { return nil }
        if let problem = format.problem(text) {
            report(
                .badFormat,
                "\(name) should be \(problem.expected)",
                hint: problem.hint,
                at: node.location
            )
            return nil
        }
        return .string(text)
    }

    /// Whether the text is no secret, and means the same to every reader of YAML.
    private mutating func acceptsText(_ node: YAMLNode, _ text: String) -> Bool {
        if refusesSecret(text, at: node.location) { return false }
        guard let plain = node.plainText, AmbiguousScalar.matches(plain) else { return true }
        report(
            .ambiguousScalar,
            "\(name) could be read as text, as a number or as a boolean",
            hint: "put it in quotes, or write true, false or a decimal number",
            at: node.location
        )
        return false
    }

    /// A secret's place holds a reference and nothing else; whatever else stands there is never
    /// shown.
    mutating func checkReference(_ node: YAMLNode) -> JSONValue? {
        guard case .mapping(let entries) = node.value else {
            report(
                .secretLiteral,
                "\(name) holds a value; a secret is never written into a manifest",
                hint: "write {env: NAME} or {file: name}, and revoke the secret if it was pushed",
                at: node.location,
                hidesValues: true
            )
            return nil
        }
        guard entries.count == 1, let entry = entries.first,
            let form = ReferenceForm(rawValue: entry.key),
            case .string(let target) = entry.value.value
        else {
            report(
                .wrongType,
                "\(name) should be a reference: {env: NAME} or {file: name}",
                at: node.location,
                hidesValues: true
            )
            return nil
        }
        return checkTarget(target, of: form, at: entry.value.location).map {
            [entry.key: .string($0)]
        }
    }

    private mutating func checkTarget(
        _ target: String,
        of form: ReferenceForm,
        at location: SourceLocation
    ) -> String? {
        if refusesSecret(target, at: location) { return nil }
        if form.accepts(target) { return target }
        report(.badFormat, "\(name) \(form.demand)", at: location, hidesValues: true)
        return nil
    }
}

/// Plain scalars that readers of YAML 1.1 and of YAML 1.2 take for different things.
private enum AmbiguousScalar {
    private static let words: Set<String> = [
        "yes", "no", "on", "off", "y", "n", ".inf", "-.inf", "+.inf", ".nan",
    ]
    /// The length of the longest of the words.
    private static let longestWord = 5

    static func matches(_ plain: String) -> Bool {
        let bytes = plain.utf8
        if bytes.count <= longestWord, words.contains(plain.lowercased()) { return true }
        let digits =
            bytes.first.map { $0 == 0x2B || $0 == 0x2D } == true ? bytes.dropFirst() : bytes[...]
        guard let first = digits.first, isDigit(first) else { return false }
        // Octal and hexadecimal numbers, digits parted by "_", and numbers to the base of 60.
        return digits.starts(with: "0x".utf8) || digits.starts(with: "0o".utf8)
            || digits.allSatisfy { isDigit($0) || $0 == 0x5F || $0 == 0x3A }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}

/// The two ways to say where a secret is.
private enum ReferenceForm: String {
    case env, file

    /// Longer names are refused; nobody's variables have them.
    private static let longestVariable = 128
    /// The longest path that is looked at, as of a file's name on Linux (`NAME_MAX`).
    private static let longestPath = 255

    var demand: String {
        switch self {
        case .env: "needs the name of an environment variable, such as ACME_X_KEY"
        case .file: "needs a file name relative to CLARA_SECRETS_DIR/<tenant>, such as x-token"
        }
    }

    func accepts(_ target: String) -> Bool {
        switch self {
        case .env: Self.isVariable(target)
        case .file: Self.isFile(target)
        }
    }

    /// POSIX's names of environment variables (IEEE 1003.1, 3.216).
    private static func isVariable(_ name: String) -> Bool {
        let isName = name.utf8.allSatisfy { byte in
            let lower = byte | 0x20
            return (lower >= 0x61 && lower <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
                || byte == 0x5F
        }
        let startsWithDigit = name.utf8.first.map { $0 >= 0x30 && $0 <= 0x39 } ?? true
        return isName && !startsWithDigit && name.utf8.count <= longestVariable
    }

    private static func isFile(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = path.utf8.allSatisfy { $0 > 0x20 && $0 != 0x5C && $0 != 0x7F }
        return isPlain && path.utf8.count <= longestPath
            && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    }
}

extension Schema {
    /// What a message says was expected.
    var expectation: String {
        switch self {
        case .boolean: "true or false"
        case .integer(let range): "a whole number \(range.words)"
        case .number(let range): "a number \(range.words)"
        case .text(let format): format.expected
        case .choice(let words): "one of \(words.joined(separator: ", "))"
        case .secret: "a reference: {env: NAME} or {file: name}"
        case .scalar: "text, a number, true or false"
        case .list: "a list"
        case .map: "a mapping"
        case .object: "a mapping of fields"
        case .anything: "a value"
        }
    }
}

extension ClosedRange<Int64> {
    /// "from 0 to 10"; a bound that stands for none is left out.
    var words: String {
        ClosedRange<Double>(uncheckedBounds: (Double(lowerBound), Double(upperBound))).words
    }
}

extension ClosedRange<Double> {
    /// "from 0 to 1"; a bound that stands for none is left out.
    var words: String {
        let hasEnd = upperBound < Double(Int32.max)
        return "from \(Self.spell(lowerBound)) " + (hasEnd ? "to \(Self.spell(upperBound))" : "up")
    }

    private static func spell(_ number: Double) -> String { CanonicalJSON(number.json).text }
}
