import ClaraModel
import LiveSystem
import Planning
import Scheduling
import Testing

/// Steps on a real database: each is all or nothing, and only on what the plan saw.
@Suite struct PerformTests {
    @Test("an update meets only the row that the plan saw")
    func staleUpdate() async throws {
        try await TemporaryStore.with { temporary, store in
            _ = try await store.perform(
                .create(.client, Sample.tenant),
                .create(.quota, Sample.quota)
            )
            try await temporary.byHand("UPDATE quotas SET posts_per_hour = 99")
            let after = Sample.content(["posts": ["perDay": 4]])
            let outcome = try await store.perform(
                .update(.client, from: Sample.tenant, to: Sample.content(["displayName": "New"])),
                .update(.quota, from: Sample.quota, to: after)
            )
            #expect(
                outcome == .stale(.quota, found: "no row as it was when this was planned")
            )
            #expect(try await store.resource(.client)?.content == Sample.tenant)
        }
    }

    @Test("a step on a row that somebody deleted, or created, is stale")
    func staleRows() async throws {
        try await TemporaryStore.with { _, store in
            _ = try await store.perform(.create(.client, Sample.tenant))
            for step: Step in [
                .create(.client, Sample.tenant), .delete(.quota, Sample.quota),
                .update(.quota, from: Sample.quota, to: Sample.quota),
                .replace(.quota, from: Sample.quota, to: Sample.quota),
            ] {
                let outcome = try await store.perform(step)
                guard case .stale(step.address, _) = outcome else {
                    Issue.record("\(step.action): \(String(describing: outcome))")
                    continue
                }
            }
        }
    }

    @Test("a tenant that is stale or fails concerns no other")
    func independence() async throws {
        try await TemporaryStore.with { _, store in
            let outcomes = try await store.perform(
                ["a", "b", "c"].map { tenant in
                    let client = ResourceAddress(tenant: tenant, kind: .tenant, name: tenant)
                    let quota = ResourceAddress(tenant: tenant, kind: .quota, name: "q")
                    let steps: [Step] =
                        tenant == "b"
                        ? [.create(quota, Sample.quota)] : [.create(client, Sample.tenant)]
                    return TenantPlan(tenant: tenant, steps: steps)
                },
                by: .first
            )
            #expect(outcomes.map(\.tenant) == ["a", "b", "c"])
            #expect(outcomes[0].outcome == .done)
            #expect(outcomes[2].outcome == .done)
            guard case .failed(.database(let error)) = outcomes[1].outcome else {
                Issue.record("\(outcomes[1])")
                return
            }
            #expect(error.reason == .constraint)
        }
    }

    @Test("a deletion takes the row and its mark; the deletion of a lost row takes the mark")
    func deletion() async throws {
        try await TemporaryStore.with { temporary, store in
            _ = try await store.perform(
                .create(.client, Sample.tenant),
                .create(.quota, Sample.quota)
            )
            #expect(try await store.perform(.delete(.quota, Sample.quota)) == .done)
            #expect(try await store.resource(.quota) == nil)
            _ = try await store.perform(.create(.quota, Sample.quota))
            try await temporary.byHand("DELETE FROM quotas")
            #expect(try await store.perform(.delete(.quota, nil)) == .done)
            #expect(try await store.resource(.quota) == nil)
        }
    }

    @Test("a replacement leaves the new content under the same name")
    func replacement() async throws {
        try await TemporaryStore.with { _, store in
            _ = try await store.perform(
                .create(.client, Sample.tenant),
                .create(.base, Sample.base)
            )
            let after = Sample.content([
                "sources": [["glob": "other/**"]], "embedding": ["provider": "local"],
                "documents": ["other/c.md": ["contentHash": "git:cc", "size": 1]],
            ])
            #expect(try await store.perform(.replace(.base, from: Sample.base, to: after)) == .done)
            let found = try await store.resource(.base)
            #expect(found?.content == after)
        }
    }

    @Test("a base is not deleted over a document that the plan did not see")
    func staleDocuments() async throws {
        try await TemporaryStore.with { temporary, store in
            _ = try await store.perform(
                .create(.client, Sample.tenant),
                .create(.base, Sample.base)
            )
            try await temporary.byHand(
                "INSERT INTO knowledge_documents VALUES ('acme', 'facts', 'new', 'h', 0, NULL)"
            )
            #expect(
                try await store.perform(.delete(.base, Sample.base))
                    == .stale(.base, found: "rows that were not there when this was planned")
            )
        }
    }

    @Test("a prompt's versions are kept, and a healed prompt has its version back")
    func promptVersions() async throws {
        try await TemporaryStore.with { temporary, store in
            let second = Sample.content(["system": "b", "template": "t"])
            _ = try await store.perform(
                .create(.client, Sample.tenant),
                .create(.prompt, Sample.prompt)
            )
            _ = try await store.perform(
                .update(.prompt, from: Sample.prompt, to: second),
                by: .second
            )
            try await temporary.byHand("UPDATE prompts SET system = 'hacked'")
            let hacked = try #require(try await store.resource(.prompt)?.content)
            _ = try await store.perform(
                .update(.prompt, from: hacked, to: second, reason: .drifted)
            )
            #expect(try await temporary.rows("SELECT version FROM prompts") == [["2"]])
            #expect(
                try await temporary.rows(
                    "SELECT version, content, revision FROM prompt_versions ORDER BY version"
                )
                    == [
                        ["1", Sample.prompt.text, "main@sha1:1"],
                        ["2", second.text, "main@sha1:2"],
                    ]
            )
        }
    }

    @Test(
        "history is append-only while its client exists",
        arguments: [
            "UPDATE prompt_versions SET content = '{}'", "DELETE FROM prompt_versions",
        ]
    )
    func appendOnly(_ edit: String) async throws {
        try await TemporaryStore.with { temporary, store in
            _ = try await store.perform(
                .create(.client, Sample.tenant),
                .create(.prompt, Sample.prompt)
            )
            await #expect(throws: TemporaryStore.Refused.self) {
                try await temporary.byHand(edit)
            }
            _ = try await store.perform(
                .delete(.prompt, Sample.prompt),
                .delete(.client, Sample.tenant)
            )
            #expect(try await temporary.rows("SELECT version FROM prompt_versions") == [["1"]])
            try await temporary.byHand("DELETE FROM prompt_versions")
        }
    }

    @Test("slots are moved with their schedule")
    func slots() async throws {
        try await TemporaryStore.with { _, store in
            let old = Slot.at(hour: 9)
            let moved = Slot(
                localTime: old.localTime,
                occurrence: 0,
                scheduledAt: nil,
                firesAt: old.firesAt + .minutes(5)
            )
            _ = try await store.perform(
                .create(.client, Sample.tenant),
                .create(.schedule, Sample.schedule, slots: .adding(old))
            )
            let change = SlotChange(
                added: [moved],
                removed: [LiveSlot(planned: old)],
                window: SlotChange.fortnight,
                fingerprint: SlotFingerprint.of([moved]),
                formerEnd: SlotChange.fortnight.upperBound
            )
            let step = Step.update(
                .schedule,
                from: Sample.schedule,
                to: Sample.schedule,
                slots: change
            )
            #expect(try await store.perform(step) == .done)
            let live = try await store.observe(now: .testNow).tenants["acme"]?.slots["mornings"]
            #expect(live?.rows == [LiveSlot(planned: moved)])
            #expect(live?.isTouched == false)
        }
    }

    @Test("slots that were rolled forward since the plan was made leave its step undone")
    func slotsRolledForward() async throws {
        try await TemporaryStore.with { temporary, store in
            let (old, later) = (Slot.at(hour: 9), Slot.at(hour: 9, day: 1))
            _ = try await store.perform(
                .create(.client, Sample.tenant),
                .create(.schedule, Sample.schedule, slots: .adding(old))
            )
            try await temporary.byHand("UPDATE schedules SET slots_until = '2026-12-30T00:00:00Z'")
            let change = SlotChange(
                added: [later],
                removed: [],
                window: SlotChange.fortnight,
                fingerprint: SlotFingerprint.of([old, later]),
                formerEnd: SlotChange.fortnight.upperBound
            )
            let outcome = try await store.perform(
                .update(.schedule, from: Sample.schedule, to: Sample.schedule, slots: change)
            )
            guard case .stale(.schedule, _) = outcome else {
                Issue.record("\(String(describing: outcome))")
                return
            }
        }
    }

    @Test("what somebody has protected since the plan was made stays", arguments: [true, false])
    func protectedMeanwhile(wholeTenant: Bool) async throws {
        try await TemporaryStore.with { _, store in
            _ = try await store.perform(
                .create(.client, Sample.tenant),
                .create(.quota, Sample.quota)
            )
            let protection = Protection(reason: "press", by: "dana", since: .testNow)
            try await store.protect(wholeTenant ? .client : .quota, protection)
            let outcome = try await store.perform(.delete(.quota, Sample.quota))
            guard case .stale(.quota, _) = outcome else {
                Issue.record("\(String(describing: outcome))")
                return
            }
            _ = try await store.unprotect(wholeTenant ? .client : .quota)
            #expect(try await store.perform(.delete(.quota, Sample.quota)) == .done)
        }
    }

    @Test("a slot that the engine has taken is never deleted")
    func takenSlot() async throws {
        try await TemporaryStore.with { temporary, store in
            let slot = Slot.at(hour: 9)
            _ = try await store.perform(
                .create(.client, Sample.tenant),
                .create(.schedule, Sample.schedule, slots: .adding(slot))
            )
            try await temporary.byHand("UPDATE slots SET state = 'armed'")
            let removal = SlotChange(
                added: [],
                removed: [LiveSlot(planned: slot)],
                window: nil,
                fingerprint: 0
            )
            let outcome = try await store.perform(
                .delete(.schedule, Sample.schedule, slots: removal)
            )
            guard case .stale(.schedule, _) = outcome else {
                Issue.record("\(String(describing: outcome))")
                return
            }
            let keep = SlotChange(added: [], removed: [], window: nil, fingerprint: 0)
            #expect(
                try await store.perform(.delete(.schedule, Sample.schedule, slots: keep)) == .done
            )
            let live = try await store.observe(now: .testNow).tenants["acme"]?.slots["mornings"]
            #expect(live?.rows.map(\.isPlanned) == [false])
            #expect(live?.window == nil)
        }
    }

    @Test("slots that fired long ago are not observed; those of the last two days are")
    func memory() async throws {
        try await TemporaryStore.with { _, store in
            let change = SlotChange(
                added: [.at(hour: 9, day: -3), .at(hour: 9, day: -1), .at(hour: 9)],
                removed: [],
                window: SlotChange.fortnight,
                fingerprint: SlotFingerprint.of([.at(hour: 9)])
            )
            _ = try await store.perform(
                .create(.client, Sample.tenant),
                .create(.schedule, Sample.schedule, slots: change)
            )
            let live = try await store.observe(now: .testNow).tenants["acme"]?.slots["mornings"]
            #expect(
                live?.rows.map(\.firesAt) == [
                    Slot.at(hour: 9, day: -1).firesAt, Slot.at(hour: 9).firesAt,
                ]
            )
            #expect(live?.isTouched == false)
        }
    }

    @Test("inputs are settled with the steps, kept by healing, and lost by a partial apply")
    func settlement() async throws {
        try await TemporaryStore.with { _, store in
            let inputs = Digest(of: "inputs")
            _ = try await store.perform(.create(.client, Sample.tenant), settles: inputs)
            func settled() async throws -> String? {
                try await store.observe(now: .testNow).tenants["acme"]?.settlement
            }
            #expect(try await settled() == inputs.description)
            _ = try await store.perform(
                .update(.client, from: Sample.tenant, to: Sample.tenant, reason: .drifted)
            )
            #expect(try await settled() == inputs.description)
            _ = try await store.perform(.create(.quota, Sample.quota))
            #expect(try await settled() == nil)
            try await store.settle(["acme": inputs], by: .second)
            #expect(try await settled() == inputs.description)
        }
    }

    @Test("two processes that ask at once get the lock one after the other")
    func twoAtOnce() async throws {
        let temporary = try TemporaryStore()
        defer { temporary.remove() }
        let stores = [try await temporary.open(), try await temporary.open()]
        let outcomes = try await withThrowingTaskGroup(of: LockOutcome.self) { group in
            for (number, store) in stores.enumerated() {
                group.addTask { try await store.lock(.test(Int32(number))) }
            }
            return try await group.reduce(into: [LockOutcome]()) { $0.append($1) }
        }
        let holders = outcomes.filter { if case .acquired = $0 { true } else { false } }
        #expect(holders.count == 1)
    }

    @Test("a store that was opened for reading cannot be locked")
    func readingOnly() async throws {
        try await TemporaryStore.with { temporary, _ in
            temporary.clock.advance(.hours(1))
            let reader = try await temporary.open(.reading)
            let error = await #expect(throws: StoreError.self) { try await reader.lock(.test(2)) }
            guard case .database(let error) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(error.reason == .readOnly)
        }
    }
}
