import Foundation
import Testing

@testable import GitSource

@Suite("A commit of a repository on disk", .enabled(if: Tool.has(.git), "git is not installed"))
struct CommitTreeTests {
    @Test("a folder is listed in byte order, with git's ids, and paths from the fleet root")
    func listing() async throws {
        let repository = try FixtureRepository.fleet()
        let entries = try await repository.open().list("tenants")
        #expect(entries.map(\.path) == ["tenants/acme", "tenants/acme-two", "tenants/bravo"])
        #expect(entries.map(\.name) == ["acme", "acme-two", "bravo"])
        #expect(entries.allSatisfy { $0.kind == .folder })
        #expect(try entries[0].id == repository.id("HEAD:tenants/acme"))
    }

    @Test("a folder that does not exist has no children")
    func missingFolder() async throws {
        let repository = try FixtureRepository.fleet()
        let tree = try await repository.open()
        #expect(try await tree.list("nowhere/at/all").isEmpty)
    }

    @Test("only the contents asked for are read; the others have their size and id")
    func reading() async throws {
        let repository = try FixtureRepository.fleet()
        let tree = try await repository.open()
        let acme = try #require(try await tree.entry("tenants/acme"))
        let results = await tree.files(in: [acme]) { $0.hasSuffix(".yaml") }
        let files = try #require(try results.first?.get())
        #expect(
            files.map(\.path) == ["tenants/acme/knowledge/facts.md", "tenants/acme/tenant.yaml"]
        )
        #expect(files.map(\.size) == [8, 13])
        #expect(files[0].bytes == nil)
        #expect(files[1].bytes == Array("kind: Tenant\n".utf8))
        #expect(try files[0].id == repository.id("HEAD:tenants/acme/knowledge/facts.md"))
    }

    @Test("an entry that is a file gives that file")
    func singleFile() async throws {
        let repository = try FixtureRepository.fleet()
        let tree = try await repository.open()
        #expect(try await tree.text("fleet.yaml") == "kind: Fleet\n")
    }

    @Test("a path inside the work tree makes that folder the fleet root")
    func folderInside() async throws {
        let repository = try FixtureRepository(in: Scratch())
        try repository.write("kind: Fleet\n", to: "deploy/examples/fleet.yaml")
        try repository.commit("first")
        for address in [
            "\(repository.path)/deploy/examples", "\(repository.path)//deploy/examples",
        ] {
            let tree = try await openSource(address, repository.scratch)
            #expect(try await tree.list("").map(\.path) == ["fleet.yaml"])
        }
    }

    @Test("a bare repository is read in place, and nothing is written into it or the cache")
    func bare() async throws {
        let repository = try FixtureRepository.fleet()
        let bare = try repository.bareCopy()
        let before = try FileManager.default.subpathsOfDirectory(atPath: bare).sorted()
        let tree = try await openSource(bare, repository.scratch, folder: "tenants")
        #expect(try await tree.list("").map(\.path) == ["acme", "acme-two", "bravo"])
        #expect(try FileManager.default.subpathsOfDirectory(atPath: bare).sorted() == before)
        #expect(!FileManager.default.fileExists(atPath: repository.scratch("cache")))
    }

    @Test("a fleet root that is not in the revision is an error that names both")
    func missingRoot() async throws {
        let repository = try FixtureRepository.fleet()
        let commit = try repository.id("HEAD")
        try repository.scratch.write("not committed", to: "fleet/examples/fleet.yaml")
        let found = try await reason { _ = try await repository.open(folder: "examples") }
        let revision = Revision(name: "main", commit: commit)
        #expect(found == .folderNotFound(path: "examples", revision: revision))
    }

    @Test("packed objects and deltas read the same as loose ones")
    func packed() async throws {
        let repository = try FixtureRepository.fleet()
        let lines = (0..<200).map { "line \($0)\n" }.joined()
        try repository.write(lines, to: "tenants/acme/long.yaml")
        try repository.commit("long")
        try repository.write(lines + "end\n", to: "tenants/acme/long.yaml")
        try repository.commit("longer")
        try repository.git("gc", "-q", "--aggressive", "--prune=now")
        let tree = try await repository.open()
        #expect(try await tree.text("tenants/acme/long.yaml") == lines + "end\n")
        let former = try await repository.open(repository.git("rev-parse", "main~1"))
        #expect(try await former.text("tenants/acme/long.yaml") == lines)
    }

    @Test("a link, a submodule or a large file in one tenant is that tenant's error only")
    func badTenants() async throws {
        let repository = try FixtureRepository.fleet()
        try FileManager.default.createSymbolicLink(
            atPath: "\(repository.path)/tenants/acme/link.yaml",
            withDestinationPath: "/etc/passwd"
        )
        try repository.git("add", "-A")
        let commit = try repository.git("rev-parse", "HEAD")
        try repository.git(
            "update-index",
            "--add",
            "--cacheinfo",
            "160000,\(commit),tenants/bravo/module"
        )
        try repository.git("commit", "-q", "-m", "bad")
        let results = try await repository.open()
            .read("tenants/acme", "tenants/acme-two", "tenants/bravo")
        #expect(
            results.map(\.reason) == [
                .refusedPath(path: "tenants/acme/link.yaml", why: Refusal.symlink), nil,
                .refusedPath(path: "tenants/bravo/module", why: Refusal.submodule),
            ]
        )
    }

    @Test("a manifest over the size limit is refused with both sizes; unread it does not matter")
    func tooLarge() async throws {
        let repository = try FixtureRepository.fleet()
        let size = SourceLimits.bytesPerFile + 1
        try repository.write(String(repeating: "#", count: size), to: "tenants/acme/big.yaml")
        try repository.commit("big")
        let tree = try await repository.open()
        let acme = try #require(try await tree.entry("tenants/acme"))
        let why = Refusal.tooLarge(size, limit: SourceLimits.bytesPerFile)
        let read = await tree.files(in: [acme]) { _ in true }
        #expect(read.map(\.reason) == [.refusedPath(path: "tenants/acme/big.yaml", why: why)])
        let unread = await tree.files(in: [acme]) { _ in false }
        #expect(try unread[0].get().map(\.size).max() == size)
    }

    @Test("folders nested too deep, and too many files, are refused")
    func bounds() async throws {
        let repository = try FixtureRepository.fleet()
        let deep = String(repeating: "d/", count: SourceLimits.depth + 1)
        try repository.write("x", to: "tenants/acme/\(deep)x.yaml")
        for index in 0...SourceLimits.filesPerFolder {
            try repository.write("", to: "tenants/bravo/\(index).yaml")
        }
        try repository.commit("bounds")
        let results = try await repository.open().read("tenants/acme", "tenants/bravo")
        guard case .refusedPath(_, Refusal.tooDeep) = results[0].reason else {
            Issue.record("not refused: \(results[0])")
            return
        }
        #expect(
            results[1].reason == .refusedPath(path: "tenants/bravo", why: Refusal.tooManyFiles)
        )
    }

    @Test(
        "names that mean another place are refused, even in a tree made by hand",
        arguments: ["..", ".", ".git", ".GIT", "a\tb"]
    )
    func craftedNames(name: String) async throws {
        let repository = try FixtureRepository.fleet()
        let blob = try #require(try repository.id("HEAD:fleet.yaml"))
        let record = Array("100644 \(name)\0".utf8) + blob.bytes
        let file = repository.scratch("tree")
        try Data(record).write(to: URL(fileURLWithPath: file))
        let tree = try repository.git("hash-object", "-w", "--literally", "-t", "tree", file)
        let id = try #require(ObjectID(hex: tree))
        let entry = SourceEntry(path: "tenants/acme", id: id, kind: .folder)
        let results = try await repository.open().files(in: [entry]) { _ in true }
        guard case .refusedPath? = results[0].reason else {
            Issue.record("not refused: \(results[0])")
            return
        }
    }

    @Test(
        "a path of the caller that leaves the fleet is refused",
        arguments: ["../x", "/etc", "a//b", ".git"]
    )
    func escapingPath(path: String) async throws {
        let repository = try FixtureRepository.fleet()
        let tree = try await repository.open()
        let found = try await reason { _ = try await tree.list(path) }
        guard case .refusedPath? = found else {
            Issue.record("not refused: \(String(describing: found))")
            return
        }
    }

    @Test("a damaged object is that tenant's error only, and names the file and the object")
    func corrupt() async throws {
        let repository = try FixtureRepository.fleet()
        let id = try #require(try repository.id("HEAD:tenants/acme/tenant.yaml")).description
        let object = "\(repository.path)/.git/objects/\(id.prefix(2))/\(id.dropFirst(2))"
        try FileManager.default.removeItem(atPath: object)
        let results = try await repository.open().read("tenants/acme", "tenants/bravo")
        guard case .corrupt(let what)? = results[0].reason else {
            Issue.record("not found: \(results[0])")
            return
        }
        #expect(what.contains("tenants/acme/tenant.yaml") && what.contains(id))
        #expect(results[1].reason == nil)
    }

    @Test("an object whose contents do not have its id is an error")
    func swapped() async throws {
        let repository = try FixtureRepository.fleet()
        let ids = try ["acme", "bravo"].map {
            try #require(try repository.id("HEAD:tenants/\($0)/tenant.yaml")).description
        }
        let paths = ids.map { "\(repository.path)/.git/objects/\($0.prefix(2))/\($0.dropFirst(2))" }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: paths[1]))
        try FileManager.default.removeItem(atPath: paths[0])
        try bytes.write(to: URL(fileURLWithPath: paths[0]))
        let results = try await repository.open().read("tenants/acme")
        guard case .corrupt? = results[0].reason else {
            Issue.record("not noticed: \(results[0])")
            return
        }
    }
}

extension Result where Failure == GitError {
    /// Why it failed; nil for a success.
    var reason: GitError.Reason? {
        if case .failure(let error) = self { error.reason } else { nil }
    }
}
