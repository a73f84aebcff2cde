import CGit2

/// The manifests of a commit, read with libgit2.
struct GitBlobs: ~Copyable {
    private var repository: OpaquePointer?
    private var database: OpaquePointer?
    private var tree: OpaquePointer?

    init(repository path: String, branch: String) throws {
        git_libgit2_init()
        try Self.check(git_repository_open_bare(&repository, path))
        try Self.check(git_repository_odb(&database, repository))
        try Self.check(git_revparse_single(&tree, repository, "\(branch)^{tree}"))
    }

    deinit {
        git_object_free(tree)
        git_odb_free(database)
        git_repository_free(repository)
        git_libgit2_shutdown()
    }

    /// The ids of all YAML files, in the order of their paths.
    func manifests() throws -> [git_oid] {
        var found: [git_oid] = []
        try withUnsafeMutablePointer(to: &found) { found in
            try Self.check(
                git_tree_walk(
                    tree,
                    GIT_TREEWALK_PRE,
                    { _, entry, found in
                        guard let name = git_tree_entry_name(entry),
                            let id = git_tree_entry_id(entry)
                        else { return 0 }
                        if String(cString: name).hasSuffix(".yaml") {
                            found?.assumingMemoryBound(to: [git_oid].self).pointee.append(
                                id.pointee
                            )
                        }
                        return 0
                    },
                    found
                )
            )
        }
        return found
    }

    /// A blob, inflated.
    func read(_ id: git_oid) throws -> Blob {
        var (id, object) = (id, OpaquePointer?.none)
        try Self.check(git_odb_read(&object, database, &id))
        return Blob(object: object)
    }

    /// The owner of an inflated blob.
    struct Blob: ~Copyable {
        fileprivate let object: OpaquePointer?

        var bytes: UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(
                start: git_odb_object_data(object),
                count: git_odb_object_size(object)
            )
        }

        deinit { git_odb_object_free(object) }
    }

    private static func check(_ code: Int32) throws {
        if code < 0 { throw FloorFailure(library: "libgit2", code: code) }
    }
}

/// A library refused what the floor asked of it.
struct FloorFailure: Error, CustomStringConvertible {
    let library: String
    let code: Int32

    var description: String { "\(library) ended the floor's work with code \(code)" }
}
