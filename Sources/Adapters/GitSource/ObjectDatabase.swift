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

    /// What differs between two states of a folder; nil where the older one is not there any more,
    /// such as after a history that was forced away.
    func changes(
        from old: ObjectID,
        to new: ObjectID,
        at path: String
    ) throws(GitError) -> TreeComparison? {
        if old != new, !holds(old) { return nil }
        let before = try object(old, kind: GIT_OBJECT_TREE, at: path)
        let after = try object(new, kind: GIT_OBJECT_TREE, at: path)
        let comparison = before.withBytes { before in
            after.withBytes { TreeComparison(from: before, to: $0) }
        }
        guard let comparison else { throw GitError(.corrupt(what: Self.shown(path, new))) }
        return comparison
    }

    private func holds(_ id: ObjectID) -> Bool {
        var oid = id.oid
        return git_odb_exists(handle.pointer, &oid) == 1
    }

    private func read<Value>(
        _ id: ObjectID,
        kind: git_object_t,
        at path: String,
        _ body: (UnsafeRawBufferPointer) -> Value
    ) throws(GitError) -> Value {
        try object(id, kind: kind, at: path).withBytes(body)
    }

    private func object(
        _ id: ObjectID,
        kind: git_object_t,
        at path: String
    ) throws(GitError) -> RawObject {
        var oid = id.oid
        let database = handle.pointer
        let object = RawObject(
            try GitHandle(orThrow: .corrupt(what: Self.shown(path, id))) {
                git_odb_read(&$0, database, &oid)
            }
        )
        guard object.kind == kind else { throw Self.wrongKind(path, id) }
        return object
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

/// The bytes of an object, for as long as this value lives.
private struct RawObject: ~Copyable {
    private let handle: GitHandle<DatabaseObjectKind>

    init(_ handle: consuming GitHandle<DatabaseObjectKind>) { self.handle = handle }

    var kind: git_object_t { git_odb_object_type(handle.pointer) }

    borrowing func withBytes<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        body(
            UnsafeRawBufferPointer(
                start: git_odb_object_data(handle.pointer),
                count: git_odb_object_size(handle.pointer)
            )
        )
    }
}
