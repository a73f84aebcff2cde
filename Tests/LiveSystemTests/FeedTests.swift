import ClaraModel
import Planning
import Scheduling
import TestSupport
import Testing

@testable import LiveSystem

/// The change feed, with a shell that knows nothing of Clara as the other writer.
@Suite struct FeedTests {
    /// Runs statements in the `sqlite3` program.
    private func shell(_ temporary: TemporaryStore, _ sql: String) throws {
        let run = try Program(path: "/usr/bin/sqlite3", environment: [:])
            .run([temporary.path, "PRAGMA busy_timeout = 5000; \(sql)"], in: temporary.directory)
        guard run.status == 0 else { throw ProgramFailure("\(sql): \(run.errors)") }
    }

    private func feed(_ temporary: TemporaryStore, after start: Int) async throws -> [String] {
        try await temporary.rows(
            """
            SELECT tenant || '/' || kind || '/' || name || ' ' || action || ' ' \
            || COALESCE(operation, 'by hand') FROM change_feed WHERE seq > \(start) ORDER BY seq
            """
        ).compactMap { $0.first ?? nil }
    }

    private func end(_ temporary: TemporaryStore) async throws -> Int {
        let rows = try await temporary.rows("SELECT max(seq) FROM change_feed")
        return rows.first?.first.flatMap { $0 }.flatMap { Int($0) } ?? 0
    }

    private func fill(_ locked: LockedStore) async throws {
        let outcome = try await locked.perform(
            .create(.client, Sample.tenant),
            .create(.quota, Sample.quota),
            .create(.base, Sample.base),
            .create(.prompt, Sample.prompt),
            .create(
                .schedule,
                Sample.schedule,
                slots: .adding(.at(hour: 9), .at(hour: 9, day: 2))
            ),
            settles: Digest(of: "inputs")
        )
        #expect(outcome == .done)
    }

    /// What somebody does by hand, and what the feed says of it.
    private static let edits: [(sql: String, expected: [String])] = [
        ("INSERT INTO clients (tenant, display_name) VALUES ('b', 'B')", ["b/Tenant/b insert"]),
        ("UPDATE clients SET state = 'paused'", ["acme/Tenant/acme update"]),
        (
            "REPLACE INTO clients SELECT tenant, '{}', 'New', NULL, NULL, NULL, NULL, NULL FROM clients",
            ["acme/Tenant/acme insert"]
        ),
        ("UPDATE clients SET state = state, display_name = display_name", []),
        (
            "INSERT INTO credentials (tenant, name, provider) VALUES ('acme', 'x', 'x')",
            ["acme/Credential/x insert"]
        ),
        ("UPDATE quotas SET posts_per_day = 99", ["acme/Quota/default update"]),
        (
            "UPDATE quotas SET name = 'other'",
            ["acme/Quota/default delete", "acme/Quota/other insert"]
        ),
        ("DELETE FROM quotas", ["acme/Quota/default delete"]),
        ("UPDATE prompts SET system = 'Hype!'", ["acme/Prompt/notes update"]),
        ("UPDATE prompts SET version = 7", []),
        ("DELETE FROM prompts", ["acme/Prompt/notes delete"]),
        ("UPDATE schedules SET jitter = '5m'", ["acme/Schedule/mornings update"]),
        (
            "UPDATE schedules SET slots_until = '2030-01-01T00:00:00Z'",
            ["acme/Schedule/mornings update"]
        ),
        ("DELETE FROM schedules", ["acme/Schedule/mornings delete"]),
        ("UPDATE slots SET state = 'armed', reason = 'engine'", []),
        (
            "UPDATE slots SET fires_at = '2026-11-24T10:00:00Z' WHERE local_time < '2026-11-25'",
            ["acme/Schedule/mornings update"]
        ),
        ("DELETE FROM slots WHERE local_time < '2026-11-25'", ["acme/Schedule/mornings delete"]),
        (
            "INSERT INTO slots (tenant, schedule, local_time, fires_at) "
                + "VALUES ('acme', 'mornings', '2026-11-30T08:00', '2026-11-30T08:00:00Z')",
            ["acme/Schedule/mornings insert"]
        ),
        ("UPDATE knowledge_bases SET chunking_tokens = 7", ["acme/KnowledgeBase/facts update"]),
        (
            "UPDATE knowledge_documents SET size = 11 WHERE path LIKE '%a.md'",
            ["acme/KnowledgeBase/facts update"]
        ),
        (
            "DELETE FROM knowledge_documents WHERE path LIKE '%a.md'",
            ["acme/KnowledgeBase/facts delete"]
        ),
        ("DELETE FROM applied_resources WHERE kind = 'Quota'", ["acme/Quota/default delete"]),
        (
            "UPDATE applied_resources SET fleet = 'theirs' WHERE kind = 'Prompt'",
            ["acme/Prompt/notes update"]
        ),
        ("DELETE FROM tenant_settlements", ["acme/Tenant/acme delete"]),
        (
            "INSERT INTO protections VALUES ('acme', 'Quota', 'default', 'r', 'd', 's')",
            ["acme/Quota/default insert"]
        ),
        (
            "INSERT INTO retirements VALUES ('acme', 's', 'p', 'r', '{}')",
            ["acme/Tenant/acme insert"]
        ),
        (
            "INSERT INTO overrides VALUES ('acme', 'Quota', 'default', '[]', NULL, 'r', 'd', 's', 'u')",
            ["acme/Quota/default insert"]
        ),
        ("DELETE FROM conditions; DELETE FROM fleets; DELETE FROM events; DELETE FROM pins", []),
    ]

