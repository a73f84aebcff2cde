/// Which state of the fleet a ``SourceTree`` shows.
public struct Revision: Sendable, Hashable, CustomStringConvertible {
    /// The name used for files read as they are on disk.
    public static let worktreeName = "worktree"

    /// The branch or tag, without `refs/heads/`; nil for a commit that was named by its id or a
    /// detached HEAD.
    public var name: String?
    /// The commit; nil only for a work tree without any commit.
    public var commit: ObjectID?

    /// Names a state of the fleet.
    public init(name: String?, commit: ObjectID?) {
        self.name = name
        self.commit = commit
    }

    /// `main@sha1:<40 hex>`, `sha1:<40 hex>` without a name, `worktree` without a commit.
    public var description: String {
        [name, commit.map { "sha1:\($0)" }].compactMap(\.self).joined(separator: "@")
    }
}
