/// Something wrong with a file's YAML, at its place.
///
/// A message never repeats the file's values, which may hold secrets; of its content only the name
/// of a duplicate key is shown.
public struct YAMLError: Error, Sendable, Hashable {
    /// What kind of mistake it is; the raw value is a stable identifier for reports.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The text is not YAML.
        case syntax = "yaml-syntax"
        /// The bytes are not UTF-8.
        case encoding = "yaml-encoding"
        /// A character that YAML forbids, or that its readers disagree about.
        case forbiddenCharacter = "yaml-forbidden-character"
        /// A key stands twice in one mapping.
        case duplicateKey = "yaml-duplicate-key"
        /// A key is null or a collection.
        case invalidKey = "yaml-invalid-key"
        /// `<<` has a value that cannot be merged.
        case invalidMerge = "yaml-invalid-merge"
        /// A tag outside the core schema.
        case unknownTag = "yaml-unknown-tag"
        /// A value that is not what its tag says.
        case tagMismatch = "yaml-tag-mismatch"
        /// An alias without an anchor before it.
        case unknownAlias = "yaml-unknown-alias"
        /// An alias inside the value that it stands for.
        case recursiveAlias = "yaml-recursive-alias"
        /// A `%YAML` directive for another version than 1.2.
        case version = "yaml-version"
        /// One of ``YAMLLimits`` was passed.
        case limit = "yaml-limit"
        /// libyaml could not get memory.
        case outOfMemory = "yaml-out-of-memory"
    }

    /// What libyaml itself said, for those who search its documentation.
    public struct LibraryDetail: Sendable, Hashable {
        /// The number of libyaml's `yaml_error_type_t`.
        public let code: UInt32
        /// libyaml's `problem`, such as `did not find expected key`.
        public let problem: String
        /// libyaml's `context`, such as `while parsing a block mapping`.
        public let context: String?
    }

    /// The kind of mistake.
    public let code: Code
    /// What is wrong, in words for people who do not know YAML's grammar.
    public let message: String
    /// Where it is.
    public let location: SourceLocation
    /// What to do about it, where that can be said.
    public let hint: String?
    /// A second place that explains the first: the earlier key, the line where a block began.
    public let related: SourceLocation?
    /// What libyaml said, for mistakes that it found.
    public let library: LibraryDetail?

    init(
        _ code: Code,
        _ message: String,
        at location: SourceLocation,
        hint: String? = nil,
        related: SourceLocation? = nil,
        library: LibraryDetail? = nil
    ) {
        self.code = code
        self.message = message
        self.location = location
        self.hint = hint
        self.related = related
        self.library = library
    }
}

extension YAMLError: CustomStringConvertible {
    /// `path:line:column: message (hint)`.
    public var description: String {
        "\(location): \(message)" + (hint.map { " (\($0))" } ?? "")
    }
}
