/// The fleet as its files are on disk: a snapshot of names, sizes and ids that was taken when it
/// was opened.
actor WorktreeTree: SourceTree {
    nonisolated let revision: Revision
    private nonisolated let thread: GitThread
    private let path: String
    private let root: WorktreeNode.Folder

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        thread.asUnownedSerialExecutor()
    }

    init(at path: String, on thread: GitThread) throws(GitError) {
        try LibGit2.start()
        let base = try FilePath.resolved(path)
        let repository = try WorktreeRepository.discover(base)
        revision = Revision(name: Revision.worktreeName, commit: repository?.head())
        let scan = WorktreeScan(ignoring: repository)
        root = try scan.folder(at: base)
        self.path = base
        self.thread = thread
    }

    func list(_ folder: String) throws(GitError) -> [SourceEntry] {
        guard let found = try find(folder)?.asFolder(at: folder) else { return [] }
        return found.children
            .map { $0.node.entry(at: folder.isEmpty ? $0.name : "\(folder)/\($0.name)") }
            .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// Whether anything changed is known; what it was is not, as nothing keeps the earlier files.
    func changes(in folder: String, since id: ObjectID) throws(GitError) -> FolderChange? {
        guard let now = try find(folder)?.asFolder(at: folder).id, now == id else { return nil }
        return FolderChange(id: now)
    }

    func isAncestor(_ commit: ObjectID, of other: ObjectID) throws(GitError) -> Bool? {
        try WorktreeRepository.discover(path)?.isAncestor(commit, of: other)
    }

    func files(
        in folders: [SourceEntry],
        reading: @Sendable (String) -> Bool
    ) -> [Result<[SourceFile], GitError>] {
        folders.map { folder in
            Result { () throws(GitError) in
                var walk = WorktreeWalk(below: path, folder: folder.path)
                guard let node = try find(folder.path) else { return [] }
                try walk.visit(node, at: folder.path, depth: 0, reading: reading)
                return walk.files
            }
        }
    }

    private func find(_ path: String) throws(GitError) -> WorktreeNode? {
        var (node, position) = (WorktreeNode.folder(root), "")
        for name in try PathRules.names(of: path) {
            guard let child = try node.asFolder(at: position)[name] else { return nil }
            position = position.isEmpty ? String(name) : "\(position)/\(name)"
            node = child
        }
        return node
    }
}

/// What was found on disk under one name.
enum WorktreeNode: Sendable {
    /// A folder, its children in git's order.
    struct Folder: Sendable {
        let id: ObjectID
        let children: [(name: String, node: WorktreeNode)]
        /// By the bytes of the name: two names that only Unicode holds for equal are two files.
        private let positions: [[UInt8]: Int]

        init(id: ObjectID, children: [(name: String, node: WorktreeNode)]) {
            self.id = id
            self.children = children
            let names = children.enumerated().map { (Array($1.name.utf8), $0) }
            // Names that are not UTF-8 may look alike here; they are all refused.
            positions = Dictionary(names) { first, _ in first }
        }

        /// The child of this name; nil when there is none.
        subscript(name: Substring) -> WorktreeNode? {
            positions[Array(name.utf8)].map { children[$0].node }
        }
    }

    case file(id: ObjectID, size: Int)
    case symlink(id: ObjectID)
    case submodule(id: ObjectID)
    case folder(Folder)
    /// It is there and cannot be part of the fleet; whoever reads the folder gets the error.
    case refused(GitError, isFolder: Bool)

    /// The folder itself, or why this is none.
    func asFolder(at path: String) throws(GitError) -> Folder {
        switch self {
        case .folder(let folder): return folder
        case .refused(let error, _): throw error
        case .file: throw GitError(.refusedPath(path: path, why: Refusal.notAFolder))
        case .symlink: throw GitError(.refusedPath(path: path, why: Refusal.symlink))
        case .submodule: throw GitError(.refusedPath(path: path, why: Refusal.submodule))
        }
    }

    func entry(at path: String) -> SourceEntry {
        switch self {
        case .file(let id, _): SourceEntry(path: path, id: id, kind: .file)
        case .symlink(let id): SourceEntry(path: path, id: id, kind: .symlink)
        case .submodule(let id): SourceEntry(path: path, id: id, kind: .submodule)
        case .folder(let folder): SourceEntry(path: path, id: folder.id, kind: .folder)
        // Listed as what it is, so that whoever opens it meets the error.
        case .refused(_, let isFolder):
            SourceEntry(path: path, id: .zero, kind: isFolder ? .folder : .file)
        }
    }
}

/// The walk over one folder of the snapshot.
private struct WorktreeWalk {
    private(set) var files: [SourceFile] = []
    private let base: String
    private var budget: FolderBudget

    init(below base: String, folder: String) {
        self.base = base
        budget = FolderBudget(folder: folder)
    }

    mutating func visit(
        _ node: WorktreeNode,
        at path: String,
        depth: Int,
        reading: (String) -> Bool
    ) throws(GitError) {
        if case .file(let id, let size) = node {
            return try take(id, size, at: path, reading: reading)
        }
        for child in try node.asFolder(at: path).children {
            let childPath = path.isEmpty ? child.name : "\(path)/\(child.name)"
            try visit(child.node, at: childPath, depth: depth + 1, reading: reading)
        }
    }

    private mutating func take(
        _ id: ObjectID,
        _ size: Int,
        at path: String,
        reading: (String) -> Bool
    ) throws(GitError) {
        try budget.countFile()
        guard reading(path) else {
            files.append(SourceFile(path: path, id: id, size: size, bytes: nil))
            return
        }
        try budget.countRead(size, of: path)
        let file = try DiskFile(at: "\(base)/\(path)", shownAs: path)
        let bytes = try file.contents(limit: SourceLimits.bytesPerFile)
        guard TreeRecord.blobID(bytes) == id else {
            throw GitError(.changedWhileReading(path: path))
        }
        files.append(SourceFile(path: path, id: id, size: bytes.count, bytes: bytes))
    }
}
