/// What differs between one folder as it was and as it is, by the ids of its direct children.
public struct FolderChange: Sendable, Hashable {
    /// The folder's id as it is.
    public let id: ObjectID
    /// Children that are new or hold something else, sorted by path.
    public let changed: [SourceEntry]
    /// The names of children that are gone, sorted.
    public let removed: [String]

    /// Describes a change.
    public init(id: ObjectID, changed: [SourceEntry] = [], removed: [String] = []) {
        self.id = id
        self.changed = changed
        self.removed = removed
    }

    /// Whether nothing differs.
    public var isEmpty: Bool { changed.isEmpty && removed.isEmpty }
}
