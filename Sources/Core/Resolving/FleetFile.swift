/// A file of the fleet as the source hands it over.
public struct FleetFile: Sendable {
    /// The path below the fleet's root.
    public let path: String
    /// The git blob id, as `git:<hexadecimal digits>`.
    public let contentHash: String
    /// The size in bytes.
    public let size: Int
    /// The content; nil for files that are listed but not read, such as documents.
    public let bytes: [UInt8]?

    /// Describes a file.
    public init(path: String, contentHash: String, size: Int, bytes: [UInt8]?) {
        self.path = path
        self.contentHash = contentHash
        self.size = size
        self.bytes = bytes
    }

    /// Whether it is a YAML file by its name.
    public var isManifest: Bool { Self.isManifest(path) }

    /// Whether a path names a YAML file.
    public static func isManifest(_ path: String) -> Bool {
        path.hasSuffix(".yaml") || path.hasSuffix(".yml")
    }
}
