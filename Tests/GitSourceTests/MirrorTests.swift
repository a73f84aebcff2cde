import Foundation
import Glibc
import Testing

@testable import GitSource

@Suite("A mirror in the cache", .enabled(if: Tool.has(.git), "git is not installed"))
struct MirrorTests {
    private let repository: FixtureRepository
    private var scratch: Scratch { repository.scratch }
    private var address: String { "file://\(repository.path)" }

    init() throws {
        repository = try FixtureRepository.fleet()
    }

    private func fetch(
        _ reference: String? = nil,
        configure: (inout GitOptions) -> Void = { _ in }
    ) async throws -> any SourceTree {
        try await openSource(address, scratch, reference: reference, configure: configure)
    }

    private func mirrorPath() throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: scratch("cache"))
        return scratch("cache/\(try #require(names.first { !$0.contains(".") }))")
    }

    private func packs() throws -> Set<String> {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: mirrorPath() + "/objects/pack"
        )
        return Set(names.filter { $0.hasSuffix(".pack") })
    }

    @Test("shows what the remote has, under the name of its default branch")
    func first() async throws {
        try repository.git("checkout", "-q", "-b", "trunk")
        let commit = try repository.commit("on trunk")
        let tree = try await fetch()
        #expect(tree.revision == Revision(name: "trunk", commit: commit))
        #expect(try await tree.text("tenants/acme/tenant.yaml") == "kind: Tenant\n")
    }

    @Test("is brought up to date by fetching only what is new")
    func incremental() async throws {
        _ = try await fetch()
        let before = try packs()
        try repository.write("kind: Fleet # 2\n", to: "fleet.yaml")
        let commit = try repository.commit("second")
        let tree = try await fetch()
        #expect(tree.revision.commit == commit)
        #expect(try await tree.text("fleet.yaml") == "kind: Fleet # 2\n")
        #expect(try packs().isSuperset(of: before))
        let new = try #require(try packs().subtracting(before).first)
        let size =
            try FileManager.default
            .attributesOfItem(atPath: mirrorPath() + "/objects/pack/" + new)[.size] as? Int
        #expect(try #require(size) < 1_000)
        let unchanged = try packs()
        _ = try await fetch()
        #expect(try packs() == unchanged)
    }

    @Test("follows a branch that was forced to another history")
    func forced() async throws {
        _ = try await fetch()
        try repository.write("kind: Fleet # other\n", to: "fleet.yaml")
        try repository.git("commit", "-q", "-a", "--amend", "-m", "rewritten")
        let tree = try await fetch("main")
        #expect(try tree.revision.commit == repository.id("HEAD"))
        #expect(try await tree.text("fleet.yaml") == "kind: Fleet # other\n")
    }

    @Test("forgets a deleted branch, even where a new one needs its place")
    func deleted() async throws {
        try repository.git("branch", "feature")
        _ = try await fetch("feature")
        try repository.git("branch", "-D", "-q", "feature")
        try repository.git("branch", "feature/next")
        #expect(try await fetch("feature/next").revision.name == "feature/next")
        let found = try await reason { _ = try await fetch("feature") }
        #expect(found == .referenceNotFound(name: "feature", near: []))
    }

    @Test("knows tags, commits, and references outside branches and tags")
    func otherReferences() async throws {
        let commit = try #require(try repository.id("HEAD"))
        try repository.git("tag", "-a", "-m", "signed off", "v1")
        try repository.git("update-ref", "refs/pull/7/head", "HEAD")
        for name in [
            "v1", "refs/pull/7/head", commit.description, String(commit.description.prefix(9)),
        ] {
            #expect(try await fetch(name).revision.commit == commit)
        }
    }

    @Test("follows a remote whose HEAD moves, is detached, or leads nowhere")
    func remoteHead() async throws {
        try repository.git("branch", "next")
        _ = try await fetch()
        try repository.git("symbolic-ref", "HEAD", "refs/heads/next")
        #expect(try await fetch().revision.name == "next")
        try repository.git("symbolic-ref", "HEAD", "refs/heads/nowhere")
        let found = try await reason { _ = try await fetch() }
        #expect(found == .referenceNotFound(name: "HEAD", near: ["main", "next"]))
        try repository.git("checkout", "-q", "--detach", "main")
        let commit = try repository.commit("on no branch")
        #expect(try await fetch().revision.commit == commit)
    }

    @Test("an empty remote, and one that is not there, are different errors")
    func noCommit() async throws {
        let empty = try FixtureRepository(in: scratch, named: "empty")
        let found = try await reason { _ = try await openSource("file://\(empty.path)", scratch) }
        #expect(found == .emptyRepository(location: "file://\(empty.path)"))
        let absent = try await reason {
            _ = try await openSource("file:///nonexistent/x.git", scratch)
        }
        #expect(absent == .notARepository(path: "/nonexistent/x.git"))
        let plain = try scratch.write("", to: "plain/file")
        let folder = String(plain.dropLast(5))
        let none = try await reason { _ = try await openSource("file://\(folder)", scratch) }
        #expect(none == .notARepository(path: folder))
    }

    @Test("what a killed process left behind does not disturb the next fetch")
    func leftovers() async throws {
        _ = try await fetch()
        let mirror = try mirrorPath()
        let rubbish = [
            "HEAD.lock", "config.lock", "packed-refs.lock", "refs/heads/main",
            "refs/heads/deep/er.lock", "packed-refs.new", "objects/pack/pack_abc123",
            "objects/pack/tmp_pack_x",
            "objects/pack/pack-0123456789012345678901234567890123456789.idx",
        ]
        for name in rubbish {
            try scratch.write(
                "rubbish",
                to: String("\(mirror)/\(name)".dropFirst(scratch.path.count + 1))
            )
        }
        try scratch.write(
            "rubbish",
            to: "cache/\(mirror.split(separator: "/").last ?? "").new/HEAD"
        )
        let commit = try repository.commit("second")
        #expect(try await fetch().revision.commit == commit)
        for name in rubbish {
            #expect(access("\(mirror)/\(name)", F_OK) != 0, "\(name) is still there")
        }
    }

    @Test(
        "a damaged mirror is made anew",
        arguments: ["HEAD", "config", "objects", "refs", "pack"]
    )
    func damaged(what: String) async throws {
        _ = try await fetch()
        let mirror = try mirrorPath()
        if what == "pack" {
            // As a power cut leaves it: the name is there, the contents are not.
            for pack in try packs() {
                chmod("\(mirror)/objects/pack/\(pack)", 0o600)
                truncate("\(mirror)/objects/pack/\(pack)", 40)
            }
        } else {
            try FileManager.default.removeItem(atPath: "\(mirror)/\(what)")
        }
        let tree = try await fetch()
        #expect(try await tree.text("tenants/acme/tenant.yaml") == "kind: Tenant\n")
    }

    @Test("the packs of many fetches are gathered, and nothing is lost by it")
    func manyPacks() async throws {
        let known = try await fetch()
        let mirror = try mirrorPath()
        let numbers = "seq \(PackGathering.most)"
        func inMirror(_ script: String) throws -> String {
            try Tool.git.run(["-C", mirror, "-c", "alias.script=!\(script)", "script"])
        }
        _ = try inMirror(
            "for i in $(\(numbers)); do seq $i 3000 | git hash-object -w --stdin "
                + "| git pack-objects -q objects/pack/pack; done; git prune-packed"
        )
        #expect(try packs().count == PackGathering.most + 1)
        let commit = try repository.commit("second")
        #expect(try await fetch().revision.commit == commit)
        #expect(try packs().count <= PackGathering.kept + 2)
        let found = try inMirror(
            "for i in $(\(numbers)); do seq $i 3000 | git hash-object --stdin; done "
                + "| git cat-file --batch-check"
        )
        #expect(found.split(separator: "\n").count { $0.contains(" blob ") } == PackGathering.most)
        // What this view reads from was small, and is gathered.
        #expect(try await known.text("tenants/acme/tenant.yaml") == "kind: Tenant\n")
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(mirror)/objects/pack")
        #expect(names.count { $0.hasSuffix(".idx") } == (try packs().count))
    }

    @Test("many fetches at once, in one process and another's lock, all see the same commit")
    func concurrent() async throws {
        let commit = try repository.id("HEAD")
        let found = try await withThrowingTaskGroup(of: ObjectID?.self) { group in
            for _ in 0..<8 { group.addTask { try await fetch().revision.commit } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(found == Array(repeating: commit, count: 8))
    }

    @Test("a mirror that another holds for longer than the patience is an error that says so")
    func busy() async throws {
        _ = try await fetch()
        let descriptor = Glibc.open("\(try mirrorPath()).lock", O_RDWR)
        defer { close(descriptor) }
        #expect(flock(descriptor, LOCK_EX) == 0)
        let found = try await reason {
            _ = try await fetch { $0.patience.total = .milliseconds(200) }
        }
        guard case .cacheBusy? = found else {
            Issue.record("gave \(String(describing: found))")
            return
        }
    }

    @Test("a fetch whose task is cancelled ends")
    func cancelled() async throws {
        _ = try await fetch()
        let descriptor = Glibc.open("\(try mirrorPath()).lock", O_RDWR)
        defer { close(descriptor) }
        #expect(flock(descriptor, LOCK_EX) == 0)
        let task = Task { try await reason { _ = try await fetch() } }
        task.cancel()
        #expect(try await task.value == .cancelled)
    }

    @Test("a cache that cannot be a folder is an error that names it")
    func unusableCache() async throws {
        let file = try scratch.write("", to: "file")
        let found = try await reason { _ = try await fetch { $0.cacheDirectory = file } }
        guard case .cacheUnusable? = found else {
            Issue.record("gave \(String(describing: found))")
            return
        }
        let below = try await reason { _ = try await fetch { $0.cacheDirectory = "\(file)/below" } }
        guard case .cacheUnusable? = below else {
            Issue.record("gave \(String(describing: below))")
            return
        }
    }

    @Test("the cache is its owner's only")
    func permissions() async throws {
        _ = try await fetch()
        let mode = try FileManager.default.attributesOfItem(atPath: scratch("cache"))[
            .posixPermissions
        ]
        #expect(mode as? Int == 0o700)
    }

    @Test(
        "thousands of references, as a large forge repository has, are no burden"
    )
    func manyReferences() async throws {
        let id = try #require(try repository.id("HEAD")).description
        let lines = (0..<2_000).map { "create refs/pull/\($0)/head \(id)\n" }.joined()
        let file = try scratch.write(lines, to: "refs.txt")
        try Tool.git.run(["-C", repository.path, "update-ref", "--stdin"], input: file)
        #expect(try await fetch("refs/pull/1999/head").revision.commit?.description == id)
    }
}
