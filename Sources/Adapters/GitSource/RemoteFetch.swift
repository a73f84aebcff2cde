/// Reads a repository of another host: fetches it into its mirror, then shows the mirror's commit.
struct RemoteFetch: Sendable {
    private let remote: RemoteAddress
    private let options: GitOptions

    init(of remote: RemoteAddress, options: GitOptions) {
        self.remote = remote
        self.options = options
    }

    /// The fleet at the revision of the options. Cancelling the task gives the fetch up.
    func tree(of folder: String, on thread: GitThread) async throws(GitError) -> CommitTree {
        let watch = FetchWatch(options.patience)
        let result = await withTaskCancellationHandler {
            await thread.run { () throws(GitError) -> CommitTree in
                try fetched(folder, watch, on: thread)
            }
        } onCancel: {
            watch.cancel()
        }
        return try result.get()
    }

    private func fetched(
        _ folder: String,
        _ watch: FetchWatch,
        on thread: GitThread
    ) throws(GitError) -> CommitTree {
        try LibGit2.start()
        let mirror = try RemoteMirror(of: remote, in: options.cacheDirectory)
        return try mirror.lock(watch).holding { () throws(GitError) in
            try healed(mirror, folder, watch, on: thread)
        }
    }

    private func healed(
        _ mirror: RemoteMirror,
        _ folder: String,
        _ watch: FetchWatch,
        on thread: GitThread
    ) throws(GitError) -> CommitTree {
        do throws(GitError) {
            return try attempt(mirror, folder, watch, on: thread)
        } catch {
            // A mirror whose own tip cannot be read was damaged, by a power cut for instance. It
            // holds nothing that cannot be had again, so it is made anew, once.
            guard case .corrupt = error.reason else { throw error }
            try mirror.discard()
            return try attempt(mirror, folder, watch, on: thread)
        }
    }

    private func attempt(
        _ mirror: RemoteMirror,
        _ folder: String,
        _ watch: FetchWatch,
        on thread: GitThread
    ) throws(GitError) -> CommitTree {
        let repository = try mirror.open()
        try RemoteSession(remote, options, watch).update(repository, at: mirror.path)
        let lookup = ReferenceLookup(in: repository, location: remote.location)
        let resolved = try lookup.resolve(options.reference)
        return try CommitTree(repository, at: resolved, folder: folder, on: thread)
    }
}
