import Foundation

@testable import GitSource

/// A real repository, made by the `git` command.
struct FixtureRepository {
    let scratch: Scratch
    let path: String

    /// An empty repository with a work tree, its branch called `main`.
    init(in scratch: Scratch, named name: String = "fleet") throws {
        self.scratch = scratch
        path = scratch(name)
        try Tool.git.run(["init", "-q", "-b", "main", path])
    }

    /// A repository with a small fleet in its first commit.
    static func fleet() throws -> FixtureRepository {
        let repository = try FixtureRepository(in: Scratch())
        try repository.write(fleetFiles)
        try repository.commit("first")
        return repository
    }

    static let fleetFiles = [
        "fleet.yaml": "kind: Fleet\n",
        "profiles/gold.yaml": "kind: Profile\n",
        "tenants/acme/tenant.yaml": "kind: Tenant\n",
        "tenants/acme/knowledge/facts.md": "# Facts\n",
        "tenants/acme-two/tenant.yaml": "kind: Tenant # two\n",
        "tenants/bravo/tenant.yaml": "kind: Tenant # bravo\n",
    ]

    @discardableResult
    func git(_ arguments: String...) throws -> String {
        try Tool.git.run(["-C", path] + arguments)
    }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).writeMakingFolders(to: "\(path)/\(name)")
    }

    func write(_ files: [String: String]) throws {
        for (name, text) in files { try write(text, to: name) }
    }

    /// Adds everything and commits it.
    @discardableResult
    func commit(_ message: String) throws -> ObjectID? {
        try git("add", "-A")
        try git("commit", "-q", "--allow-empty", "-m", message)
        return try id("HEAD")
    }

    /// The id of any object, as git itself says.
    func id(_ name: String) throws -> ObjectID? {
        ObjectID(hex: try git("rev-parse", name))
    }

    /// A bare copy beside it.
    func bareCopy(named name: String = "bare.git") throws -> String {
        try git("clone", "-q", "--bare", path, scratch(name))
        return scratch(name)
    }

    func open(_ reference: String? = nil, folder: String = "") async throws -> any SourceTree {
        try await openSource(path, scratch, reference: reference, folder: folder)
    }
}

/// Opens any address with a cache in the scratch folder.
func openSource(
    _ address: String,
    _ scratch: Scratch,
    reference: String? = nil,
    folder: String = "",
    configure: (inout GitOptions) -> Void = { _ in }
) async throws -> any SourceTree {
    var options = GitOptions(cacheDirectory: scratch("cache"), reference: reference)
    configure(&options)
    let text = folder.isEmpty ? address : "\(address)//\(folder)"
    return try await GitSource.open(SourceAddress(parsing: text), options: options)
}

extension SourceTree {
    /// The entry of a path.
    func entry(_ path: String) async throws -> SourceEntry? {
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        return try await list(folder).first { $0.path == path }
    }

    /// The files below paths, all of them read.
    func read(_ paths: String...) async throws -> [Result<[SourceFile], GitError>] {
        var entries: [SourceEntry] = []
        for path in paths { entries += try await [entry(path)].compactMap(\.self) }
        return await files(in: entries) { _ in true }
    }

    /// The text of one file.
    func text(_ path: String) async throws -> String? {
        let result = try await read(path).first?.get().first
        return (result?.bytes).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// The reason of the error that some work ends with; nil when it ends well.
func reason(_ work: () async throws -> Void) async throws -> GitError.Reason? {
    do {
        try await work()
        return nil
    } catch let error as GitError {
        return error.reason
    }
}
