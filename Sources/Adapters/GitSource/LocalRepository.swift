internal import CGit2
import Glibc

/// Repositories on this machine, which are read in place.
enum LocalRepository {
    /// Finds the repository at a path or above it, and shows the fleet in it at a revision.
    static func tree(
        at path: String,
        folder: String,
        reference: String?,
        on thread: GitThread
    ) throws(GitError) -> CommitTree {
        try LibGit2.start()
        let base = try FilePath.resolved(path)
        let repository = try discover(base)
        let inside = try self.folder(of: base, in: repository)
        let root = [inside, folder].filter { !$0.isEmpty }.joined(separator: "/")
        let resolved = try ReferenceLookup(in: repository, location: base).resolve(reference)
        return try CommitTree(repository, at: resolved, folder: root, on: thread)
    }

    private static func discover(_ path: String) throws(GitError) -> GitHandle<RepositoryKind> {
        var found: OpaquePointer?
        let code = git_repository_open_ext(
            &found,
            path,
            GIT_REPOSITORY_OPEN_CROSS_FS.rawValue,
            nil
        )
        let reason: GitError.Reason =
            code == GIT_ENOTFOUND.rawValue
            ? .notARepository(path: path) : .failed(what: "open the repository at \(path)")
        return try GitHandle(orThrow: reason) { out in
            out = found
            return code
        }
    }

    /// Where a path lies below the top of the repository that was found for it.
    private static func folder(
        of path: String,
        in repository: borrowing GitHandle<RepositoryKind>
    ) throws(GitError) -> String {
        let gitFolder = try FilePath.resolved(
            String(cString: git_repository_path(repository.pointer))
        )
        if path == gitFolder { return "" }
        // A folder inside a bare repository or inside `.git` is no place in the fleet.
        guard let top = git_repository_workdir(repository.pointer),
            !path.hasPrefix(gitFolder + "/")
        else { throw GitError(.notARepository(path: path)) }
        let worktree = try FilePath.resolved(String(cString: top))
        if path == worktree { return "" }
        let prefix = worktree == "/" ? worktree : worktree + "/"
        guard path.hasPrefix(prefix) else { throw GitError(.notARepository(path: path)) }
        return String(path.dropFirst(prefix.count))
    }
}

/// Paths of the file system.
enum FilePath {
    /// The absolute path without links, dots or a slash at its end.
    /// - Throws: ``GitError/Reason/unreadable(path:why:)`` when there is nothing there.
    static func resolved(_ path: String) throws(GitError) -> String {
        guard let real = realpath(path, nil) else { throw unreadable(path) }
        defer { free(real) }
        return String(cString: real)
    }

    /// The error for a system call on this thread that has just failed.
    static func unreadable(_ path: String) -> GitError {
        let code = errno
        let why = String(cString: strerror(code))
        return GitError(
            .unreadable(path: path, why: why),
            cause: GitError.Cause(library: "errno", code: Int(code), category: 0, message: why)
        )
    }
}
