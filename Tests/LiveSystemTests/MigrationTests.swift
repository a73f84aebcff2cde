import ClaraModel
import Planning
import SQLDatabase
import Testing

@testable import LiveSystem

/// Stores of earlier versions.
@Suite struct StoreMigrationTests {
    /// A store of version 1 with a client and a quota that it manages.
    private func versionOne() async throws -> TemporaryStore {
        let temporary = try TemporaryStore()
        let driver = try SQLiteDriver(path: temporary.path, access: .writing)
        try await driver.migrate([migration1], at: Instant.testNow.description)
        try await temporary.byHand(
            "INSERT INTO clients (tenant, display_name, state) VALUES ('acme', 'Acme Coffee', 'active')",
            "INSERT INTO quotas (tenant, name, posts_per_day) VALUES ('acme', 'default', 3)",
            "INSERT INTO applied_resources VALUES ('acme', 'Tenant', 'acme', "
                + "'\(Sample.tenant.text)', 'd', 'main@sha1:1', 'agency', '2026-11-23T14:00:00Z')"
        )
        return temporary
    }

    @Test("an older store is not read, and the message says what migrates it")
    func reading() async throws {
        let temporary = try await versionOne()
        defer { temporary.remove() }
        let error = await #expect(throws: StoreError.self) {
            try await temporary.open(.reading)
        }
        #expect(error?.description.contains("schema version 1") == true)
        #expect(error?.description.contains("the next apply migrates it") == true)
    }

    @Test("an older store keeps its rows and gains lock, journal and feed")
    func writing() async throws {
        let temporary = try await versionOne()
        defer { temporary.remove() }
        let locked = try await temporary.lock()
        #expect(try await locked.resource(.client)?.content == Sample.tenant)
        #expect(try await locked.resource(.client)?.applied?.content == Sample.tenant)
        let cursor = try await locked.store.feedCursor()
        try await temporary.byHand("UPDATE quotas SET posts_per_day = 9")
        #expect(try await locked.store.feed(after: cursor).byHand == ["acme"])
        let live = try #require(try await locked.resource(.quota)?.content)
        let adoption = Step.update(.quota, from: live, to: Sample.quota, reason: .adopted)
        #expect(try await locked.perform(adoption) == .done)
        #expect(try await locked.store.operations().map(\.state) == [.done])
        #expect(try await locked.store.identity() != nil)
    }

    @Test("a store has one identity from its first opening on, and its key is not shown")
    func identity() async throws {
        let temporary = try TemporaryStore()
        defer { temporary.remove() }
        #expect(try await temporary.open(.reading).identity() == nil)
        let first = try #require(try await temporary.open().identity())
        let second = try #require(try await temporary.open(.reading).identity())
        #expect(first.id == second.id && first.id.count == 32)
        #expect(first.planKey.reveal() == second.planKey.reveal())
        #expect(first.planKey.reveal().count == 32)
        var dumped = ""
        dump(first, to: &dumped)
        #expect(dumped.contains("(32 secret bytes)"))
        #expect(!dumped.contains(first.planKey.reveal().hex))
    }

    @Test(
        "a migration that was released never changes",
        arguments: [
            (1, "sha256:e412a5eb4fb655f59df3d5e1da1511928291681b3331258cf66077c35e70a17d"),
            (2, "sha256:f4de8cb2f407052dbdfbcb72015d3aac14aef98c61d47255305f5abc34b27c37"),
        ]
    )
    func released(_ version: Int, _ digest: String) {
        #expect(Digest(of: storeMigrations[version - 1].sql).description == digest)
    }
}
