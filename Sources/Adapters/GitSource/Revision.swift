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
        [name, commit.map { Self.commitMark + "\($0)" }].compactMap(\.self).joined(separator: "@")
    }

    /// What stands before a commit's id.
    private static let commitMark = "sha1:"
}

extension Revision {
    /// Reads what ``description`` writes, such as a revision that a store has noted; nil for any
    /// other text.
    public init?(parsing text: String) {
        if text == Self.worktreeName {
            self.init(name: text, commit: nil)
            return
        }
        guard let id = Self.commitText(in: text), let commit = ObjectID(hex: String(id)) else {
            return nil
        }
        let name = text.dropLast(id.count + Self.commitMark.count)
        self.init(name: name.isEmpty ? nil : String(name.dropLast()), commit: commit)
    }

    /// The id behind `sha1:` at the end of a text, whole or abbreviated. No branch or tag is
    /// written so: git allows no colon in their names.
    static func commitText(in text: String) -> Substring? {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let head = text[...colon]
        guard head == commitMark || head.hasSuffix("@" + commitMark) else { return nil }
        return text[text.index(after: colon)...]
    }
}
