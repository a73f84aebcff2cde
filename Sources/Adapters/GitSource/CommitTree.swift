internal import CGit2

/// The fleet as one commit holds it, read from the object database of a repository on disk.
actor CommitTree: SourceTree {
    nonisolated let revision: Revision
    private nonisolated let thread: GitThread
    private let repository: GitHandle<RepositoryKind>
    private let database: ObjectDatabase
    private let root: ObjectID

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        thread.asUnownedSerialExecutor()
    }

    /// Shows the folder of a commit.
    /// - Throws: ``GitError/Reason/folderNotFound(path:revision:)``, or that an object is missing
    ///   or damaged.
    init(
        _ repository: consuming GitHandle<RepositoryKind>,
        at resolved: ResolvedReference,
        folder: String,
        on thread: GitThread
    ) throws(GitError) {
        let database = try ObjectDatabase(of: repository)
        let start = try CommitWalk.find(folder, below: resolved.tree, in: database)
        guard let start else {
            throw GitError(.folderNotFound(path: folder, revision: resolved.revision))
        }
        root = start
        revision = resolved.revision
        self.database = database
        self.repository = repository
        self.thread = thread
    }

    func list(_ folder: String) throws(GitError) -> [SourceEntry] {
        guard let id = try CommitWalk.find(folder, below: root, in: database) else { return [] }
        var entries: [SourceEntry] = []
        for record in try database.tree(id, at: folder) {
            let path = try PathRules.child(record.name, of: folder)
            entries.append(SourceEntry(path: path, id: record.id, kind: record.mode.kind))
        }
        return entries.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    func changes(in folder: String, since id: ObjectID) throws(GitError) -> FolderChange? {
        guard let now = try CommitWalk.find(folder, below: root, in: database) else { return nil }
        if now == id { return FolderChange(id: now) }
        let comparison = try database.changes(from: id, to: now, at: folder)
        guard let comparison else { return nil }
        var changed: [SourceEntry] = []
        for record in comparison.changed {
            let path = try PathRules.child(record.name, of: folder)
            changed.append(SourceEntry(path: path, id: record.id, kind: record.mode.kind))
        }
        return FolderChange(
            id: now,
            changed: changed.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) },
            removed: comparison.removed.map { String(decoding: $0, as: UTF8.self) }.sorted()
        )
    }

    func isAncestor(_ commit: ObjectID, of other: ObjectID) throws(GitError) -> Bool? {
        try Ancestry(in: repository).isAncestor(commit, of: other)
    }

    func files(
        in folders: [SourceEntry],
        reading: @Sendable (String) -> Bool
    ) -> [Result<[SourceFile], GitError>] {
        folders.map { folder in
            Result { () throws(GitError) in
                var walk = CommitWalk(folder: folder.path)
                try walk.visit(folder, depth: 0, in: database, reading: reading)
                return walk.files
            }
        }
    }
}

/// The walk over one folder of a commit.
private struct CommitWalk {
    private(set) var files: [SourceFile] = []
    private var budget: FolderBudget

    init(folder: String) {
        budget = FolderBudget(folder: folder)
    }

    /// The id of a folder below a tree; nil when there is none.
    static func find(
        _ folder: String,
        below root: ObjectID,
        in database: borrowing ObjectDatabase
    ) throws(GitError) -> ObjectID? {
        var (id, path) = (root, "")
        for name in try PathRules.names(of: folder) {
            let records = try database.tree(id, at: path)
            path = try PathRules.child(name.utf8, of: path)
            let record = records.first { $0.name.elementsEqual(name.utf8) }
            guard let record else { return nil }
            if let why = record.mode.kind.refusalAsFolder {
                throw GitError(.refusedPath(path: path, why: why))
            }
            id = record.id
        }
        return id
    }

    mutating func visit(
        _ entry: SourceEntry,
        depth: Int,
        in database: borrowing ObjectDatabase,
        reading: (String) -> Bool
    ) throws(GitError) {
        switch entry.kind {
        case .file: try take(entry, in: database, reading: reading)
        case .symlink, .submodule:
            let why = entry.kind == .symlink ? Refusal.symlink : Refusal.submodule
            throw GitError(.refusedPath(path: entry.path, why: why))
        case .folder:
            guard depth < SourceLimits.depth else {
                throw GitError(.refusedPath(path: entry.path, why: Refusal.tooDeep))
            }
            for record in try database.tree(entry.id, at: entry.path) {
                let path = try PathRules.child(record.name, of: entry.path)
                let child = SourceEntry(path: path, id: record.id, kind: record.mode.kind)
                try visit(child, depth: depth + 1, in: database, reading: reading)
            }
        }
    }

    private mutating func take(
        _ entry: SourceEntry,
        in database: borrowing ObjectDatabase,
        reading: (String) -> Bool
    ) throws(GitError) {
        try budget.countFile()
        // The size is asked for first: a blob that is gigabytes inflated must not be inflated to
        // learn it.
        let size = try database.size(ofBlob: entry.id, at: entry.path)
        guard reading(entry.path) else {
            files.append(SourceFile(path: entry.path, id: entry.id, size: size, bytes: nil))
            return
        }
        try budget.countRead(size, of: entry.path)
        let bytes = try database.contents(ofBlob: entry.id, at: entry.path)
        files.append(SourceFile(path: entry.path, id: entry.id, size: size, bytes: bytes))
    }
}

extension SourceEntry.Kind {
    /// Why an entry cannot be entered as a folder; nil for a folder.
    var refusalAsFolder: String? {
        switch self {
        case .folder: nil
        case .file: Refusal.notAFolder
        case .symlink: Refusal.symlink
        case .submodule: Refusal.submodule
        }
    }
}
