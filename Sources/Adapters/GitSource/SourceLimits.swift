/// The bounds that keep a hostile or mistaken repository from taking the process down. What is over
/// a bound is refused with its path.
enum SourceLimits {
    /// Files below one folder. A tenant has tens of manifests and at most a few thousand documents.
    static let filesPerFolder = 10_000

    /// Bytes of a file whose contents are read: 1 MiB. Manifests are kilobytes; a megabyte of YAML
    /// is an accident.
    static let bytesPerFile = 1 << 20

    /// Bytes read for one folder: 64 MiB, so that many files under ``bytesPerFile`` cannot add up
    /// to all the memory.
    static let bytesPerFolder = 64 << 20

    /// Bytes of a file on disk that is hashed to find its id: 256 MiB, since it is hashed from
    /// memory.
    static let bytesPerHashedFile = 256 << 20

    /// Folders inside each other: the walk is recursive, and each level costs stack.
    static let depth = 32

    /// Names in one folder: ten times the largest fleet that is measured.
    static let namesPerFolder = 100_000
}
