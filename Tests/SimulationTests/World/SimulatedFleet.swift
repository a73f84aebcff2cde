import GitSource

/// One commit of a simulated repository, with what fails when it is read.
struct SimulatedFleet: SourceTree {
    /// The commit's number in the history.
    let number: Int
    let folders: SimulatedFolders
    /// The tenants' folders of every commit, by the id of the folder that holds them.
    let listings: [ObjectID: [SourceEntry]]
    /// The history, oldest first.
    let commits: [ObjectID]
    let faults: SourceFaults

    var revision: Revision { Revision(name: "main", commit: commits[number]) }

    func list(_ folder: String) async throws(GitError) -> [SourceEntry] {
        if faults.listings.contains(folder) {
            throw GitError(.unreachable(host: "git.example", why: "simulated"))
        }
        return folders.list(folder)
    }

    func changes(in folder: String, since id: ObjectID) async throws(GitError) -> FolderChange? {
        guard let before = listings[id], let own = folders.id(of: folder) else { return nil }
        let now = try await list(folder)
        let kept = Set(now.map(\.name))
        return FolderChange(
            id: own,
            changed: now.filter { !before.contains($0) },
            removed: before.map(\.name).filter { !kept.contains($0) }
        )
    }

    func isAncestor(_ commit: ObjectID, of other: ObjectID) async throws(GitError) -> Bool? {
        guard let earlier = commits.firstIndex(of: commit),
            let later = commits.firstIndex(of: other)
        else { return nil }
        return earlier < later
    }

    func files(
        in folders: [SourceEntry],
        reading: @Sendable (String) -> Bool
    ) async -> [Result<[SourceFile], GitError>] {
        folders.map { entry in
            let isUnreadable =
                faults.files.contains(entry.path)
                || faults.tenants.contains { entry.path == "tenants/\($0)" }
            if isUnreadable { return .failure(GitError(.corrupt(what: entry.path))) }
            return .success(files(below: entry, reading))
        }
    }

    private func files(
        below entry: SourceEntry,
        _ reading: (String) -> Bool
    ) -> [SourceFile] {
        let paths = folders.files.keys.filter {
            $0 == entry.path || $0.hasPrefix(entry.path + "/")
        }
        return paths.sorted().map { path in
            let bytes = folders.files[path] ?? []
            return SourceFile(
                path: path,
                id: .simulated("file " + String(decoding: bytes, as: UTF8.self)),
                size: bytes.count,
                bytes: reading(path) ? bytes : nil
            )
        }
    }
}
