internal import CGit2
import Glibc

/// The bare copy of a remote repository in the cache directory: `<cache>/<hash of its address>/`.
///
/// Whoever changes it holds its lock, so everything unfinished in it was left by a process that is
/// gone, and is cleared away before the next fetch.
struct RemoteMirror {
    /// The folder of the copy.
    let path: String
    private let lockPath: String
    private let shown: String

    /// Names the mirror of an address, and makes the cache directory.
    init(of remote: RemoteAddress, in cache: String) throws(GitError) {
        try Self.makeFolder(cache)
        let base = try Self.cacheError(cache) { () throws(GitError) in try FilePath.resolved(cache)
        }
        let name = TreeRecord.blobID(Array(remote.location.utf8)).description
        path = "\(base)/\(name)"
        lockPath = "\(base)/\(name).lock"
        shown = "\(path) (the mirror of \(remote.location))"
    }

    /// Waits until no other process works on the mirror.
    func lock(_ watch: FetchWatch) throws(GitError) -> MirrorLock {
        try MirrorLock(at: lockPath, shownAs: shown, watch)
    }

    /// Opens the copy, clearing away what a killed process has left; makes it where there is none
    /// or a broken one.
    func open() throws(GitError) -> GitHandle<RepositoryKind> {
        if access(path, F_OK) == 0 {
            try MirrorCleaning(of: path).run()
            // Why it does not open does not matter: it holds nothing that cannot be had again.
            if let repository = try? opened() {
                try PackGathering(of: path).run()
                return repository
            }
            try discard()
        }
        return try create()
    }

    /// Moves the copy out of the way and removes it.
    func discard() throws(GitError) {
        // A process that still reads from it keeps its open files.
        try MirrorCleaning.remove("\(path).old")
        guard rename(path, "\(path).old") == 0 || errno == ENOENT else { throw Self.unusable(path) }
        try MirrorCleaning.remove("\(path).old")
    }

    private func opened() throws(GitError) -> GitHandle<RepositoryKind> {
        let path = path
        return try GitHandle(orThrow: .corrupt(what: shown)) { git_repository_open_bare(&$0, path) }
    }

    /// Makes an empty copy aside and moves it into place, so that there is never half of one.
    private func create() throws(GitError) -> GitHandle<RepositoryKind> {
        let draft = "\(path).new"
        try MirrorCleaning.remove(draft)
        var made: OpaquePointer?
        let code = git_repository_init(&made, draft, 1)
        git_repository_free(made)
        if code < 0 {
            let cause = LibGit2.lastCause(code)
            throw GitError(.cacheUnusable(path: path, why: cause.message), cause: cause)
        }
        guard rename(draft, path) == 0 else { throw Self.unusable(path) }
        return try opened()
    }

    /// Readable by its owner only: a mirror holds what the credential was needed for.
    private static func makeFolder(_ path: String) throws(GitError) {
        var made = path.hasPrefix("/") ? "" : "."
        for name in path.split(separator: "/") {
            made += "/\(name)"
            guard mkdir(made, 0o700) == 0 || errno == EEXIST else { throw unusable(path) }
        }
    }

    /// The error for a system call on the cache that has just failed.
    static func unusable(_ path: String) -> GitError {
        let error = FilePath.unreadable(path)
        return GitError(
            .cacheUnusable(path: path, why: error.cause?.message ?? "unknown"),
            cause: error.cause
        )
    }

    private static func cacheError<Value>(
        _ path: String,
        _ body: () throws(GitError) -> Value
    ) throws(GitError) -> Value {
        do {
            return try body()
        } catch {
            throw GitError(
                .cacheUnusable(path: path, why: error.cause?.message ?? "unknown"),
                cause: error.cause
            )
        }
    }
}

/// An exclusive `flock(2)` on a file beside the mirror. The kernel drops it when its process dies,
/// so it is never stale.
struct MirrorLock: ~Copyable {
    private let descriptor: Int32

    /// How long to sleep between attempts, in microseconds: short against any fetch.
    private static let retryInterval: UInt32 = 50_000

    init(at path: String, shownAs shown: String, _ watch: FetchWatch) throws(GitError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw RemoteMirror.unusable(path) }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw RemoteMirror.unusable(path) }
            guard watch.goesOn else {
                throw watch.isOver ? GitError(.cacheBusy(path: shown)) : GitError(.cancelled)
            }
            usleep(Self.retryInterval)
        }
    }

    /// Does some work before the next process is let in.
    borrowing func holding<Value>(_ body: () throws(GitError) -> Value) throws(GitError) -> Value {
        try body()
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}
