/// A fleet that is looked at again and again.
public protocol PolledSource: Sendable {
    /// The fleet as its source has it now.
    ///
    /// While the source stands at one revision, this is the same view each time.
    /// - Throws: ``GitError``; ``GitError/isTransient`` says whether it may mend itself.
    func poll() async throws(GitError) -> any SourceTree

    /// The fleet at another revision of the source, such as one to return to.
    /// - Throws: as ``poll()``.
    func tree(at reference: String) async throws(GitError) -> any SourceTree
}

/// Polls a git repository: one on disk by looking at its references, one on another host by asking
/// what it has, and fetching only where that has moved.
public actor GitPoller: PolledSource {
    private let address: SourceAddress
    private let options: GitOptions
    private var head: (any SourceTree)?
    /// The last revision that was asked for by name: a pinned fleet asks for the same one each
    /// time.
    private var named: (reference: String, tree: any SourceTree)?

    /// - Parameter options: ``GitOptions/reference`` names the branch to follow; nil follows HEAD.
    public init(_ address: SourceAddress, options: GitOptions) {
        self.address = address
        self.options = options
    }

    /// The fleet as the repository has it now; the same view while that stands still.
    public func poll() async throws(GitError) -> any SourceTree {
        let found = try await GitSource.open(address, options: options)
        // The view that is known holds the repository open, and its packs mapped.
        if let head, head.revision == found.revision { return head }
        head = found
        return found
    }

    /// The fleet at another revision; the same view while one commit is asked for.
    public func tree(at reference: String) async throws(GitError) -> any SourceTree {
        if let named, named.reference == reference, Self.isCommit(reference) { return named.tree }
        var options = options
        options.reference = reference
        let tree = try await GitSource.open(address, options: options)
        named = (reference, tree)
        return tree
    }

    /// Only a commit's id stands for the same revision each time.
    private static func isCommit(_ reference: String) -> Bool {
        ObjectID(hex: Revision.commitText(in: reference).map(String.init) ?? reference) != nil
    }
}

/// Polls the files of a work tree as they are on disk.
public struct WorktreePoller: PolledSource {
    private let address: SourceAddress

    /// - Parameter address: a folder of this machine.
    public init(_ address: SourceAddress) { self.address = address }

    /// The fleet as its files are now.
    public func poll() async throws(GitError) -> any SourceTree {
        try await GitSource.openWorktree(address)
    }

    /// Files on disk have no other revision.
    /// - Throws: ``GitError/Reason/referenceNotFound(name:near:)``.
    public func tree(at reference: String) async throws(GitError) -> any SourceTree {
        throw GitError(.referenceNotFound(name: reference, near: []))
    }
}
