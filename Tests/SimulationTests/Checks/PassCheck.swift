import ClaraModel
import Planning

/// What one pass may do to the store, and what not.
struct PassCheck {
    let record: PassRecord
    let before: StoreImage
    let after: StoreImage
    let wishes: Wishes
    private(set) var broken: [String] = []

    init(_ record: PassRecord, _ before: StoreImage, _ after: StoreImage, _ wishes: Wishes) {
        self.record = record
        self.before = before
        self.after = after
        self.wishes = wishes
        checkRefusal()
        checkIsolation()
        checkJournal()
        checkProtections()
        checkRetirements()
        checkUnmanaged()
        checkSlots()
        checkDeletions()
    }

    private mutating func expect(_ holds: Bool, _ promise: @autoclosure () -> String) {
        if !holds { broken.append(promise()) }
    }

    private var changed: Set<String> { after.tenantsThatDiffer(from: before) }

    // MARK: Who may be touched

    private mutating func checkRefusal() {
        guard record.isRefused || !record.hadLock || record.plan == nil else { return }
        expect(after.isSame(as: before), "a pass that is refused, or has no lock, changes nothing")
    }

    /// One tenant's fault never changes another's rows, nor its own.
    private mutating func checkIsolation() {
        let faulty = wishes.broken.union(record.order.faults.tenants).intersection(wishes.tenants)
        for tenant in changed.sorted() {
            expect(!faulty.contains(tenant), "\(tenant) has a fault in git and is left as it was")
            expect(!isQuiet(tenant), "\(tenant) was as git says and is left as it was")
        }
    }

    /// Whether a tenant has all that git says, nothing more, and nothing that ends with time.
    private func isQuiet(_ tenant: String) -> Bool {
        let hasOrders = before.rows.keys.contains {
            $0.tenant == tenant && ["overrides", "retirements"].contains($0.table)
        }
        let wanted = wishes.contents.filter { $0.key.tenant == tenant }
        let marks = before.marks.filter { $0.key.tenant == tenant }.mapValues(\.content)
        return !hasOrders && !wanted.isEmpty && wanted == marks && liveIsAsMarked(tenant)
    }

    /// A plan that would heal nothing of it says that its rows are as marked.
    private func liveIsAsMarked(_ tenant: String) -> Bool {
        record.plan?.tenants.first { $0.tenant == tenant }?.steps.isEmpty ?? true
    }

    // MARK: The journal

    /// A tenant's rows change if and only if the journal says that its steps are done.
    private mutating func checkJournal() {
        let steps = after.operations[record.operation] ?? []
        let states = Dictionary(grouping: steps, by: \.tenant).mapValues { Set($0.map(\.state)) }
        for tenant in changed.sorted() {
            expect(
                states[tenant] == ["done"],
                "\(tenant) changed, but not its steps in the journal"
            )
        }
        for tenant in record.plan?.tenants ?? [] where states[tenant.tenant] == ["done"] {
            for step in tenant.steps {
                let mark = after.marks[StoreImage.Key(markOf: step.address)]
                expect(mark?.content == step.after?.text, "\(step.address) is done as planned")
            }
        }
        for (tenant, states) in states.sorted(by: { $0.key < $1.key }) {
            expect(states.count == 1, "the steps of \(tenant) share one state: \(states.sorted())")
        }
        guard record.hadLock else { return }
        let left = after.running.subtracting([record.operation])
        expect(left.isEmpty, "whoever has the lock leaves no other operation running")
        for operation in Set(after.operations.keys).subtracting(after.running).sorted() {
            let open = (after.operations[operation] ?? []).contains {
                ["planned", "started"].contains($0.state)
            }
            expect(!open, "\(operation) has ended and has no step to come")
        }
    }

    // MARK: What must not go away

    private mutating func checkProtections() {
        for key in before.rows.keys.sorted() {
            guard let mark = key.mark, after.rows[key] == nil else { continue }
            let own = StoreImage.Key(key.tenant, "protections", mark.name)
            let whole = StoreImage.Key(key.tenant, "protections", "Tenant \(key.tenant)")
            let isProtected = before.rows[own] != nil || before.rows[whole] != nil
            expect(!isProtected, "\(key) is protected and stays")
        }
        for tenant in Set(after.purges.keys).subtracting(before.purges.keys).sorted() {
            let whole = StoreImage.Key(tenant, "protections", "Tenant \(tenant)")
            expect(before.rows[whole] == nil, "\(tenant) is protected and is not retired")
        }
    }

    /// A client's row goes only after a retirement, and not before its retention has passed.
    private mutating func checkRetirements() {
        guard let now = record.plannedAt else { return }
        for key in before.rows.keys.sorted() where key.table == "clients" {
            guard after.rows[key] == nil, before.marks[key.mark ?? key] != nil else { continue }
            let purge = before.purges[key.tenant]
            expect(
                purge.map { $0 <= now.description } ?? false,
                "\(key.tenant) is purged after its retention only: \(purge ?? "never retired")"
            )
        }
    }

    private mutating func checkUnmanaged() {
        for (key, row) in before.rows.sorted(by: { $0.key < $1.key }) {
            guard let mark = key.mark, before.marks[mark] == nil, wishes.contents[mark] == nil
            else {
                continue
            }
            expect(after.rows[key] == row, "\(key) is nobody's and stays as it is")
        }
    }

    private mutating func checkSlots() {
        guard let now = record.plannedAt else { return }
        for (key, slot) in before.slots.sorted(by: { $0.key < $1.key }) {
            guard slot.state != "planned" || slot.firesAt < now.description else { continue }
            expect(after.slots[key] == slot, "\(key) has fired, or is taken, and stays")
        }
    }

    // MARK: Limits

    private mutating func checkDeletions() {
        guard record.order.allowances.deletions == nil else { return }
        let steps = after.operations[record.operation] ?? []
        let done = Set(steps.filter { $0.state == "done" }.map(\.tenant))
        let tenants = (record.plan?.tenants ?? []).filter { done.contains($0.tenant) }
        let deletions = tenants.reduce(0) { sum, tenant in
            // What somebody has deleted already is only forgotten.
            let going = tenant.steps.filter { step in
                step.before != nil && [.delete, .replace, .retire].contains(step.action)
            }
            // A tenant that goes as a whole is one decision.
            return sum + (going.contains { $0.address.kind == .tenant } ? 1 : going.count)
        }
        let limit = limit(before.marks.count)
        expect(deletions <= limit, "\(deletions) deletions, at most \(limit) are allowed")
    }

    /// The default is a tenth, at least three and at most ten.
    private func limit(_ managed: Int) -> Int {
        if let limit = record.deletionLimit { return limit }
        return managed < 10 ? 10 : min(10, max(3, managed / 10))
    }
}
