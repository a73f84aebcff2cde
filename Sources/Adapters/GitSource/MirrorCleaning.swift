import Glibc

/// Clears away what a process that was killed during a fetch has left in a mirror. Only for the
/// holder of its lock.
struct MirrorCleaning {
    private let path: String

    init(of path: String) {
        self.path = path
    }

    /// Removes lock files, half-written packs, indexes without their pack, and references outside
    /// ``ReferenceTable``, which would hide what is in it.
    func run() throws(GitError) {
        for name in try names(in: path) where name.hasSuffix(".lock") || name.hasSuffix(".new") {
            try unlinked("\(path)/\(name)")
        }
        let references = "\(path)/refs"
        for name in access(references, F_OK) == 0 ? try names(in: references) : [] {
            try Self.remove("\(references)/\(name)")
        }
        try removeHalfPacks()
    }

    private func removeHalfPacks() throws(GitError) {
        let folder = "\(path)/objects/pack"
        guard access(folder, F_OK) == 0 else { return }
        let names = Set(try names(in: folder))
        for name in names {
            let isPack = name.hasPrefix("pack-") && name.hasSuffix(".pack")
            let isIndex = name.hasPrefix("pack-") && name.hasSuffix(".idx")
            let hasPack = isIndex && names.contains("\(name.dropLast(4)).pack")
            if !isPack && !hasPack { try unlinked("\(folder)/\(name)") }
        }
    }

    private func names(in folder: String) throws(GitError) -> [String] {
        try DiskFolder.names(at: folder, shownAs: folder).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    private func unlinked(_ path: String) throws(GitError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw RemoteMirror.unusable(path) }
    }

    /// Removes a file or folder of the cache and all below it, without following links.
    static func remove(_ path: String) throws(GitError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard try DiskStatus(of: path, shownAs: path).kind == .folder else {
            guard unlink(path) == 0 else { throw RemoteMirror.unusable(path) }
            return
        }
        for name in try DiskFolder.names(at: path, shownAs: path) {
            try remove("\(path)/\(String(decoding: name, as: UTF8.self))")
        }
        guard rmdir(path) == 0 else { throw RemoteMirror.unusable(path) }
    }
}
