internal import CGit2

/// Which `git_…_free` belongs to a kind of handle.
protocol GitHandleKind {
    static func free(_ pointer: OpaquePointer)
}

/// The one owner of a libgit2 object: it is freed when the owner goes.
struct GitHandle<Kind: GitHandleKind>: ~Copyable {
    let pointer: OpaquePointer

    /// Takes what a call hands out through its first argument.
    init(
        orThrow reason: @autoclosure () -> GitError.Reason,
        _ make: (inout OpaquePointer?) -> Int32
    ) throws(GitError) {
        var made: OpaquePointer?
        try LibGit2.check(make(&made), reason())
        guard let made else { throw GitError(reason()) }
        pointer = made
    }

    deinit {
        Kind.free(pointer)
    }
}

enum RepositoryKind: GitHandleKind {
    static func free(_ pointer: OpaquePointer) { git_repository_free(pointer) }
}

enum DatabaseKind: GitHandleKind {
    static func free(_ pointer: OpaquePointer) { git_odb_free(pointer) }
}

enum DatabaseObjectKind: GitHandleKind {
    static func free(_ pointer: OpaquePointer) { git_odb_object_free(pointer) }
}

enum ReferenceKind: GitHandleKind {
    static func free(_ pointer: OpaquePointer) { git_reference_free(pointer) }
}

enum ObjectKind: GitHandleKind {
    static func free(_ pointer: OpaquePointer) { git_object_free(pointer) }
}

enum IndexKind: GitHandleKind {
    static func free(_ pointer: OpaquePointer) { git_index_free(pointer) }
}

enum PackBuilderKind: GitHandleKind {
    static func free(_ pointer: OpaquePointer) { git_packbuilder_free(pointer) }
}

enum RemoteKind: GitHandleKind {
    static func free(_ pointer: OpaquePointer) { git_remote_free(pointer) }
}
