internal import CGit2

/// The repository around a work tree: what it ignores, what it tracks, and its HEAD.
struct WorktreeRepository: ~Copyable {
    private let repository: GitHandle<RepositoryKind>
    private let index: GitHandle<IndexKind>
    private let top: String

    /// Finds the repository that a folder belongs to; nil when there is none, or when it ignores
    /// the folder as a whole and so has no say about the files in it.
    static func discover(_ path: String) throws(GitError) -> WorktreeRepository? {
        var found: OpaquePointer?
        let code = git_repository_open_ext(
            &found,
            path,
            GIT_REPOSITORY_OPEN_CROSS_FS.rawValue,
            nil
        )
        if code == GIT_ENOTFOUND.rawValue { return nil }
        let handle = try GitHandle<RepositoryKind>(
            orThrow: .failed(what: "open the repository at \(path)")
        ) { out in
            out = found
            return code
        }
        guard let workdir = git_repository_workdir(handle.pointer) else { return nil }
        let top = try FilePath.resolved(String(cString: workdir))
        guard path == top || path.hasPrefix(top + "/") else { return nil }
        let repository = try WorktreeRepository(handle, top: top)
        if path != top && repository.ignores(path, isFolder: true) { return nil }
        return repository
    }

    private init(
        _ repository: consuming GitHandle<RepositoryKind>,
        top: String
    ) throws(GitError) {
        let pointer = repository.pointer
        index = try GitHandle(orThrow: .corrupt(what: "the index of \(top)")) {
            git_repository_index(&$0, pointer)
        }
        self.repository = repository
        self.top = top
    }

    /// The commit that HEAD stands at; nil before the first commit.
    borrowing func head() -> ObjectID? {
        var id = git_oid()
        let code = git_reference_name_to_id(&id, repository.pointer, "HEAD")
        return code == 0 ? ObjectID(id) : nil
    }

    /// Whether one commit came before another; nil where the repository does not hold both.
    borrowing func isAncestor(_ commit: ObjectID, of other: ObjectID) throws(GitError) -> Bool? {
        try Ancestry(in: repository).isAncestor(commit, of: other)
    }

    /// Whether git leaves a path out: it matches an ignore rule and nothing at or below it is
    /// tracked.
    borrowing func ignores(_ disk: String, isFolder: Bool) -> Bool {
        let path = relative(disk)
        if isTracked(path, isFolder: isFolder) { return false }
        var ignored: Int32 = 0
        // A rule may hold for folders only, which the slash at the end says. A rule file that
        // cannot be read ignores nothing: a file too many is seen, one too few is not.
        let code = git_ignore_path_is_ignored(
            &ignored,
            repository.pointer,
            isFolder ? path + "/" : path
        )
        return code == 0 && ignored == 1
    }

    /// The commit of a submodule; nil for a repository that was only put there.
    borrowing func submoduleID(_ disk: String) -> ObjectID? {
        guard let entry = git_index_get_bypath(index.pointer, relative(disk), 0) else { return nil }
        return ObjectID(entry.pointee.id)
    }

    private borrowing func isTracked(_ path: String, isFolder: Bool) -> Bool {
        isFolder
            ? git_index_find_prefix(nil, index.pointer, path + "/") == 0
            : git_index_get_bypath(index.pointer, path, 0) != nil
    }

    private borrowing func relative(_ disk: String) -> String {
        String(decoding: disk.utf8.dropFirst(top == "/" ? 1 : top.utf8.count + 1), as: UTF8.self)
    }
}
