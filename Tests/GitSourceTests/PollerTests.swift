import Foundation
import Testing

@testable import GitSource

@Suite("Polling a source", .enabled(if: Tool.has(.git), "git is not installed"))
struct PollerTests {
    private let repository: FixtureRepository

    init() throws {
        repository = try FixtureRepository.fleet()
    }

    private func poller(_ address: String, following reference: String? = nil) throws -> GitPoller {
        let cache = repository.scratch("cache")
        return GitPoller(
            try SourceAddress(parsing: address),
            options: GitOptions(cacheDirectory: cache, reference: reference)
        )
    }

    private var addresses: [String] { [repository.path, "file://\(repository.path)"] }

    private func isSame(_ left: any SourceTree, _ right: any SourceTree) -> Bool {
        left as AnyObject === right as AnyObject
    }

    @Test("the view stays the same until the source moves")
    func moves() async throws {
        for address in addresses {
            let poller = try poller(address)
            let first = try await poller.poll()
            let again = try await poller.poll()
            #expect(isSame(again, first))
            let commit = try repository.commit("moved")
            let second = try await poller.poll()
            #expect(second.revision.commit == commit)
            #expect(try await first.text("fleet.yaml") == "kind: Fleet\n")
        }
    }

    @Test("a mirror that is up to date is not written")
    func quiet() async throws {
        let poller = try poller("file://\(repository.path)")
        _ = try await poller.poll()
        let names = try FileManager.default.contentsOfDirectory(
            atPath: repository.scratch("cache")
        )
        let mirror = try #require(names.first { !$0.contains(".") })
        let table = repository.scratch("cache/\(mirror)/packed-refs")
        let before = try FileManager.default.attributesOfItem(atPath: table)
        _ = try await poller.poll()
        let after = try FileManager.default.attributesOfItem(atPath: table)
        #expect(before[.systemFileNumber] as? Int == after[.systemFileNumber] as? Int)
    }

    @Test("an older commit can be had beside the head, and is kept")
    func pinned() async throws {
        let old = try #require(try repository.id("HEAD"))
        try repository.commit("moved")
        for address in addresses {
            let poller = try poller(address, following: "main")
            let pinned = try await poller.tree(at: "main@sha1:\(old)")
            #expect(pinned.revision.commit == old)
            let again = try await poller.tree(at: "main@sha1:\(old)")
            #expect(isSame(again, pinned))
            #expect(try await poller.poll().revision.commit == repository.id("HEAD"))
        }
    }

    @Test("a source that is gone is a lasting failure, one that does not answer a passing one")
    func failures() async throws {
        let absent = try poller("file://\(repository.scratch("nowhere"))")
        await #expect { _ = try await absent.poll() } throws: { error in
            (error as? GitError)?.isTransient == false
        }
        let silent = try poller("https://127.0.0.1:1/fleet.git")
        await #expect { _ = try await silent.poll() } throws: { error in
            (error as? GitError)?.isTransient == true
        }
        try repository.commit("still polled")
        #expect(try await poller(repository.path).poll().revision.name == "main")
    }
}
