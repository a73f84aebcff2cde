import ClaraModel
import LiveSystem
import Planning
import Testing

/// Intent before action: what the journal says of an operation at every point of it.
@Suite struct JournalTests {
    private func plans(_ count: Int, broken: Int? = nil) -> [TenantPlan] {
        (0..<count).map { number in
            let tenant = "tenant-\(number)"
            let client = ResourceAddress(tenant: tenant, kind: .tenant, name: tenant)
            let quota = ResourceAddress(tenant: tenant, kind: .quota, name: "q")
            let first: Step =
                number == broken
                ? .update(client, from: Sample.tenant, to: Sample.tenant)
                : .create(client, Sample.tenant)
            return TenantPlan(tenant: tenant, steps: [first, .create(quota, Sample.quota)])
        }
    }

    private func states(_ store: LiveStore, _ operation: Operation) async throws -> [StepState: Int]
    {
        let record = try #require(try await store.operation(operation.id.description))
        return record.steps.reduce(into: [:]) { $0[$1.state, default: 0] += 1 }
    }

    @Test("intent is durable before anything is done, and each group is started before it is")
    func intent() async throws {
        try await TemporaryStore.with { temporary, locked in
            let operation = Operation.test(in: locked)
            var run = try await locked.begin(operation, plans(150))
            let reader = try await temporary.open(.reading)
            #expect(try await states(reader, operation) == [.started: 200, .planned: 100])
            #expect(try await temporary.rows("SELECT * FROM clients").isEmpty)
            _ = try await locked.perform(0, of: &run, by: .first)
            #expect(try await states(reader, operation) == [.done: 200, .started: 100])
            _ = try await locked.perform(1, of: &run, by: .first)
            try await locked.finish(run)
            let summary = try #require(try await reader.operations().first)
            #expect(summary.operation == operation)
            #expect(summary.state == .done && summary.counts.done == 300)
            #expect(summary.finishedAt == .testNow)
        }
    }

    @Test("an operation whose process is gone is shown as interrupted, with what it has done")
    func cutOff() async throws {
        try await TemporaryStore.with { temporary, locked in
            let operation = Operation.test(id: locked.request.operation, in: locked)
            var run = try await locked.begin(operation, plans(150), note: "why")
            _ = try await locked.perform(0, of: &run, by: .first)
            let reader = try await temporary.open(.reading)
            let running = try #require(try await reader.operations().first)
            #expect(running.state == .running && running.counts.done == 200)
            _ = try await locked.release()
            let cut = try #require(try await reader.operations().first)
            #expect(cut.state == .interrupted && cut.counts.done == 200)
            #expect(cut.detail?.hasPrefix("why; ") == true)
        }
    }

    @Test("the steps of a tenant that moved are stale with it, and the others are done")
    func stale() async throws {
        try await TemporaryStore.with { _, locked in
            _ = try await locked.perform(plans(3, broken: 1))
            let name = try await locked.store.operations().first?.operation.id.description
            let record = try #require(try await locked.store.operation(name ?? ""))
            #expect(record.summary.state == .partial)
            #expect(record.steps.map(\.state) == [.done, .done, .stale, .stale, .done, .done])
            let detail = try #require(record.steps[3].detail)
            #expect(detail.hasPrefix("tenant-1/Tenant/tenant-1 moved since the plan was made"))
            #expect(record.summary.counts.stale == 2)
        }
    }

    @Test("that a tenant moved is noted in the commit that leaves it out")
    func staleAtOnce() async throws {
        try await TemporaryStore.with { temporary, locked in
            let operation = Operation.test(in: locked)
            var run = try await locked.begin(operation, plans(3, broken: 1))
            _ = try await locked.perform(0, of: &run, by: .first)
            let reader = try await temporary.open(.reading)
            #expect(try await states(reader, operation) == [.done: 4, .stale: 2])
        }
    }

