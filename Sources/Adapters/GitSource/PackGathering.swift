internal import CGit2
import Glibc

/// Gathers the packs of a mirror into few. Every fetch adds one, and libgit2 looks for an object in
/// one after the other and keeps open what it has read from. Only for the holder of the mirror's
/// lock.
///
/// All objects are kept, those too that no reference leads to any more: a fleet may be pinned at a
/// commit that was forced off its branch.
struct PackGathering {
    private let path: String
    private var folder: String { "\(path)/objects/pack" }

    /// More packs than these are gathered: a process may mostly open 1,024 files, and a loop that
    /// fetches a commit every minute comes here every few hours.
    static let most = 300
    /// So many of the largest stay as they are, so that the first fetch, and what was gathered
    /// before, is seldom copied again.
    static let kept = 50

    init(of path: String) {
        self.path = path
    }

    /// Gathers where there are too many. A process that still reads from a pack keeps its open
    /// file, and finds the objects in the new pack when it looks for more.
    func run() throws(GitError) {
        guard access(folder, F_OK) == 0 else { return }
        var packs = try packs()
        while packs.count > Self.most {
            let small = Array(packs.dropFirst(Self.kept).suffix(Self.most))
            let gathered = try gather(small)
            for pack in small where pack != gathered { try remove(pack) }
            packs = try self.packs()
        }
    }

    /// The names of the packs without their endings, the largest first.
    private func packs() throws(GitError) -> [String] {
        var sizes: [(name: String, size: off_t)] = []
        for name in try DiskFolder.names(at: folder, shownAs: folder) {
            let name = String(decoding: name, as: UTF8.self)
            guard name.hasSuffix(".pack") else { continue }
            var status = stat()
            guard stat("\(folder)/\(name)", &status) == 0 else { throw RemoteMirror.unusable(path) }
            sizes.append((String(name.dropLast(".pack".count)), status.st_size))
        }
        return sizes.sorted { ($1.size, $0.name) < ($0.size, $1.name) }.map(\.name)
    }

    /// Writes a pack of everything that is in some.
    ///
    /// - Returns: its name, which follows from what is in it.
    private func gather(_ packs: [String]) throws(GitError) -> String {
        let path = path
        let repository = try GitHandle<RepositoryKind>(orThrow: .corrupt(what: path)) {
            git_repository_open_bare(&$0, path)
        }
        let builder = try GitHandle<PackBuilderKind>(orThrow: .corrupt(what: path)) {
            git_packbuilder_new(&$0, repository.pointer)
        }
        for pack in packs { try insert(pack, into: builder) }
        try check(git_packbuilder_write(builder.pointer, folder, 0, nil, nil))
        guard let name = git_packbuilder_name(builder.pointer) else {
            throw GitError(.corrupt(what: path))
        }
        return "pack-\(String(cString: name))"
    }

    private func insert(
        _ pack: String,
        into builder: borrowing GitHandle<PackBuilderKind>
    ) throws(GitError) {
        let file = "\(folder)/\(pack)"
        let database = try GitHandle<DatabaseKind>(orThrow: .corrupt(what: file)) { out in
            var backend: OpaquePointer?
            let code = git_odb_backend_one_pack(&backend, "\(file).idx")
            if code < 0 { return code }
            let made = git_odb_new(&out)
            // Once it is added, the database frees it.
            return made < 0 ? made : git_odb_add_backend(out, backend, 1)
        }
        let code = git_odb_foreach(
            database.pointer,
            { id, builder in
                guard let builder else { return GIT_ERROR.rawValue }
                return git_packbuilder_insert(OpaquePointer(builder), id, nil)
            },
            UnsafeMutableRawPointer(builder.pointer)
        )
        try check(code)
    }

    /// What cannot be read is damaged, and the mirror is made anew; a disk that is full is not.
    private func check(_ code: Int32) throws(GitError) {
        if code >= 0 { return }
        let cause = LibGit2.lastCause(code)
        switch git_error_t(rawValue: UInt32(cause.category)) {
        case GIT_ERROR_OS, GIT_ERROR_FILESYSTEM:
            throw GitError(.cacheUnusable(path: path, why: cause.message), cause: cause)
        default: throw GitError(.corrupt(what: path), cause: cause)
        }
    }

    /// Removes the pack before its index: an index that stays alone is cleared away.
    private func remove(_ pack: String) throws(GitError) {
        for ending in ["pack", "idx"] {
            guard unlink("\(folder)/\(pack).\(ending)") == 0 || errno == ENOENT else {
                throw RemoteMirror.unusable(path)
            }
        }
    }
}
