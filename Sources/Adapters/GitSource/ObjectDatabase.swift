internal import CGit2

/// The object database of one repository: reads by id, nothing else.
struct ObjectDatabase: ~Copyable {
    private let handle: GitHandle<DatabaseKind>

    init(of repository: borrowing GitHandle<RepositoryKind>) throws(GitError) {
        let pointer = repository.pointer
        handle = try GitHandle(orThrow: .corrupt(what: "the object database")) {
            git_repository_odb(&$0, pointer)
        }
    }

    /// The size of a blob, without reading its contents.
    func size(ofBlob id: ObjectID, at path: String) throws(GitError) -> Int {
        var (oid, size, kind) = (id.oid, 0, GIT_OBJECT_INVALID)
        let code = git_odb_read_header(&size, &kind, handle.pointer, &oid)
        guard code == 0 else {
            throw LibGit2.failure(.corrupt(what: Self.shown(path, id)), code: code)
        }
        guard kind == GIT_OBJECT_BLOB else { throw Self.wrongKind(path, id) }
        return size
    }

    /// The contents of a blob: one look-up and one copy.
    func contents(ofBlob id: ObjectID, at path: String) throws(GitError) -> [UInt8] {
        try read(id, kind: GIT_OBJECT_BLOB, at: path) { bytes in [UInt8](bytes) }
    }

    /// The names in a tree.
    func tree(_ id: ObjectID, at path: String) throws(GitError) -> [TreeRecord] {
        let records = try read(id, kind: GIT_OBJECT_TREE, at: path) { bytes in
            TreeRecord.parse(bytes)
        }
        guard let records else { throw GitError(.corrupt(what: Self.shown(path, id))) }
        guard records.count <= SourceLimits.namesPerFolder else {
            throw GitError(.refusedPath(path: path, why: Refusal.tooManyNames))
        }
        return records
    }

    private func read<Value>(
        _ id: ObjectID,
        kind: git_object_t,
        at path: String,
        _ body: (UnsafeRawBufferPointer) -> Value
    ) throws(GitError) -> Value {
        var (oid, object) = (id.oid, OpaquePointer?.none)
        let code = git_odb_read(&object, handle.pointer, &oid)
        guard code == 0, let object else {
            throw LibGit2.failure(.corrupt(what: Self.shown(path, id)), code: code)
        }
        defer { git_odb_object_free(object) }
        guard git_odb_object_type(object) == kind else { throw Self.wrongKind(path, id) }
        return body(
            UnsafeRawBufferPointer(
                start: git_odb_object_data(object),
                count: git_odb_object_size(object)
            )
        )
    }

    private static func wrongKind(_ path: String, _ id: ObjectID) -> GitError {
        GitError(
            .corrupt(what: "\(shown(path, id)), which is of another kind than its folder says,")
        )
    }

    private static func shown(_ path: String, _ id: ObjectID) -> String {
        "\(path.isEmpty ? "the fleet's folder" : path) (\(id))"
    }
}
