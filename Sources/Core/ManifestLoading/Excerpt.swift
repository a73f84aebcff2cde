import ClaraModel
import YAMLSyntax

/// A source line as people may see it: without what may be a secret, without anything that would
/// act on their terminal, and no longer than a line should be.
public struct Excerpt: Sendable, Hashable {
    /// The line.
    public let text: String
    /// How many characters of `text` stand before the place that is meant.
    public let caret: Int

    /// How much of a value is hidden.
    enum Masking {
        /// What looks like a key, and what stands beside a name like `apiKey`.
        case suspects
        /// Every value, but for those of fields that never hold a secret.
        case values
    }

    /// The longest line that is shown at all, in bytes. To find secrets the whole line is read, and
    /// a longer one is no line that a person would look at.
    static let longestLine = 4096
    /// The most characters that are shown of a line; half of them before the place that is meant.
    static let width = 120
    /// What stands in place of a secret, whatever its length.
    static let mask = "••••••"
    private static let cut = "…"

    /// The line of a place; nil where there is none or it is too long.
    init?(_ location: SourceLocation, _ masking: Masking) {
        guard let line = location.file.line(location.line), line.utf8.count <= Self.longestLine
        else {
            return nil
        }
        self.init(line, column: location.column, hiding: masking.hiddenRanges(in: line))
    }

    private init(_ line: String, column: Int, hiding hidden: [Range<String.Index>]) {
        var shown: [Unicode.Scalar] = []
        var caret: Int?
        var ranges = hidden[...]
        for (offset, index) in line.unicodeScalars.indices.enumerated() {
            while let range = ranges.first, range.upperBound <= index { ranges.removeFirst() }
            let isHidden = ranges.first.map { $0.lowerBound <= index } ?? false
            let isFirst = isHidden && ranges.first?.lowerBound == index
            let isInside = isHidden && !isFirst
            if offset + 1 == column { caret = shown.count - (isInside ? Self.mask.count : 0) }
            if isFirst { shown += Self.mask.unicodeScalars }
            if !isHidden { shown.append(VisibleText.scalar(line.unicodeScalars[index])) }
        }
        self.init(shown, caret: caret ?? shown.count)
    }

    private init(_ shown: [Unicode.Scalar], caret: Int) {
        let start = max(0, min(caret - Self.width / 2, shown.count - Self.width))
        let end = min(shown.count, start + Self.width)
        let (head, tail) = (start > 0 ? Self.cut : "", end < shown.count ? Self.cut : "")
        text = head + String(String.UnicodeScalarView(shown[start..<end])) + tail
        self.caret = caret - start + head.count
    }
}

extension Excerpt.Masking {
    fileprivate func hiddenRanges(in line: String) -> [Range<String.Index>] {
        let start = self == .values ? LineShape.startOfUnsafeValue(in: line) : nil
        guard let start = start ?? LineShape.startOfNamedSecret(in: line) else {
            return SecretScan.keyRanges(in: line)
        }
        let before = SecretScan.keyRanges(in: line).filter { $0.lowerBound < start }
        return before.map { $0.clamped(to: line.startIndex..<start) } + [start..<line.endIndex]
    }
}

/// What can be told from one line of YAML about where its values begin. Lines are looked at as
/// text, since they are shown just when the file cannot be read.
enum LineShape {
    /// Fields that hold no secret even in a credential.
    private static let harmless: Set<String> = [
        "apiVersion", "kind", "metadata", "name", "labels", "tenant", "spec", "provider", "account",
    ]
    /// Ends of names whose values are nobody's business: the words for secrets, and every field
    /// that refers to one.
    private static let tellingEnds =
        ["key", "secret", "token", "password", "passphrase"]
        + Kind.allCases.flatMap { $0.specSchema.secretNames }.map { $0.lowercased() }
    /// Every name that people write on purpose.
    private static let vocabulary = Set(
        Envelope.names + tellingEnds
            + DocumentKind.all.flatMap { [$0.name] + $0.specSchema.names }
            + Metadata.objectSchema.names
    )

    /// Where the part of a line begins that may be a secret; nil where the line is harmless.
    static func startOfUnsafeValue(in line: String) -> String.Index? {
        let content = line.drop { $0 == " " || $0 == "-" || $0 == "\t" }
        guard let colon = content.firstIndex(of: ":") else {
            return content.isEmpty ? nil : content.startIndex
        }
        let name = content[..<colon].filter { $0 != "\"" && $0 != "'" }
        guard isName(name) else { return content.startIndex }
        let value = content[content.index(after: colon)...]
        let isOneScalar = !value.contains { "{[,:&*|>#".contains($0) }
        if harmless.contains(name), isOneScalar { return nil }
        return value.firstIndex { !$0.isWhitespace }
    }

    /// Where the value begins that stands behind a name like `apiKey`, wherever on the line.
    static func startOfNamedSecret(in line: String) -> String.Index? {
        var rest = line[...]
        while let colon = rest.firstIndex(of: ":") {
            let name = rest[..<colon].reversed().drop { "\"' ".contains($0) }
                .prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
                .drop { $0.isNumber }
            let word = String(name.reversed()).lowercased()
            let value = line[line.index(after: colon)...]
            if tellingEnds.contains(where: word.hasSuffix) {
                return value.firstIndex { !$0.isWhitespace }
            }
            rest = value
        }
        return nil
    }

    /// Whether a name may be shown even where everything beside it is hidden: if it is a field's,
    /// or nearly so. Any other could be a secret that was written in the place of a name.
    static func isName(_ name: String) -> Bool {
        vocabulary.contains(name) || Suggestion.nearest(to: name, among: vocabulary) != nil
    }
}

extension ObjectSchema {
    /// The names of all fields, at any depth.
    fileprivate var names: [String] { fields.flatMap { [$0.name] + $0.schema.names } }

    /// The names of the fields that refer to a secret, at any depth outside of lists and maps.
    fileprivate var secretNames: [String] {
        fields.flatMap { field -> [String] in
            switch field.schema {
            case .secret: [field.name]
            case .object(let object): object.secretNames
            case .boolean, .integer, .number, .text, .choice, .scalar, .list, .map, .anything: []
            }
        }
    }
}

extension Schema {
    fileprivate var names: [String] {
        switch self {
        case .object(let object): object.names
        case .list(let element), .map(let element): element.names
        case .boolean, .integer, .number, .text, .choice, .secret, .scalar, .anything: []
        }
    }
}
