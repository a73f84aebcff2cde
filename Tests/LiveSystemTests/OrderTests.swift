import ClaraModel
import LiveSystem
import Planning
import Testing

/// What people order beside git, from its order to its end.
@Suite struct OrderTests {
    private static let paused = Sample.content(["displayName": "Acme Coffee", "state": "paused"])
    private static let retirement = Retirement(
        since: .testNow,
        purgeAfter: .testNow + .days(30)
    )
    private static let protection = Protection(reason: "launch", by: "dana", since: .testNow)

    private func live(_ locked: LockedStore) async throws -> LiveTenant? {
        try await locked.observe(now: .testNow).tenants["acme"]
    }

    private func retire(_ locked: LockedStore) async throws {
        _ = try await locked.perform(
            .create(.client, Sample.tenant),
            .create(.quota, Sample.quota),
            settles: Digest(of: "inputs")
        )
        let step = Step(
            address: .client,
            action: .retire,
            reason: .removed,
            before: Sample.tenant,
            after: Self.paused,
            retirement: Self.retirement
        )
        #expect(try await locked.perform(step, by: .second) == .done)
    }

    @Test("a retired tenant is paused, keeps its rows, and is no longer settled")
    func retiring() async throws {
        try await TemporaryStore.with { _, locked in
            try await retire(locked)
            let live = try #require(try await live(locked))
            #expect(live.retirement == Self.retirement)
            #expect(live.resources[.client]?.content == Self.paused)
            #expect(live.resources[.client]?.applied?.content == Self.paused)
            #expect(live.resources[.quota]?.content == Sample.quota)
            #expect(live.settlement == nil)
        }
    }

    @Test("a retired tenant is brought back as it was")
    func restoring() async throws {
        try await TemporaryStore.with { _, locked in
            try await retire(locked)
            let retired = try #require(try await locked.store.retirements()["acme"])
            #expect(retired.formerContent == Sample.tenant)
            #expect(retired.revision == Provenance.second.revision)
            let live = try #require(try await live(locked))
            let plan = try #require(retired.restoration(of: "acme", onto: live))
            #expect(try await locked.perform([plan]).map(\.outcome) == [.done])
            let back = try await self.live(locked)
            #expect(back?.retirement == nil)
            #expect(back?.resources[.client]?.content == Sample.tenant)
            #expect(retired.restoration(of: "acme", onto: LiveTenant()) == nil)
        }
    }

    @Test("a tenant that comes back with the content that it has is no longer retired")
    func restoringUnchanged() async throws {
        try await TemporaryStore.with { _, locked in
            try await retire(locked)
            let step = Step.update(.client, from: Self.paused, to: Self.paused, reason: .restored)
            #expect(try await locked.perform(step) == .done)
            #expect(try await live(locked)?.retirement == nil)
        }
    }

    @Test("a purged tenant leaves no order behind")
    func purging() async throws {
        try await TemporaryStore.with { temporary, locked in
            try await retire(locked)
            // Of something that is not there, it holds nothing back.
            let gone = ResourceAddress(tenant: "acme", kind: .prompt, name: "gone")
            try await locked.protect(gone, Self.protection)
            try await begin(locked, until: .testNow + .hours(1))
            let outcome = try await locked.perform(
                .delete(.quota, Sample.quota),
                .delete(.client, Self.paused)
            )
            #expect(outcome == .done)
            for table in ["retirements", "protections", "overrides", "conditions"] {
                #expect(try await temporary.rows("SELECT * FROM \(table)").isEmpty, "\(table)")
            }
            #expect(try await live(locked) == nil)
        }
    }

    @Test("a retirement whose end somebody made unreadable never ends")
    func unreadableRetirement() async throws {
        try await TemporaryStore.with { temporary, locked in
            try await retire(locked)
            try await temporary.byHand("UPDATE retirements SET purge_after = 'soon'")
            let retirement = try await live(locked)?.retirement
            #expect(retirement?.purgeAfter.description == "9999-12-31T23:59:59Z")
        }
    }

