import ClaraModel
import Planning
import Reconciling
import SQLDatabase

@testable import LiveSystem

/// What must come of a life once nothing fails any longer.
extension Life {
    /// How many passes without a failure may be needed: the first ones meet what the failures
    /// left.
    private static let passes = 4
    /// Longer than any retention.
    private static let patience = TimeSpan.days(60)
    /// A fleet may have to change as a whole then.
    static let allowances = Allowances(deletions: 1_000, updates: 1_000, empty: true)

    func settleDown() async throws {
        history.commit(history.fleets[history.head].mended())
        // Leases and overrides are over then.
        clock.jump(.hours(5))
        tell("nothing fails any longer")
        try await liftOrders()
        try await passUntilIdle()
        clock.jump(Self.patience)
        tell("retentions have passed")
        try await passUntilIdle()
        if findings.isEmpty { try await compareWithCleanApply() }
    }

    /// Takes back what people have ordered, and what hangs on tenants that shall be purged.
    private func liftOrders() async throws {
        try await underLock { _, locked in _ = try await locked.unpin(FleetModel.name) }
        let orders = ["DELETE FROM protections", "DELETE FROM prompts WHERE name = 'stray'"]
        try await shell(orders)
        // Rows without a mark that git does not declare stand in the way of a purge.
        let names = history.fleets[history.head].tenants.keys.map { "'\($0)'" }.sorted()
        try await shell([
            "DELETE FROM prompts WHERE tenant NOT IN (\(names.joined(separator: ","))) "
                + "AND NOT EXISTS (SELECT 1 FROM applied_resources AS a "
                + "WHERE a.tenant = prompts.tenant AND a.kind = 'Prompt' AND a.name = prompts.name)"
        ])
    }

    private func shell(_ statements: [String]) async throws {
        let opening = statements.map {
            GuardedStatement(SQLStatement($0), expects: .any, subject: "a shell")
        }
        _ = try await driver.commit(TransactionGroup(opening: opening, transactions: []))
    }

    private func passUntilIdle() async throws {
        for number in 0..<Self.passes where findings.isEmpty {
            if number > 0, try await isIdle() { return try await checkIdlePass() }
            try await pass(number % 2 == 0 ? .person : .loop, allowances: Self.allowances)
        }
        expect(try await isIdle(), "it converges: a pass finds nothing to do")
    }

    private func isIdle() async throws -> Bool {
        let pass = ReconcileOnce(
            source: history.tree(at: history.head),
            store: store(on: driver),
            orders: PassOrders(allowances: Self.allowances),
            now: clock.now
        )
        let found = try await pass.plan()
        return found.report.plan.isEmpty && found.upkeep.extensions.isEmpty
    }

    /// A second run changes nothing.
    private func checkIdlePass() async throws {
        let before = try await StoreImage.take(driver)
        try await pass(.person, allowances: Self.allowances)
        expect(before.isSame(as: try await StoreImage.take(driver)), "a second run changes nothing")
    }

    /// The store is as if the head had been applied once, to nothing.
    private func compareWithCleanApply() async throws {
        let clean = try await freshDatabase()
        let pass = ReconcileOnce(
            source: history.tree(at: history.head),
            store: store(on: clean),
            now: clock.now
        )
        let plan = try await pass.plan()
        try await underLock(of: store(on: clean)) { locked in
            _ = await ReconcileOnce.apply(plan, as: .apply, in: locked) { _ in }
        }
        let (wanted, found) = (try await StoreImage.take(clean), try await StoreImage.take(driver))
        let rows = found.managedRows
        for key in Set(wanted.rows.keys).union(rows.keys).sorted() {
            expect(
                wanted.rows[key] == rows[key],
                "\(key) is \(rows[key] ?? "missing") instead of \(wanted.rows[key] ?? "gone")"
            )
        }
        let marks = (wanted.marks.mapValues(\.content), found.marks.mapValues(\.content))
        expect(marks.0 == marks.1, "every mark is that of a clean apply")
        compareSlots(wanted, found)
    }

    /// Slots to come are those of a clean apply; where one was served, or has been taken, the
    /// served one stands.
    private func compareSlots(_ wanted: StoreImage, _ found: StoreImage) {
        let now = clock.now.description
        for key in Set(wanted.slots.keys).union(found.slots.keys).sorted() {
            let (wish, slot) = (wanted.slots[key], found.slots[key])
            if let slot, slot.state != "planned" || slot.firesAt < now { continue }
            expect(
                wish == slot,
                "\(key) is \(slot?.firesAt ?? "missing") instead of \(wish?.firesAt ?? "gone")"
            )
        }
    }

    private func underLock(
        of store: LiveStore,
        _ work: (LockedStore) async throws -> Void
    ) async throws {
        passes += 1
        let request = LockRequest(
            holder: "person",
            host: "host",
            process: ProcessIdentity(boot: "b", namespace: "n", id: passes, startTime: 1),
            operation: OperationID(at: clock.now, random: UInt32(passes))
        )
        guard case .acquired(let locked) = try await store.lock(request) else { return }
        try await work(locked)
    }
}

extension StoreImage {
    /// The rows that have a mark, with their documents and orders.
    fileprivate var managedRows: [Key: String] {
        rows.filter { key, _ in key.mark.map { marks[$0] != nil } ?? true }
    }
}
