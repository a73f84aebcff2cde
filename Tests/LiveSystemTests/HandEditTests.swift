import ClaraModel
import LiveSystem
import Planning
import Scheduling
import Testing

/// Whatever somebody does with `sqlite3` is observed as it is, and can be put right.
@Suite struct HandEditTests {
    @Test("a value that was changed by hand is observed beside what was applied")
    func changed() async throws {
        try await TemporaryStore.with { temporary, store in
            _ = try await store.perform(.create(.client, Sample.tenant))
            try await temporary.byHand("UPDATE clients SET state = 'paused' WHERE tenant = 'acme'")
            let client = try await store.resource(.client)
            #expect(try client?.content?.value()["state"] == "paused")
            #expect(client?.applied?.content == Sample.tenant)
            #expect(client?.applied?.revision == "main@sha1:1")
        }
    }

    /// What somebody writes into a column, the field, and how it is observed there.
    private static let oddities: [(edit: String, field: String, observed: JSONValue)] = [
        ("state = 'asleep'", "state", "asleep"),
        ("state = ''", "state", ""),
        ("state = 5", "state", "5"),
        ("owners = 'not json'", "owners", "not json"),
        ("owners = '[\"a\", \"b\"]'", "owners", "[\"a\", \"b\"]"),
        ("owners = '\"quoted\"'", "owners", "\"quoted\""),
        ("owners = '{\"a\":1}'", "owners", ["a": 1]),
        ("owners = '7'", "owners", "7"),
        ("owners = '['", "owners", "["),
        ("labels = 'x' || char(10) || char(1)", "labels", "x\n\u{1}"),
        ("timezone = 'null'", "timezone", "null"),
    ]

    @Test("a value that does not fit is carried as it is, and can be healed", arguments: oddities)
    func odd(_ oddity: (edit: String, field: String, observed: JSONValue)) async throws {
        try await TemporaryStore.with { temporary, store in
            _ = try await store.perform(.create(.client, Sample.tenant))
            try await temporary.byHand("UPDATE clients SET \(oddity.edit)")
            let live = try #require(try await store.resource(.client)?.content)
            #expect(try live.value()[oddity.field] == oddity.observed)
            #expect(CanonicalJSON(try live.value()) == live)
            let heal = Step.update(.client, from: live, to: Sample.tenant, reason: .drifted)
            #expect(try await store.perform(heal) == .done)
            #expect(try await store.resource(.client)?.content == Sample.tenant)
        }
    }

    @Test("numbers beyond JSON are carried and healed", arguments: ["9e999", "-9e999"])
    func infinite(_ number: String) async throws {
        try await TemporaryStore.with { temporary, store in
            _ = try await store.perform(
                .create(.client, Sample.tenant),
                .create(.quota, Sample.quota)
            )
            try await temporary.byHand("UPDATE quotas SET budget_usd_per_month = \(number)")
            let live = try #require(try await store.resource(.quota)?.content)
            #expect(try live.value()["budget"]?["usdPerMonth"]?.text?.hasSuffix("Infinity") == true)
            #expect(try await store.perform(.update(.quota, from: live, to: Sample.quota)) == .done)
        }
    }

    @Test("a row that was deleted by hand leaves its mark, and comes back")
    func deleted() async throws {
        try await TemporaryStore.with { temporary, store in
            _ = try await store.perform(
                .create(.client, Sample.tenant),
                .create(.quota, Sample.quota)
            )
            try await temporary.byHand("DELETE FROM quotas", "DELETE FROM clients")
            let quota = try await store.resource(.quota)
            #expect(quota?.content == nil)
            #expect(quota?.applied?.content == Sample.quota)
            let outcome = try await store.perform(
                .create(.client, Sample.tenant, reason: .drifted),
                .create(.quota, Sample.quota, reason: .drifted)
            )
            #expect(outcome == .done)
            #expect(try await store.resource(.quota)?.content == Sample.quota)
        }
    }

    @Test("a row that was inserted by hand has no mark, and can be adopted")
    func inserted() async throws {
        try await TemporaryStore.with { temporary, store in
            try await temporary.byHand(
                "INSERT INTO clients (tenant, display_name) VALUES ('acme', 'Acme')",
                "INSERT INTO quotas (tenant, name, posts_per_day) VALUES ('acme', 'default', 3)"
            )
            let live = try #require(try await store.resource(.quota))
            #expect(live.applied == nil)
            let content = try #require(live.content)
            #expect(try content.value() == ["posts": ["perDay": 3]])
            let adoption = Step.update(.quota, from: content, to: content, reason: .adopted)
            #expect(try await store.perform(adoption) == .done)
            #expect(try await store.resource(.quota)?.applied?.content == content)
        }
    }

