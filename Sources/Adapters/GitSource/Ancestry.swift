internal import CGit2

/// Which commit came before which, in the history of one repository.
struct Ancestry: ~Copyable {
    private let repository: OpaquePointer

    /// Looks in a repository that outlives this value.
    init(in repository: borrowing GitHandle<RepositoryKind>) {
        self.repository = repository.pointer
    }

    /// Whether one commit came before another; nil where the repository does not hold both.
    func isAncestor(_ commit: ObjectID, of other: ObjectID) throws(GitError) -> Bool? {
        guard isCommit(commit), isCommit(other) else { return nil }
        var (earlier, later) = (commit.oid, other.oid)
        let code = git_graph_descendant_of(repository, &later, &earlier)
        // A shallow or damaged history ends before it says.
        if code == GIT_ENOTFOUND.rawValue { return nil }
        try LibGit2.check(code, .corrupt(what: "the history of \(other)"))
        return code == 1
    }

    private func isCommit(_ id: ObjectID) -> Bool {
        var (oid, found) = (id.oid, OpaquePointer?.none)
        guard git_commit_lookup(&found, repository, &oid) == 0 else { return false }
        git_commit_free(found)
        return true
    }
}
