import ClaraModel
import Foundation
import Planning
import SQLDatabase
import TestSupport
import Testing

@testable import LiveSystem

/// Observing a part of a store, and counting it.
@Suite struct ObserveTests {
    private func isSame(_ left: LiveTenant?, _ right: LiveTenant?) -> Bool {
        left?.settlement == right?.settlement && left?.resources == right?.resources
            && left?.slots == right?.slots && left?.retirement == right?.retirement
            && left?.protections == right?.protections && left?.overrides == right?.overrides
            && (left == nil) == (right == nil)
    }

    private static let edits = [
        "DELETE FROM quotas WHERE tenant = 'tenant-1'",
        "UPDATE slots SET fires_at = '2026-12-01T08:00:00Z' WHERE tenant = 'tenant-2'",
        "DELETE FROM knowledge_documents WHERE tenant = 'tenant-3'",
        "DELETE FROM applied_resources WHERE tenant = 'tenant-0' AND kind = 'Prompt'",
        "INSERT INTO slots (tenant, schedule, local_time, fires_at) "
            + "VALUES ('ghost', 's', '2026-11-30T08:00', '2026-11-30T08:00:00Z')",
        "INSERT INTO protections VALUES ('tenant-2', 'Tenant', 'tenant-2', 'r', 'd', "
            + "'2026-11-23T14:00:00Z')",
        "INSERT INTO retirements VALUES ('tenant-4', '2026-11-23T14:00:00Z', "
            + "'2026-12-23T14:00:00Z', 'r', '{}')",
    ]

    @Test(
        "some tenants are observed as they are among all",
        arguments: SplitMix64.seeds(4)
    )
    func parts(_ seed: UInt64) async throws {
        var contents = RandomContent(random: SplitMix64(seed: seed))
        let plans = (0..<5).map { number in
            let tenant = "tenant-\(number)"
            let steps = Kind.allCases.map { kind in
                Step.create(
                    ResourceAddress(
                        tenant: tenant,
                        kind: kind,
                        name: kind == .tenant ? tenant : "some"
                    ),
                    contents.content(kind),
                    slots: kind == .schedule ? .adding(.at(hour: 9), .at(hour: 9, day: 3)) : nil
                )
            }
            return TenantPlan(tenant: tenant, steps: steps, settles: Digest(of: tenant))
        }
        try await TemporaryStore.with { temporary, locked in
            let outcomes = try await locked.perform(plans)
            #expect(outcomes.allSatisfy { $0.outcome == .done }, "seed \(seed)")
            for edit in Self.edits { try await temporary.byHand(edit) }
            let all = try await locked.observe(now: .testNow)
            for names: Set<String> in [["tenant-0", "tenant-1"], ["ghost", "nobody"], []] {
                let some = try await locked.store.observe(tenants: names, now: .testNow)
                #expect(Set(some.tenants.keys) == names.intersection(all.tenants.keys))
            }
            for name in all.tenants.keys {
                let one = try await locked.store.observe(tenants: [name], now: .testNow)
                #expect(isSame(one.tenants[name], all.tenants[name]), "seed \(seed): \(name)")
            }
        }
    }

    @Test("no query of a single tenant reads a whole table")
    func indexes() async throws {
        try await TemporaryStore.with { temporary, _ in
            for table in [
                "clients", "credentials", "quotas", "knowledge_bases", "prompts", "schedules",
                "applied_resources", "tenant_settlements", "retirements", "protections",
                "overrides", "change_feed", "operation_steps",
            ] {
                let plan = try await temporary.rows(
                    "EXPLAIN QUERY PLAN SELECT * FROM \(table) WHERE tenant = 'acme'"
                )
                #expect(plan.allSatisfy { $0[3]?.hasPrefix("SEARCH") == true }, "\(plan)")
            }
        }
    }

    @Test("marks are counted by tenant, and live rows by whether they carry one")
    func counting() async throws {
        try await TemporaryStore.with { temporary, locked in
            _ = try await locked.perform(
                .create(.client, Sample.tenant),
                .create(.quota, Sample.quota)
            )
            try await temporary.byHand(
                "INSERT INTO clients (tenant, display_name) VALUES ('b', 'B')",
                "INSERT INTO prompts (tenant, name, system, template) VALUES ('b', 'p', '', '')",
                "DELETE FROM quotas"
            )
            let census = try await locked.store.census(of: "agency")
            #expect(census == LiveCensus(managed: 2, byTenant: ["acme": 2], clients: 2))
            let other = try await locked.store.census(of: "another")
            #expect(other == LiveCensus(managed: 0, byTenant: [:], clients: 2))
            let coverage = try await locked.store.coverage()
            #expect(coverage == StoreCoverage(managed: 1, unmanaged: 2))
        }
    }

    @Test("a text that is not UTF-8 is shown with replacements, and can be healed")
    func brokenText() async throws {
        try await TemporaryStore.with { temporary, locked in
            _ = try await locked.perform(
                .create(.client, Sample.tenant),
                .create(.base, Sample.base)
            )
            try await temporary.byHand(
                "UPDATE clients SET display_name = CAST(x'41ff42' AS TEXT)",
                "UPDATE knowledge_documents SET content_hash = CAST(x'ff' AS TEXT) "
                    + "WHERE path LIKE '%a.md'"
            )
            let client = try #require(try await locked.resource(.client)?.content)
            #expect(try client.value()["displayName"] == "A\u{FFFD}B")
            let base = try #require(try await locked.resource(.base)?.content)
            let outcome = try await locked.perform(
                .update(.client, from: client, to: Sample.tenant, reason: .drifted),
                .update(.base, from: base, to: Sample.base, reason: .drifted)
            )
            #expect(outcome == .done)
            #expect(try await locked.resource(.client)?.content == Sample.tenant)
            #expect(try await locked.resource(.base)?.content == Sample.base)
        }
    }
}
