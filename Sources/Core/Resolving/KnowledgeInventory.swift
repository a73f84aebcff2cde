import ClaraModel

/// Which files of a tenant's folder belong to a knowledge base.
enum KnowledgeInventory {
    /// The documents that the base's sources match, sorted by path. Where several sources match one
    /// file, the later source's metadata wins. Manifests are no documents.
    static func documents(of spec: KnowledgeBaseSpec, in folder: TenantFolder)
        -> [KnowledgeDocument]
    {
        let sources = spec.sources.map {
            (pattern: PathPattern($0.glob), metadata: $0.metadata ?? [:])
        }
        return folder.files.compactMap { file in
            guard let path = path(of: file, in: folder) else { return nil }
            let matching = sources.filter { $0.pattern.matches(path) }
            guard !matching.isEmpty else { return nil }
            let metadata = matching.reduce(into: [:]) { all, source in
                all.merge(source.metadata) { _, later in later }
            }
            return KnowledgeDocument(
                path: path,
                contentHash: file.contentHash,
                size: file.size,
                metadata: metadata
            )
        }.sorted { $0.path < $1.path }
    }

    /// The paths, relative to the folder, of all files that could be documents.
    static func paths(in folder: TenantFolder) -> [String] {
        folder.files.compactMap { path(of: $0, in: folder) }
    }

    private static func path(of file: FleetFile, in folder: TenantFolder) -> String? {
        let path = folder.relativePath(of: file)
        let isInFolderItself = !path.utf8.contains(UInt8(ascii: "/"))
        return file.isManifest && isInFolderItself ? nil : String(path)
    }
}