    @Test("a protection stands until it is taken back")
    func protecting() async throws {
        try await TemporaryStore.with { _, locked in
            try await locked.protect(.client, Self.protection)
            try await locked.protect(.quota, Self.protection)
            #expect(
                try await live(locked)?.protections
                    == [.client: Self.protection, .quota: Self.protection]
            )
            #expect(try await locked.unprotect(.client))
            #expect(try await locked.unprotect(.client) == false)
            #expect(try await live(locked)?.protections == [.quota: Self.protection])
        }
    }

    private func override(until: Instant) -> Override {
        Override(
            address: .quota,
            path: ["posts", "perDay"],
            value: ["odd": [1, "two \"quoted\""]],
            reason: "storm",
            by: "dana",
            since: .testNow,
            until: until
        )
    }

    private func begin(_ locked: LockedStore, until: Instant) async throws {
        let plan = TenantPlan(
            tenant: "acme",
            overrides: OverrideChange(begun: [override(until: until)])
        )
        #expect(try await locked.perform([plan]).map(\.outcome) == [.done])
    }

    @Test("an override is kept with its value, and ends only as it was planned to")
    func overriding() async throws {
        try await TemporaryStore.with { _, locked in
            let (soon, late) = (Instant.testNow + .hours(1), Instant.testNow + .hours(2))
            try await begin(locked, until: soon)
            #expect(try await live(locked)?.overrides == [override(until: soon)])
            // Somebody prolongs it before its end is healed.
            try await begin(locked, until: late)
            #expect(try await live(locked)?.overrides == [override(until: late)])
            let stale = TenantPlan(
                tenant: "acme",
                overrides: OverrideChange(ended: [override(until: soon)])
            )
            guard case .stale(.quota, _) = try await locked.perform([stale]).first?.outcome else {
                Issue.record("an override that was prolonged has ended")
                return
            }
            let plan = TenantPlan(
                tenant: "acme",
                overrides: OverrideChange(ended: [override(until: late)])
            )
            #expect(try await locked.perform([plan]).map(\.outcome) == [.done])
            #expect(try await live(locked)?.overrides.isEmpty != false)
        }
    }

    @Test("a fleet has one pin, the latest")
    func pinning() async throws {
        try await TemporaryStore.with { _, locked in
            func pin(_ commit: String) -> Pin {
                Pin(
                    fleet: "agency",
                    revision: "main@sha1:\(commit)",
                    commit: commit,
                    head: "ff",
                    reason: "bad release",
                    by: "dana",
                    since: .testNow
                )
            }
            try await locked.pin(pin("aa"))
            try await locked.pin(pin("bb"))
            #expect(try await locked.store.pins() == ["agency": pin("bb")])
            #expect(try await locked.unpin(pin("aa")) == false, "it was given before")
            #expect(try await locked.unpin(pin("bb")))
            try await locked.pin(pin("bb"))
            #expect(try await locked.unpin("agency"))
            #expect(try await locked.unpin("agency") == false)
            #expect(try await locked.store.pins().isEmpty)
        }
    }

    @Test("a repeated event is counted, and the latest come first")
    func events() async throws {
        try await TemporaryStore.with { temporary, locked in
            func note(_ tenant: String?, _ message: String) -> EventNote {
                EventNote(
                    tenant: tenant,
                    type: .warning,
                    reason: "Drifted",
                    message: message,
                    revision: "r"
                )
            }
            try await locked.note([note("acme", "quota"), note(nil, "fleet")])
            temporary.clock.advance(TimeSpan(seconds: 9))
            try await locked.note([note("acme", "quota")])
            let events = try await locked.store.events(limit: 10)
            #expect(events.map(\.note) == [note("acme", "quota"), note(nil, "fleet")])
            #expect(events.map(\.count) == [2, 1])
            #expect(events[0].first == .testNow)
            #expect(events[0].last == .testNow + TimeSpan(seconds: 9))
            #expect(try await locked.store.events(limit: 1) == [events[0]])
            #expect(try await locked.store.events(limit: 9, tenant: "acme") == [events[0]])
            #expect(try await locked.store.events(limit: 9, since: events[0].last) == [events[0]])
        }
    }

    @Test("events are bounded in number and age")
    func eventBounds() async throws {
        try await TemporaryStore.with { temporary, locked in
            let rows =
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                + "WHERE i < \(Retention.events + 5)) "
            try await temporary.byHand(
                "\(rows)INSERT INTO events (at, last_at, count, tenant, type, reason, message, "
                    + "revision) SELECT '2026-11-23T14:00:00Z', '2026-11-23T14:00:00Z', 1, '', "
                    + "'Normal', 'r', i, '' FROM n",
                "UPDATE events SET last_at = '2026-10-01T00:00:00Z' WHERE seq > \(Retention.events)"
            )
            try await locked.prune()
            let left = try await temporary.rows("SELECT count(*), max(seq) FROM events")
            #expect(left == [["\(Retention.events)", "\(Retention.events)"]])
        }
    }
}
