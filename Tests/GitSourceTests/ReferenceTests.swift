import Foundation
import Testing

@testable import GitSource

@Suite("A revision by its name", .enabled(if: Tool.has(.git), "git is not installed"))
struct ReferenceTests {
    private let repository: FixtureRepository
    private let first: ObjectID?
    private let second: ObjectID?

    init() throws {
        repository = try FixtureRepository.fleet()
        first = try repository.id("HEAD")
        try repository.git("tag", "light")
        try repository.git("tag", "-a", "-m", "signed off", "v1.0")
        try repository.git("branch", "release/2026")
        try repository.write("kind: Fleet # 2\n", to: "fleet.yaml")
        second = try repository.commit("second")
    }

    @Test("nothing means HEAD, under the name of its branch")
    func head() async throws {
        let revision = try await repository.open().revision
        #expect(revision == Revision(name: "main", commit: second))
        #expect(revision.description == "main@sha1:\(second?.description ?? "")")
    }

    @Test(
        "a branch, a tag (annotated ones followed) and a full name are found",
        arguments: [
            "light", "v1.0", "release/2026", "refs/heads/release/2026", "heads/release/2026",
        ]
    )
    func names(name: String) async throws {
        #expect(try await repository.open(name).revision.commit == first)
    }

    @Test("the annotated tag keeps its name")
    func tagName() async throws {
        #expect(try await repository.open("v1.0").revision == Revision(name: "v1.0", commit: first))
    }

    @Test("a commit is found by its whole id and by a part", arguments: [40, 12, 7])
    func commit(digits: Int) async throws {
        let name = String(try #require(first).description.prefix(digits))
        let revision = try await repository.open(name).revision
        #expect(revision == Revision(name: nil, commit: first))
        #expect(revision.description == "sha1:\(first?.description ?? "")")
    }

    @Test("a detached HEAD has no name")
    func detached() async throws {
        try repository.git("checkout", "-q", "--detach", "HEAD~1")
        #expect(try await repository.open().revision == Revision(name: nil, commit: first))
    }

    @Test("a name that is nearly a branch or tag is an error that offers it")
    func nearMiss() async throws {
        let found = try await reason { _ = try await repository.open("mian") }
        #expect(found == .referenceNotFound(name: "mian", near: ["main"]))
        let error = GitError(.referenceNotFound(name: "mian", near: ["main"]))
        #expect(error.description.contains("Did you mean 'main'?"))
    }

    @Test(
        "a name that is nothing is an error, and is never read as an expression",
        arguments: [
            "nowhere", "nowhere~1", "HEAD^{tree}", "main~x", "main~", "main~9999999", "~1",
            "HEAD^2",
            ":fleet.yaml", "@{-1}", "-x", "deadbeef", "",
        ]
    )
    func missing(name: String) async throws {
        let found = try await reason { _ = try await repository.open(name) }
        guard case .referenceNotFound(let missing, _)? = found, name.hasPrefix(missing) else {
            Issue.record("\(name) gave \(String(describing: found))")
            return
        }
    }

    @Test(
        "a name can be followed by how many commits to go back",
        arguments: [
            ("main~1", 1), ("HEAD^", 1), ("main~0", 0), ("HEAD^1", 1), ("@~1", 1), ("@", 0),
        ]
    )
    func ancestors(name: String, steps: Int) async throws {
        let back = try await repository.open(name).revision.commit
        let head = try await repository.open("main").revision.commit
        #expect(steps == 0 ? back == head : back != head)
        let far = try await reason { _ = try await repository.open("main~500") }
        #expect(far == .referenceNotFound(name: "main~500", near: []))
    }

    @Test(
        "a repository without a commit is empty, whatever is asked for",
        arguments: [nil, "main"]
    )
    func empty(reference: String?) async throws {
        let empty = try FixtureRepository(in: Scratch())
        let found = try await reason { _ = try await empty.open(reference) }
        #expect(found == .emptyRepository(location: empty.path))
    }

    @Test("a HEAD whose branch does not exist offers the branches that do")
    func unbornHead() async throws {
        try repository.git("symbolic-ref", "HEAD", "refs/heads/trunk")
        let found = try await reason { _ = try await repository.open() }
        #expect(found == .referenceNotFound(name: "HEAD", near: ["main", "release/2026"]))
    }

    @Test("a folder in no repository, and a path that is not there, are different errors")
    func noRepository() async throws {
        let scratch = try Scratch()
        let plain = try await reason { _ = try await openSource(scratch.path, scratch) }
        #expect(plain == .notARepository(path: scratch.path))
        let absent = try await reason { _ = try await openSource(scratch("no"), scratch) }
        guard case .unreadable? = absent else {
            Issue.record("gave \(String(describing: absent))")
            return
        }
    }
}
