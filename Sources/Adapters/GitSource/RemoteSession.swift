internal import CGit2
import Glibc

/// One fetch: brings a mirror's references and objects to the state of the remote.
///
/// libgit2 calls back into this object, on the thread that called libgit2. A callback that fails
/// keeps its error in ``failure`` and returns a code; nothing is thrown through C.
final class RemoteSession {
    let remote: RemoteAddress
    let options: GitOptions
    let watch: FetchWatch
    /// The first error that a callback met; it says more than what libgit2 makes of it.
    private(set) var failure: GitError?
    /// Whether the SSH key was offered already; libgit2 asks again after a refusal.
    var hasOfferedKey = false

    init(_ remote: RemoteAddress, _ options: GitOptions, _ watch: FetchWatch) {
        self.remote = remote
        self.options = options
        self.watch = watch
    }

    /// Keeps an error for the caller of libgit2 and returns the code that stops libgit2.
    func fail(_ error: GitError) -> Int32 {
        if failure == nil { failure = error }
        git_error_set_str(Int32(GIT_ERROR_CALLBACK.rawValue), "refused by the caller")
        return GIT_EUSER.rawValue
    }

    /// Fetches everything and moves every reference of the mirror, HEAD included.
    func update(
        _ mirror: borrowing GitHandle<RepositoryKind>,
        at path: String
    ) throws(GitError) {
        let stallGuard = try remote.scheme == .ssh ? sshGuard() : nil
        let handle = try makeRemote(mirror, path)
        try withExtendedLifetime(stallGuard) { () throws(GitError) in
            try connect(handle)
            defer { git_remote_disconnect(handle.pointer) }
            try download(handle, path)
            try move(mirror, handle, path)
        }
    }

    private func sshGuard() throws(GitError) -> ConnectionGuard {
        // libgit2 looks for a known-hosts file there before it asks us, and gives up without the
        // variable.
        guard getenv("HOME") != nil else {
            throw GitError(.failed(what: "start SSH, because the variable HOME is not set"))
        }
        watch.notice()
        return try ConnectionGuard(host: remote.host, port: remote.port ?? Self.sshPort, watch)
    }

    private static let sshPort = 22

    private func makeRemote(
        _ mirror: borrowing GitHandle<RepositoryKind>,
        _ path: String
    ) throws(GitError) -> GitHandle<RemoteKind> {
        let (repository, url) = (mirror.pointer, remote.location)
        let reason = GitError.Reason.cacheUnusable(path: path, why: "the fetch cannot be set up")
        return try GitHandle(orThrow: reason) { out in
            var options = git_remote_create_options()
            git_remote_create_options_init(&options, UInt32(GIT_REMOTE_CREATE_OPTIONS_VERSION))
            options.repository = repository
            options.flags = GIT_REMOTE_CREATE_SKIP_INSTEADOF.rawValue
            return Self.everything.withCString { everything in
                options.fetchspec = everything
                return git_remote_create_with_opts(&out, url, &options)
            }
        }
    }

    /// Every reference, moved even where it was forced.
    private static let everything = "+refs/*:refs/*"

    private func connect(_ handle: borrowing GitHandle<RemoteKind>) throws(GitError) {
        var options = git_remote_connect_options()
        git_remote_connect_options_init(
            &options,
            UInt32(GIT_REMOTE_CONNECT_OPTIONS_VERSION)
        )
        options.callbacks = callbacks()
        options.proxy_opts.type = GIT_PROXY_NONE
        options.follow_redirects = GIT_REMOTE_REDIRECT_NONE
        try check(git_remote_connect_ext(handle.pointer, GIT_DIRECTION_FETCH, &options), path: nil)
    }

    private func download(
        _ handle: borrowing GitHandle<RemoteKind>,
        _ path: String
    ) throws(GitError) {
        var options = git_fetch_options()
        git_fetch_options_init(&options, UInt32(GIT_FETCH_OPTIONS_VERSION))
        options.callbacks = callbacks()
        options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE
        options.proxy_opts.type = GIT_PROXY_NONE
        try check(git_remote_download(handle.pointer, nil, &options), path: path)
    }

    /// Gives the mirror the references of the remote, HEAD included.
    private func move(
        _ mirror: borrowing GitHandle<RepositoryKind>,
        _ handle: borrowing GitHandle<RemoteKind>,
        _ path: String
    ) throws(GitError) {
        var (first, count) = (UnsafeMutablePointer<UnsafePointer<git_remote_head>?>?.none, 0)
        try check(git_remote_ls(&first, &count, handle.pointer), path: path)
        let heads = UnsafeBufferPointer(start: first, count: count)
        try ReferenceTable(heads).write(to: path)
        try check(moveHead(mirror, handle, heads), path: path)
    }

    /// Lets the mirror's HEAD say what the remote's says: a branch, or a commit when it is
    /// detached.
    private func moveHead(
        _ mirror: borrowing GitHandle<RepositoryKind>,
        _ handle: borrowing GitHandle<RemoteKind>,
        _ heads: UnsafeBufferPointer<UnsafePointer<git_remote_head>?>
    ) -> Int32 {
        var branch = git_buf()
        defer { git_buf_dispose(&branch) }
        if git_remote_default_branch(&branch, handle.pointer) == 0 {
            return git_repository_set_head(mirror.pointer, branch.ptr)
        }
        // The protocol announces HEAD first, and not at all when it leads nowhere; whoever asks for
        // it is told so.
        guard let head = heads.first ?? nil, strcmp(head.pointee.name, "HEAD") == 0 else {
            return git_repository_set_head(mirror.pointer, Self.noHead)
        }
        var id = head.pointee.oid
        return git_repository_set_head_detached(mirror.pointer, &id)
    }

    /// A branch that cannot be: its name is refused by every forge and by `git branch`.
    private static let noHead = "refs/heads/HEAD"

    private func check(_ code: Int32, path: String?) throws(GitError) {
        if code >= 0 { return }
        let cause = LibGit2.lastCause(code)
        if let known = failure ?? (remote.scheme == .ssh ? watch.ending(of: remote.authority) : nil)
        {
            throw known
        }
        throw FetchFailure.error(for: cause, of: remote, mirror: path)
    }
}
