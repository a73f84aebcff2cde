import Foundation
import Glibc
import Testing

@testable import GitSource

@Suite("The files of a work tree", .enabled(if: Tool.has(.git), "git is not installed"))
struct WorktreeTests {
    private func open(_ path: String) async throws -> any SourceTree {
        try await GitSource.openWorktree(path: path)
    }

    @Test("an unchanged work tree has git's ids, for every file and folder")
    func sameIDs() async throws {
        let repository = try FixtureRepository.fleet()
        try repository.write("#!/bin/sh\n", to: "tenants/acme/run.sh")
        chmod("\(repository.path)/tenants/acme/run.sh", 0o755)
        try repository.write("x", to: "tenants/acme.d/sorted-after-acme-dot")
        try repository.commit("more")
        let (disk, commit) = (try await open(repository.path), try await repository.open())
        for folder in ["", "tenants", "tenants/acme", "tenants/acme/knowledge"] {
            #expect(try await disk.list(folder) == commit.list(folder))
        }
        let entries = try await disk.list("")
        let (left, right) = (
            await disk.files(in: entries) { _ in true },
            await commit.files(in: entries) { _ in true }
        )
        #expect(try left.map { try $0.get() } == right.map { try $0.get() })
    }

    @Test("changed and untracked files are seen; ignored ones and .git are not")
    func changes() async throws {
        let repository = try FixtureRepository.fleet()
        try repository.write("*.log\nbuild/\n!keep.log\n", to: ".gitignore")
        try repository.write("tracked\n", to: "tenants/acme/forced.log")
        try repository.git("add", "-f", "tenants/acme/forced.log")
        try repository.commit("ignore")
        try repository.write("kind: Tenant # changed\n", to: "tenants/acme/tenant.yaml")
        try repository.write([
            "tenants/acme/new.yaml": "new\n", "tenants/acme/x.log": "", "tenants/acme/keep.log": "",
            "tenants/acme/build/out.yaml": "", "tenants/zulu/tenant.yaml": "kind: Tenant\n",
        ])
        try FileManager.default.createDirectory(
            atPath: "\(repository.path)/tenants/empty",
            withIntermediateDirectories: true
        )
        let tree = try await open(repository.path)
        #expect(
            try await tree.list("tenants").map(\.name) == ["acme", "acme-two", "bravo", "zulu"]
        )
        #expect(
            try await tree.list("tenants/acme").map(\.name)
                == ["forced.log", "keep.log", "knowledge", "new.yaml", "tenant.yaml"]
        )
        #expect(try await tree.text("tenants/acme/tenant.yaml") == "kind: Tenant # changed\n")
        #expect(
            try await tree.list("").map(\.name) == [
                ".gitignore", "fleet.yaml", "profiles", "tenants",
            ]
        )
    }

    @Test("the revision names HEAD's commit, or none before the first commit")
    func revision() async throws {
        let repository = try FixtureRepository.fleet()
        let id = try #require(try repository.id("HEAD"))
        #expect(try await open(repository.path).revision.description == "worktree@sha1:\(id)")
        let empty = try FixtureRepository(in: Scratch())
        #expect(try await open(empty.path).revision.description == "worktree")
    }

    @Test("a folder in no repository is read whole")
    func plainFolder() async throws {
        let scratch = try Scratch()
        try scratch.write("a\n", to: "tenants/acme/tenant.yaml")
        try scratch.write("*\n", to: ".gitignore")
        let tree = try await open(scratch.path)
        #expect(tree.revision.description == "worktree")
        #expect(try await tree.text("tenants/acme/tenant.yaml") == "a\n")
    }

    @Test("a fleet that its repository ignores as a whole is read whole")
    func ignoredFleet() async throws {
        let repository = try FixtureRepository.fleet()
        try repository.write("/scratch/\n", to: ".gitignore")
        try repository.write("a\n", to: "scratch/fleet.yaml")
        #expect(try await open("\(repository.path)/scratch").text("fleet.yaml") == "a\n")
    }

    @Test("a folder below the top is the fleet root, and the ignore rules above it hold")
    func subfolder() async throws {
        let repository = try FixtureRepository.fleet()
        try repository.write("*.log\n", to: ".gitignore")
        try repository.write("", to: "tenants/acme/x.log")
        let tree = try await open("\(repository.path)/tenants")
        #expect(try await tree.list("acme").map(\.path) == ["acme/knowledge", "acme/tenant.yaml"])
        let address = try SourceAddress(parsing: "\(repository.path)//tenants")
        #expect(try await GitSource.openWorktree(address).list("").count == 3)
    }

    @Test("links, repositories inside, pipes and odd names are that tenant's error only")
    func refused() async throws {
        let repository = try FixtureRepository.fleet()
        let base = "\(repository.path)/tenants"
        for name in ["linked", "nested", "piped", "odd"] {
            try repository.write("kind: Tenant\n", to: "tenants/\(name)/tenant.yaml")
        }
        try FileManager.default.createSymbolicLink(
            atPath: "\(base)/linked/link",
            withDestinationPath: "../acme"
        )
        try Tool.git.run(["init", "-q", "\(base)/nested/inner"])
        mkfifo("\(base)/piped/pipe", 0o600)
        try repository.write("", to: "tenants/odd/a\u{1}b")
        let results = try await open(repository.path).read(
            "tenants/acme",
            "tenants/linked",
            "tenants/nested",
            "tenants/piped",
            "tenants/odd"
        )
        #expect(results[0].reason == nil)
        #expect(
            results[1].reason == .refusedPath(path: "tenants/linked/link", why: Refusal.symlink)
        )
        #expect(
            results[2].reason == .refusedPath(path: "tenants/nested/inner", why: Refusal.submodule)
        )
        #expect(
            results[3].reason == .refusedPath(path: "tenants/piped/pipe", why: Refusal.notAFile)
        )
        guard case .refusedPath? = results[4].reason else {
            Issue.record("not refused: \(results[4])")
            return
        }
    }

    @Test("a tenant folder that is a link is refused, not followed")
    func linkedTenant() async throws {
        let repository = try FixtureRepository.fleet()
        try FileManager.default.createSymbolicLink(
            atPath: "\(repository.path)/tenants/evil",
            withDestinationPath: "/etc"
        )
        let tree = try await open(repository.path)
        #expect(try await tree.entry("tenants/evil")?.kind == .symlink)
        let refusal = GitError.Reason.refusedPath(path: "tenants/evil", why: Refusal.symlink)
        #expect(try await tree.read("tenants/evil").map(\.reason) == [refusal])
        #expect(try await reason { _ = try await tree.list("tenants/evil") } == refusal)
    }

    @Test("a file that changes after it was listed is an error, not another fleet")
    func changedSince() async throws {
        let repository = try FixtureRepository.fleet()
        let tree = try await open(repository.path)
        try repository.write("kind: Tenant # later\n", to: "tenants/acme/tenant.yaml")
        let results = try await tree.read("tenants/acme", "tenants/bravo")
        #expect(
            results.map(\.reason)
                == [.changedWhileReading(path: "tenants/acme/tenant.yaml"), nil]
        )
    }

    @Test(
        "a file that may not be read is that tenant's error only",
        .enabled(if: getuid() != 0, "root may read everything")
    )
    func unreadable() async throws {
        let repository = try FixtureRepository.fleet()
        chmod("\(repository.path)/tenants/acme/tenant.yaml", 0)
        let results = try await open(repository.path).read("tenants/acme", "tenants/bravo")
        guard case .unreadable("tenants/acme/tenant.yaml", _)? = results[0].reason else {
            Issue.record("not refused: \(results[0])")
            return
        }
        #expect(results[1].reason == nil)
    }

    @Test("an address on another host has no work tree")
    func remote() async throws {
        let address = try SourceAddress(parsing: "https://host/a.git")
        let found = try await reason { _ = try await GitSource.openWorktree(address) }
        guard case .invalidAddress? = found else {
            Issue.record("gave \(String(describing: found))")
            return
        }
    }
}