    @Test("every change by hand is told, whatever the table", arguments: 0..<edits.count)
    func byHand(_ index: Int) async throws {
        let (sql, expected) = Self.edits[index]
        try await TemporaryStore.with { temporary, locked in
            try await fill(locked)
            let start = try await end(temporary)
            try shell(temporary, sql)
            let found = try await feed(temporary, after: start)
            #expect(found == expected.map { "\($0) by hand" }, "\(sql)")
        }
    }

    @Test("a REPLACE on a connection of Clara's own kind tells the row that it takes away, too")
    func replaceWithTriggers() async throws {
        try await TemporaryStore.with { temporary, locked in
            try await fill(locked)
            let start = try await end(temporary)
            try await temporary.byHand(
                "REPLACE INTO quotas (tenant, name, posts_per_day) VALUES ('acme', 'default', 1)"
            )
            #expect(
                try await feed(temporary, after: start) == [
                    "acme/Quota/default delete by hand", "acme/Quota/default insert by hand",
                ]
            )
        }
    }

    @Test("Clara's own writes carry their operation, one row for each resource")
    func ownWrites() async throws {
        try await TemporaryStore.with { temporary, locked in
            try await fill(locked)
            let operation = locked.request.operation.description
            #expect(
                try await feed(temporary, after: 0).sorted() == [
                    "acme/KnowledgeBase/facts insert \(operation)",
                    "acme/Prompt/notes insert \(operation)",
                    "acme/Quota/default insert \(operation)",
                    "acme/Schedule/mornings insert \(operation)",
                    "acme/Tenant/acme insert \(operation)",
                ]
            )
            #expect(try await temporary.rows("SELECT operation FROM change_context") == [[nil]])
        }
    }

    @Test("a step that only writes a mark, or only slots, is told as well")
    func marksAlone() async throws {
        try await TemporaryStore.with { temporary, locked in
            try await fill(locked)
            let start = try await end(temporary)
            _ = try await locked.perform(
                .update(.quota, from: Sample.quota, to: Sample.quota, reason: .adopted)
            )
            let operation = locked.request.operation.description
            #expect(
                try await feed(temporary, after: start) == [
                    "acme/Quota/default update \(operation)"
                ]
            )
        }
    }

    @Test("rolling slots forward and the engine's notes leave the feed alone")
    func upkeep() async throws {
        try await TemporaryStore.with { temporary, locked in
            try await fill(locked)
            let cursor = try await locked.store.feedCursor()
            let window =
                SlotChange.fortnight.lowerBound..<(SlotChange.fortnight.upperBound + .days(1))
            let change = SlotChange(
                added: [.at(hour: 9, day: 14)],
                removed: [],
                window: window,
                fingerprint: 0
            )
            let upkeep = SlotExtension(
                address: .schedule,
                previous: SlotChange.fortnight,
                change: change
            )
            #expect(try await locked.extendSlots([upkeep]) == [.done])
            try shell(temporary, "UPDATE slots SET state = 'posted'")
            let page = try await locked.store.feed(after: cursor)
            #expect(page.tenants.isEmpty && page.isComplete && page.cursor == cursor)
        }
    }

    @Test("a page tells tenants that people touched from those that operations touched")
    func pages() async throws {
        try await TemporaryStore.with { temporary, locked in
            let start = try await locked.store.feedCursor()
            try await fill(locked)
            try shell(temporary, "INSERT INTO clients (tenant, display_name) VALUES ('b', 'B')")
            let page = try await locked.store.feed(after: start)
            #expect(page.byOperations == ["acme"] && page.byHand == ["b"])
            #expect(page.isComplete)
            let next = try await locked.store.feed(after: page.cursor)
            #expect(next.tenants.isEmpty && next.cursor == page.cursor)
        }
    }

    @Test("a cursor before what is kept, or after what is there, is told to be incomplete")
    func gaps() async throws {
        try await TemporaryStore.with { temporary, locked in
            try await fill(locked)
            let end = try await locked.store.feedCursor()
            #expect(
                try await locked.store.feed(after: FeedCursor(sequence: 99)).isComplete == false
            )
            try shell(temporary, "DELETE FROM change_feed WHERE seq <= 2")
            #expect(try await locked.store.feed(after: FeedCursor(sequence: 1)).isComplete == false)
            #expect(try await locked.store.feed(after: FeedCursor(sequence: 2)).isComplete)
            #expect(try await locked.store.feed(after: end).isComplete)
        }
    }

    @Test("an edit by hand is known since its first change after Clara's last write")
    func handEdits() async throws {
        try await TemporaryStore.with { temporary, locked in
            try await fill(locked)
            #expect(try await locked.store.handEdits(of: [.quota, .client]).isEmpty)
            try shell(temporary, "UPDATE quotas SET posts_per_day = 1")
            try shell(
                temporary,
                "UPDATE change_feed SET changed_at = '2026-11-23T15:00:00Z' "
                    + "WHERE operation IS NULL"
            )
            try shell(temporary, "UPDATE quotas SET posts_per_day = 2; DELETE FROM slots")
            let edits = try await locked.store.handEdits(of: [.quota, .schedule, .client])
            #expect(edits[.quota] == HandEdit(since: .testNow + .hours(1), action: .update))
            #expect(edits[.schedule]?.action == .delete)
            #expect(edits[.client] == nil)
            let live = try #require(try await locked.resource(.quota)?.content)
            let heal = Step.update(.quota, from: live, to: Sample.quota, reason: .drifted)
            #expect(try await locked.perform(heal) == .done)
            #expect(try await locked.store.handEdits(of: [.quota]).isEmpty)
        }
    }

    @Test("the feed notices every column of a content", arguments: Kind.allCases)
    func columns(_ kind: Kind) async throws {
        let layout = TableLayout.of(kind)
        try await TemporaryStore.with { temporary, _ in
            let rows = try await temporary.rows(
                "SELECT sql FROM sqlite_master WHERE name = '\(layout.table)_feed_update'"
            )
            let sql = try #require(rows.first?.first ?? nil)
            for column in layout.columns {
                #expect(
                    sql.contains("NEW.\(column.name),") || sql.contains("NEW.\(column.name))")
                        || sql.contains("NEW.\"\(column.name)\""),
                    "\(column.name): the next migration must replace the trigger"
                )
            }
        }
    }
}
