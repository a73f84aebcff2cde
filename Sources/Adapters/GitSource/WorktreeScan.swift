import Glibc

/// Takes the snapshot of a work tree: walks the folders, hashes the files, and computes each
/// folder's id as `git write-tree` would if everything were added.
///
/// Files are hashed as they are on disk: where a clean filter (`core.autocrlf`, `.gitattributes`)
/// would change them, the ids differ from git's, and so does what is read.
struct WorktreeScan: ~Copyable {
    private let repository: WorktreeRepository?

    /// Leaves out what the repository ignores; nil ignores nothing.
    init(ignoring repository: consuming WorktreeRepository?) {
        self.repository = repository
    }

    /// The snapshot of a fleet root.
    /// - Throws: When the root itself cannot be read. What is wrong further down is part of the
    ///   snapshot.
    func folder(at base: String) throws(GitError) -> WorktreeNode.Folder {
        try folder(Place(disk: base, path: ""), depth: 0)
    }

    /// Where the walk is: the path on disk, and the path from the fleet root.
    private struct Place {
        let disk: String
        let path: String

        func child(_ name: String) -> Place {
            Place(disk: "\(disk)/\(name)", path: path.isEmpty ? name : "\(path)/\(name)")
        }
    }

    private func folder(_ place: Place, depth: Int) throws(GitError) -> WorktreeNode.Folder {
        var children: [(record: TreeRecord, name: String, node: WorktreeNode)] = []
        for bytes in try DiskFolder.names(at: place.disk, shownAs: place.path) {
            let name = String(decoding: bytes, as: UTF8.self)
            guard let found = child(bytes, place.child(name), depth: depth + 1) else { continue }
            let record = TreeRecord(mode: found.mode, name: bytes, id: found.node.id)
            children.append((record, name, found.node))
        }
        children.sort { TreeRecord.precedes($0.record, $1.record) }
        return WorktreeNode.Folder(
            id: TreeRecord.treeID(children.map(\.record)),
            children: children.map { ($0.name, $0.node) }
        )
    }

    private typealias Found = (mode: TreeRecord.Mode, node: WorktreeNode)

    /// What stands under a name; nil for what is not part of the fleet.
    private func child(_ name: [UInt8], _ place: Place, depth: Int) -> Found? {
        if name.elementsEqual(".git".utf8) { return nil }
        var isFolder = false
        do {
            let status = try DiskStatus(of: place.disk, shownAs: place.path)
            isFolder = status.kind == .folder
            if repository?.ignores(place.disk, isFolder: isFolder) == true { return nil }
            // Only now: a name that is ignored may be as odd as it likes.
            _ = try PathRules.child(name, of: "")
            return try node(status, place, depth: depth)
        } catch {
            return (isFolder ? .folder : .file, .refused(error, isFolder: isFolder))
        }
    }

    private func node(
        _ status: DiskStatus,
        _ place: Place,
        depth: Int
    ) throws(GitError) -> Found? {
        switch status.kind {
        case .file:
            let file = try DiskFile(at: place.disk, shownAs: place.path)
            let bytes = try file.contents(limit: SourceLimits.bytesPerHashedFile)
            let node = WorktreeNode.file(id: TreeRecord.blobID(bytes), size: bytes.count)
            return (status.isExecutable ? .executable : .file, node)
        case .symlink:
            let target = try DiskFile.linkTarget(at: place.disk, shownAs: place.path)
            return (.symlink, .symlink(id: TreeRecord.blobID(target)))
        case .folder: return try subfolder(place, depth: depth)
        case .other: throw GitError(.refusedPath(path: place.path, why: Refusal.notAFile))
        }
    }

    private func subfolder(_ place: Place, depth: Int) throws(GitError) -> Found? {
        if access("\(place.disk)/.git", F_OK) == 0 {
            let id = repository?.submoduleID(place.disk) ?? .zero
            return (.submodule, .submodule(id: id))
        }
        guard depth < SourceLimits.depth else {
            throw GitError(.refusedPath(path: place.path, why: Refusal.tooDeep))
        }
        let folder = try folder(place, depth: depth)
        // Git has no empty folders, so neither has the snapshot.
        return folder.children.isEmpty ? nil : (.folder, .folder(folder))
    }
}

extension WorktreeNode {
    /// The id for the record of this name in its folder.
    fileprivate var id: ObjectID { entry(at: "").id }
}
