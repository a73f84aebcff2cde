/// Reads a fleet from git: from a repository on disk, from another host, or from the files of a
/// work tree.
///
/// Owns libgit2, the mirrors in the cache directory, and the identity of what was read (commit and
/// object ids). It never writes into a source, never checks files out, never runs a program, never
/// follows a link out of the fleet, and never looks inside a file: what the bytes mean is
/// `ManifestLoading`'s business.
///
/// libgit2 blocks, so every call to it happens on a ``GitThread``.
public enum GitSource {
    /// Opens the revision that the options name, fetching a remote source first.
    ///
    /// A local repository is read in place. A remote one is fetched into its mirror below
    /// ``GitOptions/cacheDirectory``; it is an error if that fails, even where the mirror holds an
    /// older state.
    /// - Throws: ``GitError``; each reason says what to do.
    public static func open(
        _ address: SourceAddress,
        options: GitOptions
    ) async throws(GitError) -> any SourceTree {
        let thread = GitThread()
        switch address.place {
        case .local(let path):
            return try await thread.run { () throws(GitError) -> CommitTree in
                try LocalRepository.tree(
                    at: path,
                    folder: address.folder,
                    reference: options.reference,
                    on: thread
                )
            }.get()
        case .remote(let remote):
            let fetch = RemoteFetch(of: remote, options: options)
            return try await fetch.tree(of: address.folder, on: thread)
        }
    }

    /// Opens the files below an address as they are on disk; see ``openWorktree(path:)``.
    /// - Throws: ``GitError/Reason/invalidAddress(text:why:)`` for an address on another host, and
    ///   what ``openWorktree(path:)`` throws.
    public static func openWorktree(
        _ address: SourceAddress
    ) async throws(GitError) -> any SourceTree {
        guard case .local(let path) = address.place else {
            let why = "only a local folder can be read with --worktree"
            throw GitError(.invalidAddress(text: address.description, why: why))
        }
        return try await openWorktree(
            path: address.folder.isEmpty ? path : "\(path)/\(address.folder)"
        )
    }

    /// Opens the files below a folder as they are on disk: changed and untracked ones included,
    /// those that git ignores left out. A folder in no repository is read whole.
    ///
    /// The view is a snapshot of ids, taken now; contents are read when asked for, and a file that
    /// has changed since is an error. The user's own ignore file is not applied, so that everybody
    /// sees the same fleet.
    /// - Throws: ``GitError/Reason/unreadable(path:why:)`` when the folder cannot be read.
    public static func openWorktree(path: String) async throws(GitError) -> any SourceTree {
        let thread = GitThread()
        return try await thread.run { () throws(GitError) -> WorktreeTree in
            try WorktreeTree(at: path, on: thread)
        }.get()
    }
}
