import Testing

@testable import GitSource

@Suite("Which commit came before which", .enabled(if: Tool.has(.git), "git is not installed"))
struct AncestryTests {
    private let repository: FixtureRepository
    private let first: ObjectID
    private let second: ObjectID
    /// On a branch of its own, beside the second.
    private let aside: ObjectID

    init() throws {
        repository = try FixtureRepository.fleet()
        first = try #require(try repository.id("HEAD"))
        try repository.git("checkout", "-q", "-b", "aside")
        aside = try #require(try repository.commit("aside"))
        try repository.git("checkout", "-q", "main")
        second = try #require(try repository.commit("second"))
    }

    @Test("a commit came before its descendants, and neither before itself nor its siblings")
    func order() async throws {
        let tree = try await repository.open()
        #expect(try await tree.isAncestor(first, of: second) == true)
        #expect(try await tree.isAncestor(second, of: first) == false)
        #expect(try await tree.isAncestor(first, of: first) == false)
        #expect(try await tree.isAncestor(aside, of: second) == false)
    }

    @Test("a commit that the source does not hold came neither before nor after")
    func unknown() async throws {
        let tree = try await repository.open()
        let lost = try #require(ObjectID(hex: String(repeating: "ab", count: 20)))
        #expect(try await tree.isAncestor(lost, of: second) == nil)
        #expect(try await tree.isAncestor(second, of: lost) == nil)
    }

    @Test("a work tree asks the repository around it")
    func worktree() async throws {
        let tree = try await GitSource.openWorktree(path: repository.path)
        #expect(try await tree.isAncestor(first, of: second) == true)
        let scratch = try Scratch()
        let plain = try await GitSource.openWorktree(path: scratch.path)
        #expect(try await plain.isAncestor(first, of: second) == nil)
    }

    @Test("a revision as it is shown means its commit, whatever the branch has come to")
    func shownRevision() async throws {
        for text in ["main@sha1:\(first)", "sha1:\(first)", "sha1:\("\(first)".prefix(9))"] {
            let tree = try await repository.open(text)
            #expect(tree.revision == Revision(name: nil, commit: first))
        }
        let lost = "main@sha1:\(String(repeating: "ab", count: 20))"
        let found = try await reason { _ = try await repository.open(lost) }
        guard case .referenceNotFound? = found else {
            Issue.record("gave \(String(describing: found))")
            return
        }
    }

    @Test("a revision is read as it is written, and nothing else is one")
    func parsing() {
        for revision in [
            Revision(name: "release/2026@x", commit: first), Revision(name: nil, commit: first),
            Revision(name: Revision.worktreeName, commit: second),
            Revision(name: Revision.worktreeName, commit: nil),
        ] {
            #expect(Revision(parsing: revision.description) == revision)
        }
        for text in ["", "main", "sha1:", "main@sha1:abc", "mainsha1:\(first)", "main:\(first)"] {
            #expect(Revision(parsing: text) == nil)
        }
    }
}
