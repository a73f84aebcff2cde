/// A value of a YAML document with the place where it begins.
///
/// A node that came through an alias or a merge keeps the place of its original text: that is
/// the text to correct.
public struct YAMLNode: Sendable {
    /// What the value is, after YAML 1.2's core schema.
    public enum Value: Sendable {
        /// `null`, `~`, or nothing at all.
        case null
        /// `true` or `false`.
        case bool(Bool)
        /// A decimal whole number.
        case integer(Int64)
        /// A decimal number with a fraction or an exponent; always finite.
        case float(Double)
        /// Text: quoted, a block, or a plain scalar that is nothing else.
        case string(String)
        /// A list.
        case sequence([YAMLNode])
        /// A mapping; its keys are distinct, own keys come first, merged ones after them.
        case mapping([YAMLEntry])
    }

    /// The value.
    public var value: Value
    /// Where it begins.
    public var location: SourceLocation
    /// The text of a plain scalar as it was written; `nil` for quoted text, blocks, collections and
    /// text tagged `!!str`.
    ///
    /// A plain scalar that other YAML readers would take for something else (`yes`, `0o17`,
    /// `1_000`, `.inf`) is a string here, and this tells that it was not written as one.
    public var plainText: String? {
        get {
            switch (plain, value) {
            case (.written(let text), _), (.asValue, .string(let text)): text
            case (.none, _), (.asValue, _): nil
            }
        }
        set { plain = newValue.map(Plain.written) ?? .none }
    }

    /// How ``plainText`` is kept: most plain scalars are strings and need no second copy.
    private var plain: Plain

    private enum Plain: Sendable {
        case none
        case asValue
        case written(String)
    }

    /// Makes a node.
    public init(value: Value, location: SourceLocation, plainText: String? = nil) {
        self.value = value
        self.location = location
        self.plain = plainText.map(Plain.written) ?? .none
    }

    /// Makes a string that was written as a plain scalar.
    init(plain text: String, location: SourceLocation) {
        self.value = .string(text)
        self.location = location
        self.plain = .asValue
    }
}

/// A key of a mapping and its value.
public struct YAMLEntry: Sendable {
    /// The key's text. A plain key that looks like a number or a boolean is its text too.
    public var key: String
    /// Where the key begins.
    public var keyLocation: SourceLocation
    /// The value.
    public var value: YAMLNode

    /// Makes an entry.
    public init(key: String, keyLocation: SourceLocation, value: YAMLNode) {
        self.key = key
        self.keyLocation = keyLocation
        self.value = value
    }
}

/// What one file holds: its documents in order, and everything that is wrong with it.
public struct YAMLStream: Sendable {
    /// The root of each document that could be read to its end. A document that is empty behind its
    /// `---` is a null; a file without a document (only comments, or nothing) has none.
    public var documents: [YAMLNode]
    /// All errors in the order they were met. The documents are complete only where this is empty.
    public var errors: [YAMLError]

    /// Makes the outcome of reading a file.
    public init(documents: [YAMLNode], errors: [YAMLError]) {
        self.documents = documents
        self.errors = errors
    }
}