    @Test("documents that were changed by hand are observed in their base")
    func documents() async throws {
        try await TemporaryStore.with { temporary, store in
            _ = try await store.perform(
                .create(.client, Sample.tenant),
                .create(.base, Sample.base)
            )
            try await temporary.byHand(
                "DELETE FROM knowledge_documents WHERE path = 'knowledge/a.md'",
                "UPDATE knowledge_documents SET metadata = 'oops', size = 21",
                "INSERT INTO knowledge_documents VALUES ('acme', 'facts', 'é', 'h', 0, NULL)"
            )
            let live = try #require(try await store.resource(.base)?.content)
            #expect(
                try live.value()["documents"] == [
                    "knowledge/b.md": ["contentHash": "git:bb", "size": 21, "metadata": "oops"],
                    "é": ["contentHash": "h", "size": 0],
                ]
            )
            let heal = Step.update(.base, from: live, to: Sample.base, reason: .drifted)
            #expect(try await store.perform(heal) == .done)
            #expect(try await store.resource(.base)?.content == Sample.base)
        }
    }

    @Test("a base that was deleted with its documents left behind comes back clean")
    func orphans() async throws {
        try await TemporaryStore.with { temporary, store in
            _ = try await store.perform(
                .create(.client, Sample.tenant),
                .create(.base, Sample.base)
            )
            try await temporary.byHand(
                "DELETE FROM knowledge_documents",
                "DELETE FROM knowledge_bases"
            )
            #expect(try await store.perform(.create(.base, Sample.base, reason: .drifted)) == .done)
            #expect(try await store.resource(.base)?.content == Sample.base)
        }
    }

    @Test("a tenant of whom only leftovers remain is observed")
    func leftovers() async throws {
        try await TemporaryStore.with { temporary, store in
            try await temporary.byHand(
                """
                INSERT INTO slots (tenant, schedule, local_time, fires_at)
                VALUES ('ghost', 'gone', '2026-11-24T09:00', '2026-11-24T14:00:00Z')
                """
            )
            let ghost = try await store.observe(now: .testNow).tenants["ghost"]
            #expect(ghost?.resources.isEmpty == true)
            #expect(ghost?.slots["gone"]?.rows.count == 1)
            #expect(ghost?.slots["gone"]?.window == nil)
        }
    }

    private static let slotEdits: [(String, isTouched: Bool)] = [
        ("UPDATE slots SET state = 'skipped'", false),
        ("DELETE FROM slots WHERE local_time = '2026-11-24T09:00'", true),
        (
            "UPDATE slots SET fires_at = '2026-11-24T10:00:00Z' WHERE local_time = '2026-11-24T09:00'",
            true
        ),
        (
            """
            INSERT INTO slots (tenant, schedule, local_time, fires_at)
            VALUES ('acme', 'mornings', '2026-11-26T09:00', '2026-11-26T09:00:00Z')
            """, true
        ),
        (
            """
            INSERT INTO slots (tenant, schedule, local_time, fires_at)
            VALUES ('acme', 'mornings', '2026-11-22T09:00', '2026-11-22T09:00:00Z')
            """, false
        ),
        ("UPDATE schedules SET slots_fingerprint = NULL", true),
    ]

    @Test("slots that were added, moved or removed by hand are noticed", arguments: slotEdits)
    func slots(_ edit: (String, isTouched: Bool)) async throws {
        try await TemporaryStore.with { temporary, store in
            let change = SlotChange.adding(.at(hour: 9), .at(hour: 9, day: 2))
            _ = try await store.perform(
                .create(.client, Sample.tenant),
                .create(.schedule, Sample.schedule, slots: change)
            )
            let before = try await store.observe(now: .testNow).tenants["acme"]?.slots["mornings"]
            #expect(before?.isTouched == false)
            #expect(before?.window == SlotChange.fortnight)
            try await temporary.byHand(edit.0)
            let after = try await store.observe(now: .testNow).tenants["acme"]?.slots["mornings"]
            #expect(after?.isTouched == edit.isTouched)
        }
    }

    @Test(
        "a table refuses times that no slot can have",
        arguments: [
            "'2026-02-31T09:00', '2026-11-24T14:00:00Z'", "'soon', '2026-11-24T14:00:00Z'",
            "'2026-11-24T09:00', '2026-11-24 14:00'", "'2026-11-24T09:00', '2026-11-24T25:00:00Z'",
        ]
    )
    func impossibleTimes(_ times: String) async throws {
        try await TemporaryStore.with { temporary, _ in
            await #expect(throws: TemporaryStore.Refused.self) {
                try await temporary.byHand(
                    """
                    INSERT INTO slots (tenant, schedule, local_time, fires_at)
                    VALUES ('acme', 'mornings', \(times))
                    """
                )
            }
        }
    }
}
