import ClaraModel
import LiveSystem
import Planning
import Testing

@testable import Applying

/// What an order of a person leaves behind where it cannot be carried out, or not to its end.
@Suite struct BreakGlassTests {
    private static let client = ResourceAddress(tenant: "acme", kind: .tenant, name: "acme")
    private static let active: JSONValue = ["displayName": "Acme", "state": "active"]
    private static let paused: JSONValue = ["displayName": "Acme", "state": "paused"]

    /// Runs a test on a store with a retired tenant, and what restores it.
    private func withRetired(_ test: (World, BreakGlass) async throws -> Void) async throws {
        try await World.with { world in
            let create = TenantPlan(tenant: "acme", steps: [.create(Self.client, Self.active)])
            _ = await world.apply(world.plan([create]))
            let retire = Step(
                address: Self.client,
                action: .retire,
                reason: .removed,
                before: CanonicalJSON(Self.active),
                after: CanonicalJSON(Self.paused),
                retirement: Retirement(since: .testNow, purgeAfter: .testNow + .days(30))
            )
            _ = await world.apply(world.plan([TenantPlan(tenant: "acme", steps: [retire])]))
            #expect(try await world.store.retirements().keys.sorted() == ["acme"])
            let token = try #require(try await world.store.lockHolder()?.token)
            _ = try await world.store.unlock(token: token)
            try await test(world, BreakGlass(try await world.acquire(9), by: "dana"))
        }
    }

    private func live(_ world: World) async throws -> LiveTenant {
        try await world.store.observe(now: .testNow).tenants["acme"] ?? LiveTenant()
    }

    @Test("a tenant that is brought back is protected before")
    func protectedFirst() async throws {
        try await withRetired { world, breakGlass in
            try world.refuse("INSERT", of: "protections")
            await #expect(throws: BreakGlassError.self) {
                try await breakGlass.restore("acme", reason: "a mistake")
            }
            #expect(try await live(world).retirement != nil)
        }
    }

    @Test("a tenant that cannot be brought back is not protected either")
    func notRestored() async throws {
        try await withRetired { world, breakGlass in
            try world.refuse("UPDATE", of: "clients")
            await #expect(throws: BreakGlassError.self) {
                try await breakGlass.restore("acme", reason: "a mistake")
            }
            #expect(try await live(world).protections.isEmpty)
        }
    }

    @Test("what is done and not noted to its end is told as done")
    func unfinished() async throws {
        try await withRetired { world, breakGlass in
            try world.refuse("UPDATE", of: "operations")
            let error = await #expect(throws: BreakGlassError.self) {
                try await breakGlass.restore("acme", reason: "a mistake")
            }
            #expect(error?.description.hasPrefix("it is done, but") == true)
            let live = try await live(world)
            #expect(live.retirement == nil && live.protections[Self.client] != nil)
        }
    }
}
