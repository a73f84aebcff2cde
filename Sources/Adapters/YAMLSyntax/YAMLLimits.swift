/// How much one file may ask for. Each bound ends the reading of that file with a located error.
public struct YAMLLimits: Sendable, Hashable {
    /// The largest file, in bytes.
    public var fileBytes: Int
    /// The most documents in one file.
    public var documents: Int
    /// The deepest nesting; a document's root is at depth 1.
    public var depth: Int
    /// The most keys and values of one file, after aliases are expanded.
    public var nodes: Int
    /// The most text of one file's scalars, in bytes, after aliases are expanded.
    public var textBytes: Int
    /// The longest key, in bytes.
    public var keyBytes: Int
    /// The most `%TAG` directives in one file.
    public var tagDirectives: Int
    /// The most errors that one file reports.
    public var errors: Int

    /// Makes a set of limits; what is not given is as in ``standard``.
    public init(
        fileBytes: Int = Self.standardFileBytes,
        documents: Int = Self.standardDocuments,
        depth: Int = Self.standardDepth,
        nodes: Int = Self.standardNodes,
        textBytes: Int = Self.standardTextBytes,
        keyBytes: Int = Self.standardKeyBytes,
        tagDirectives: Int = Self.standardTagDirectives,
        errors: Int = Self.standardErrors
    ) {
        self.fileBytes = fileBytes
        self.documents = documents
        self.depth = depth
        self.nodes = nodes
        self.textBytes = textBytes
        self.keyBytes = keyBytes
        self.tagDirectives = tagDirectives
        self.errors = errors
    }

    /// The limits for manifests.
    public static let standard = YAMLLimits()

    /// 1 MiB: manifests are a few kilobytes; long text belongs into `knowledge/`, which is not
    /// YAML.
    public static let standardFileBytes = 1 << 20
    /// 256: a tenant has about seven resources; more in one file is a generated file to be split.
    public static let standardDocuments = 256
    /// 64: manifests nest about eight deep. Reading recurses once per level, and libyaml has no
    /// bound of its own (its work per token grows with the depth of brackets), so this protects
    /// both.
    public static let standardDepth = 64
    /// 100,000: the largest file without aliases holds about 260,000 (a byte and a line end each),
    /// a real one a few hundred. It bounds memory to some 10 MB a file and walks of the tree to
    /// milliseconds.
    public static let standardNodes = 100_000
    /// 4 MiB, four times the largest file: sharing a prompt a few times is fine, while a long text
    /// behind many aliases would grow without bound as soon as the tree is written out.
    public static let standardTextBytes = 4 << 20
    /// 1,024 bytes: the length at which YAML itself stops looking for a key's `:`.
    public static let standardKeyBytes = 1_024
    /// 8: no manifest needs one, and libyaml compares each directive with all before it, so that a
    /// file full of them would take seconds.
    public static let standardTagDirectives = 8
    /// 100: enough to show what is wrong; a file with more is most likely not what it was meant to
    /// be.
    public static let standardErrors = 100
}
