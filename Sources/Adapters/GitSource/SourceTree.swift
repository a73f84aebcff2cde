/// One immutable view of the fleet: the folders and files of one revision, below the fleet root.
///
/// Paths are relative to the fleet root and separated by `/`; the root itself is the empty path.
public protocol SourceTree: Sendable {
    /// The state of the fleet that this view shows.
    var revision: Revision { get }

    /// The direct children of a folder, sorted by the bytes of their names; none for a folder that
    /// does not exist.
    ///
    /// Symbolic links and submodules are listed as what they are and never followed.
    /// - Throws: ``GitError/Reason/refusedPath(path:why:)`` when the path leaves the fleet, is a
    /// file or leads through a link; ``GitError/Reason/corrupt(what:)`` when an object is missing
    /// or damaged.
    func list(_ folder: String) async throws(GitError) -> [SourceEntry]

    /// What differs in a folder since an earlier state of it, at a cost that hardly grows with how
    /// much is the same.
    ///
    /// - Parameter id: the folder's id in the earlier state.
    /// - Returns: nil where it cannot be told: the folder is gone, or nothing is known of the
    ///   earlier state, such as after a history that was forced away. Compare two lists then.
    /// - Throws: as ``list(_:)``.
    func changes(
        in folder: String,
        since id: ObjectID
    ) async throws(GitError) -> FolderChange?

    /// Whether one commit came before another in the other's history; a commit did not come before
    /// itself.
    ///
    /// - Returns: nil where the source does not hold both commits.
    /// - Throws: ``GitError/Reason/corrupt(what:)`` when the history cannot be walked.
    func isAncestor(_ commit: ObjectID, of other: ObjectID) async throws(GitError) -> Bool?

    /// Every file below each of the entries, sorted by path, with the contents of those for which
    /// `reading` is true.
    ///
    /// An entry that is itself a file gives that one file. One call crosses to the git thread once,
    /// however many folders it names. A folder that holds a link, a submodule, a refused name or an
    /// unreadable file has an error as its result, and does not disturb the others.
    /// - Parameter reading: whether the contents of the file with this path, relative to the fleet
    ///   root, are wanted.
    func files(
        in folders: [SourceEntry],
        reading: @Sendable (String) -> Bool
    ) async -> [Result<[SourceFile], GitError>]
}

/// A child of a folder.
public struct SourceEntry: Sendable, Hashable {
    /// What a name in a folder stands for.
    public enum Kind: Sendable, Hashable {
        /// A regular file, executable or not.
        case file
        /// A folder.
        case folder
        /// A symbolic link, which is never followed.
        case symlink
        /// Another repository at a fixed commit, which is never entered.
        case submodule
    }

    /// The path from the fleet root.
    public var path: String
    /// The id of the file's or folder's contents: equal ids mean equal contents.
    public var id: ObjectID
    /// What the name stands for.
    public var kind: Kind

    /// Describes a child of a folder.
    public init(path: String, id: ObjectID, kind: Kind) {
        self.path = path
        self.id = id
        self.kind = kind
    }

    /// The last part of the path.
    public var name: String {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map {
            String(path[path.utf8.index(after: $0)...])
        }
            ?? path
    }
}

/// A file of the fleet.
public struct SourceFile: Sendable, Hashable {
    /// The path from the fleet root.
    public var path: String
    /// The id of the contents.
    public var id: ObjectID
    /// The size of the contents in bytes.
    public var size: Int
    /// The contents; nil where they were not asked for.
    public var bytes: [UInt8]?

    /// Describes a file.
    public init(path: String, id: ObjectID, size: Int, bytes: [UInt8]?) {
        self.path = path
        self.id = id
        self.size = size
        self.bytes = bytes
    }
}