    @Test("the last operation that went to a revision is kept however many follow it elsewhere")
    func lastCourse() async throws {
        try await TemporaryStore.with { temporary, locked in
            _ = try await locked.perform(plans(1))
            try await temporary.byHand(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
                INSERT INTO operations (id, kind, actor, host, fleet, revision, state, started_at,
                    steps)
                SELECT 'x' || i, 'apply', 'x', 'x', 'other', 'r', 'done', '2030-01-01T00:00:00Z', 0
                FROM n
                """
            )
            try await locked.prune()
            let kept = try await temporary.rows("SELECT count(*) FROM operations")
            #expect(kept == [["\(Retention.operations + 1)"]])
            let fleet = try await locked.store.operations(limit: 2_000).last?.operation.fleet ?? ""
            #expect(try await locked.store.lastCourse(of: fleet) != nil)
        }
    }

    @Test("a pin is as durable as the intent that it belongs to")
    func pinning() async throws {
        try await TemporaryStore.with { temporary, locked in
            let operation = Operation.test(in: locked)
            let pin = Pin(
                fleet: operation.fleet,
                revision: "main@sha1:aa",
                commit: "aa",
                head: "bb",
                reason: "incident",
                by: "dana",
                since: .testNow
            )
            _ = try await locked.begin(operation, plans(1), pinning: pin)
            let reader = try await temporary.open(.reading)
            #expect(try await reader.pins() == [operation.fleet: pin])
        }
    }

    @Test("the steps of a tenant that the store refuses have failed, with its words")
    func failed() async throws {
        try await TemporaryStore.with { _, locked in
            // A quota without a client breaks a rule of the tables.
            _ = try await locked.perform(.create(.quota, Sample.quota))
            let summary = try #require(try await locked.store.operations().first)
            #expect(summary.state == .failed && summary.counts.failed == 1)
            let steps = try await locked.store.operation(summary.operation.id.description)?.steps
            #expect(steps?.first?.detail?.contains("FOREIGN KEY") == true)
        }
    }

    @Test("an operation whose process ended is interrupted by whoever takes the lock next")
    func interrupted() async throws {
        try await TemporaryStore.with { temporary, locked in
            let operation = Operation.test(in: locked)
            var run = try await locked.begin(operation, plans(250))
            _ = try await locked.perform(0, of: &run, by: .first)
            temporary.clock.advance(.hours(1))
            let next = try await temporary.lock(.test(2))
            let summary = try #require(try await next.store.operations().first)
            #expect(summary.state == .interrupted)
            #expect(summary.detail?.contains("the process that ran it ended") == true)
            #expect(try await states(next.store, operation) == [.done: 200, .skipped: 300])
            #expect(summary.counts.done == 200 && summary.counts.skipped == 300)
            // The former process wakes up: none of it counts any more.
            await #expect(throws: StoreError.self) {
                try await locked.perform(1, of: &run, by: .first)
            }
            await #expect(throws: StoreError.self) { try await locked.finish(run) }
            #expect(try await temporary.rows("SELECT count(*) FROM clients") == [["100"]])
        }
    }

    @Test("an operation that is stopped skips what is left and says why")
    func stopped() async throws {
        try await TemporaryStore.with { _, locked in
            let operation = Operation.test(in: locked)
            var run = try await locked.begin(operation, plans(150))
            _ = try await locked.perform(0, of: &run, by: .first)
            try await locked.finish(run, stopped: "it was asked to stop")
            let summary = try #require(try await locked.store.operations().first)
            #expect(summary.state == .interrupted)
            #expect(summary.detail == "it was asked to stop")
            #expect(try await states(locked.store, operation) == [.done: 200, .skipped: 100])
        }
    }

    @Test("operations are found newest first, by a tenant, and by the beginning of their name")
    func finding() async throws {
        try await TemporaryStore.with { temporary, locked in
            _ = try await locked.perform(.create(.client, Sample.tenant))
            temporary.clock.advance(TimeSpan(seconds: 1))
            _ = try await locked.perform(plans(1))
            let all = try await locked.store.operations()
            #expect(all.map(\.counts.total) == [2, 1])
            #expect(try await locked.store.operations(limit: 1).map(\.counts.total) == [2])
            #expect(try await locked.store.operations(tenant: "acme") == [all[1]])
            let name = all[1].operation.id.description
            #expect(try await locked.store.operation(name)?.summary == all[1])
            #expect(try await locked.store.operation("20261123T140000Z")?.summary == all[1])
            #expect(try await locked.store.operation("20261123") == nil, "two begin so")
            #expect(try await locked.store.operation("x") == nil)
        }
    }

    @Test("an override that ends although nothing has to change is in the journal")
    func silentEnd() async throws {
        try await TemporaryStore.with { _, locked in
            _ = try await locked.perform(.create(.client, Sample.tenant))
            let override = Override(
                address: .quota,
                path: ["posts", "perDay"],
                value: 2,
                reason: "storm",
                by: "dana",
                since: .testNow,
                until: .testNow + .hours(1)
            )
            for change in [
                OverrideChange(begun: [override]), OverrideChange(ended: [override]),
            ] {
                let plan = TenantPlan(tenant: "acme", overrides: change)
                #expect(try await locked.perform([plan]).map(\.outcome) == [.done])
            }
            let last = try #require(
                try await locked.store.operations().first { $0.counts.total > 0 }
            )
            #expect(try await locked.store.observe(now: .testNow).tenants["acme"]?.overrides == [])
            #expect(last.state == .done)
        }
    }

    @Test("old operations are forgotten with their steps, running ones are not")
    func pruning() async throws {
        try await TemporaryStore.with { temporary, locked in
            _ = try await locked.perform(plans(2))
            let running = Operation.test(in: locked)
            _ = try await locked.begin(running, plans(1))
            temporary.clock.advance(TimeSpan(seconds: 30))
            var old = try await locked.store.operations().map(\.operation.id)
            #expect(old.count == 2)
            temporary.clock.advance(Retention.operationAge)
            let later = try await temporary.lockKeepingOperations()
            try await later.prune()
            old = try await later.store.operations().map(\.operation.id)
            #expect(old == [running.id])
            #expect(
                try await temporary.rows("SELECT DISTINCT operation FROM operation_steps")
                    == [[running.id.description]]
            )
        }
    }
}

extension TemporaryStore {
    /// Holds the lock without ending what is running: as the operation's own process.
    fileprivate func lockKeepingOperations() async throws -> LockedStore {
        try await byHand("UPDATE operations SET state = 'paused' WHERE state = 'running'")
        let locked = try await lock(.test(9))
        try await byHand("UPDATE operations SET state = 'running' WHERE state = 'paused'")
        return locked
    }
}
