import Foundation
import TestSupport
import Testing

@testable import GitSource

@Suite("What differs in a folder", .enabled(if: Tool.has(.git), "git is not installed"))
struct FolderChangeTests {
    private let repository: FixtureRepository

    init() throws {
        repository = try FixtureRepository.fleet()
    }

    private func change(_ edit: () throws -> Void) async throws -> FolderChange? {
        let before = try #require(try repository.id("HEAD:tenants"))
        try edit()
        try repository.commit("edited")
        return try await repository.open().changes(in: "tenants", since: before)
    }

    @Test("nothing differs where the folder's id is the same")
    func same() async throws {
        let change = try await change {
            try repository.write("kind: Fleet # 2\n", to: "fleet.yaml")
        }
        let id = try #require(try repository.id("HEAD:tenants"))
        #expect(change == FolderChange(id: id))
        #expect(change?.isEmpty == true)
    }

    @Test("changed, new and removed children are named, the others are not")
    func mixed() async throws {
        let change = try await change {
            try repository.write("kind: Tenant # 2\n", to: "tenants/acme-two/tenant.yaml")
            try repository.write("kind: Tenant # new\n", to: "tenants/abel/tenant.yaml")
            try repository.write("kind: Tenant # last\n", to: "tenants/zulu/tenant.yaml")
            try repository.git("rm", "-q", "-r", "tenants/bravo")
        }
        let found = try #require(change)
        #expect(found.changed.map(\.name) == ["abel", "acme-two", "zulu"])
        #expect(found.removed == ["bravo"])
        #expect(try found.id == repository.id("HEAD:tenants"))
        #expect(try found.changed[1].id == repository.id("HEAD:tenants/acme-two"))
    }

    @Test("a file that became a folder is changed and not removed, and back again")
    func kinds() async throws {
        try repository.write("a file\n", to: "tenants/acme.x")
        try repository.commit("a file")
        let toFolder = try await change {
            try repository.git("rm", "-q", "tenants/acme.x")
            try repository.write("kind: Tenant\n", to: "tenants/acme.x/tenant.yaml")
        }
        #expect(toFolder?.changed.map(\.kind) == [.folder])
        #expect(toFolder?.removed == [])
        let toFile = try await change {
            try repository.git("rm", "-q", "-r", "tenants/acme.x")
            try repository.write("a file\n", to: "tenants/acme.x")
        }
        #expect(toFile?.changed.map(\.kind) == [.file])
        #expect(toFile?.removed == [])
    }

    @Test("an earlier state that the repository does not hold, or a folder that is gone, is nil")
    func unknown() async throws {
        let tree = try await repository.open()
        let id = try #require(ObjectID(hex: String(repeating: "ab", count: 20)))
        #expect(try await tree.changes(in: "tenants", since: id) == nil)
        #expect(try await tree.changes(in: "nowhere", since: id) == nil)
    }

    @Test("a name that is refused when listed is refused when it appears")
    func refusedName() async throws {
        let before = try #require(try repository.id("HEAD:tenants"))
        let blob = try repository.git("rev-parse", "HEAD:fleet.yaml")
        let list = try repository.scratch.write(
            "100644 blob \(blob)\tbad\u{1}name\0",
            to: "records"
        )
        let tenants = try Tool.git.run(["-C", repository.path, "mktree", "-z"], input: list)
        let top = try repository.scratch.write("040000 tree \(tenants)\ttenants\n", to: "top")
        let root = try Tool.git.run(["-C", repository.path, "mktree"], input: top)
        let commit = try repository.git("commit-tree", "-m", "odd", root)
        let tree = try await repository.open(commit)
        let found = try await reason { _ = try await tree.changes(in: "tenants", since: before) }
        guard case .refusedPath? = found else {
            Issue.record("gave \(String(describing: found))")
            return
        }
    }

    @Test("it is what comparing two whole lists gives")
    func property() async throws {
        var chance = SplitMix64(seed: SplitMix64.seed)
        for _ in 0..<12 {
            let before = try await repository.open()
            for _ in 0..<Int.random(in: 1...6, using: &chance) {
                try randomEdit(using: &chance)
            }
            try repository.commit("edited")
            let after = try await repository.open()
            let old = try await before.entry("tenants")
            let id = try #require(old).id
            let change = try await after.changes(in: "tenants", since: id)
            let (left, right) = (try await before.list("tenants"), try await after.list("tenants"))
            #expect(
                change?.changed == right.filter { !left.contains($0) },
                "seed \(SplitMix64.seed)"
            )
            let gone = Set(left.map(\.name)).subtracting(right.map(\.name))
            #expect(change?.removed == gone.sorted())
        }
    }

    private func randomEdit(using chance: inout SplitMix64) throws {
        let name = "tenants/t\(Int.random(in: 0..<12, using: &chance))"
        if FileManager.default.fileExists(atPath: "\(repository.path)/\(name)") {
            try FileManager.default.removeItem(atPath: "\(repository.path)/\(name)")
        }
        switch Int.random(in: 0..<3, using: &chance) {
        case 0: try repository.write("\(chance.next())\n", to: name)
        case 1: try repository.write("\(chance.next())\n", to: "\(name)/tenant.yaml")
        default: break
        }
    }

    @Test("a work tree knows that nothing differs, and else has to be listed")
    func worktree() async throws {
        let first = try await GitSource.openWorktree(path: repository.path)
        let id = try #require(try await first.entry("tenants")).id
        let second = try await GitSource.openWorktree(path: repository.path)
        #expect(try await second.changes(in: "tenants", since: id) == FolderChange(id: id))
        try repository.write("kind: Tenant # 2\n", to: "tenants/acme/tenant.yaml")
        let third = try await GitSource.openWorktree(path: repository.path)
        #expect(try await third.changes(in: "tenants", since: id) == nil)
    }
}
