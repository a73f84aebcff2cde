import Applying
import ClaraModel
import GitSource
import Planning
import Reconciling
import SQLDatabase

@testable import LiveSystem

/// Who reconciles, and in which order.
enum Applier {
    /// Takes the lock, then plans, as `clara apply` does.
    case person
    /// Plans from its last turn, then takes the lock, as `clara run` does.
    case loop
}

/// One pass, before it runs.
struct PassOrder {
    var applier: Applier
    var commit: Int
    var direction = PassOrders.Direction.forward
    var allowances = Allowances.none
    var faults = SourceFaults()
    var script = FaultScript()
}

/// What is known of a pass once it has run.
struct PassRecord {
    let order: PassOrder
    let operation: String
    /// When it was planned; nil where it did not come that far.
    var plannedAt: Instant?
    var plan: Plan?
    /// Whether it was told not to change anything.
    var isRefused = false
    var hadLock = false
    /// How many deletions `fleet.yaml` allows; nil where the default holds.
    var deletionLimit: Int?

    init(order: PassOrder, operation: String) {
        self.order = order
        self.operation = operation
    }
}

extension Life {
    // MARK: Passes

    /// A pass over the head in which nothing fails.
    func pass(_ applier: Applier, allowances: Allowances = .none) async throws {
        try await run(PassOrder(applier: applier, commit: history.head, allowances: allowances))
    }

    /// A pass in which git or the store fails, the process is killed, or somebody meets it; some
    /// see a mirror that is behind.
    func troubledPass() async throws {
        var order = PassOrder(
            applier: Bool.random(using: &random) ? .person : .loop,
            commit: history.head
        )
        switch Int.random(in: 0..<10, using: &random) {
        case 0: order.commit = Int.random(in: 0...history.head, using: &random)
        case 1: order.faults.listings = [["", "tenants"].randomElement(using: &random) ?? ""]
        case 2: order.faults.tenants = [someTenant]
        case 3: order.faults.files = ["fleet.yaml"]
        case 4: order.script.reads = [Int.random(in: 0..<12, using: &random)]
        default:
            let fault = FaultScript.Fault.allCases.randomElement(using: &random)
            // Between a plan and the lock, which is the first commit, most can happen.
            let number = max(0, Int.random(in: -2..<9, using: &random))
            order.script.commits[number] = fault
            if Int.random(in: 0..<3, using: &random) == 0 {
                order.commit = Int.random(in: 0...history.head, using: &random)
            }
        }
        try await run(order)
    }

    /// Goes back, and pins.
    func rollBack() async throws {
        guard history.head > 0 else { return }
        let commit = Int.random(in: 0..<history.head, using: &random)
        try await run(
            PassOrder(
                applier: .person,
                commit: commit,
                direction: .rollback,
                allowances: Self.allowances
            )
        )
    }

    var someTenant: String { FleetModel.tenantNames.randomElement(using: &random) ?? "" }

    /// Runs a pass and checks it.
    func run(_ order: PassOrder) async throws {
        let before = try await StoreImage.take(driver)
        let meeting = Meeting()
        let record = await carryOut(order, meeting)
        let after = try await StoreImage.take(driver)
        tell(record.sentence)
        guard let left = await meeting.image else { return try await check(record, before, after) }
        // What it has done before they met was checked as theirs.
        checkDirection(record, left, after)
        // The third commit is that of the tenants.
        if order.script.commits.contains(where: { $0.key <= 2 && $0.value == .meet }) {
            try await checkWhatIsDone(record, after)
        }
        if await meeting.tookTheLock {
            expect(left.isSame(as: after), "a pass that has lost its lock changes nothing")
        }
    }

    private func carryOut(_ order: PassOrder, _ meeting: Meeting) async -> PassRecord {
        passes += 1
        let number = passes
        let faulty = FaultyDriver(driver, order.script) { await self.meet(meeting, before: $0) }
        let store = store(on: faulty)
        let operation = OperationID(at: clock.now, random: UInt32(number))
        var record = PassRecord(order: order, operation: operation.description)
        let request = LockRequest(
            holder: "\(order.applier)",
            host: "host",
            process: ProcessIdentity(boot: "b", namespace: "n", id: number, startTime: 1),
            operation: operation
        )
        do {
            switch order.applier {
            case .person: try await planUnderLock(request, store, &record)
            case .loop: try await planThenLock(request, store, &record)
            }
        } catch {
            tell("pass \(number) ends with: \(error)")
        }
        // A process of this host is seen to be gone; one of another is waited for.
        if faulty.isDead, Bool.random(using: &random) { gone.withLock { _ = $0.insert(number) } }
        return record
    }

    private func planUnderLock(
        _ request: LockRequest,
        _ store: LiveStore,
        _ record: inout PassRecord
    ) async throws {
        guard case .acquired(let locked) = try await store.lock(request) else { return }
        record.hadLock = true
        do {
            let (found, _) = try await plan(record.order, store, since: nil)
            try await apply(found, locked, &record)
        } catch {
            _ = try? await locked.release()
            throw error
        }
        _ = try await locked.release()
    }

    private func planThenLock(
        _ request: LockRequest,
        _ store: LiveStore,
        _ record: inout PassRecord
    ) async throws {
        let (found, next) = try await plan(record.order, store, since: snapshot)
        if record.order.script.reads.isEmpty { try await compareWithFullPass(found, record.order) }
        snapshot = next
        record.plan = found.report.plan
        record.isRefused = true
        if found.course.objection != nil || found.report.isRefused { return }
        guard case .acquired(let locked) = try await store.lock(request) else { return }
        record.hadLock = true
        do {
            if try await found.isCurrent(in: store) { try await apply(found, locked, &record) }
        } catch {
            _ = try? await locked.release()
            throw error
        }
        _ = try await locked.release()
    }

    private func plan(
        _ order: PassOrder,
        _ store: LiveStore,
        since previous: Snapshot?
    ) async throws -> (Reconciliation, Snapshot) {
        let head = history.tree(at: history.head)
        let pass = ReconcileOnce(
            source: history.tree(at: order.commit, faults: order.faults),
            base: order.direction == .rollback ? head : nil,
            store: store,
            orders: PassOrders(allowances: order.allowances, direction: order.direction),
            now: store.now()
        )
        return try await pass.plan(since: previous)
    }

    /// A pass that starts from the last one comes to what a full one comes to.
    private func compareWithFullPass(_ found: Reconciliation, _ order: PassOrder) async throws {
        let full = try await plan(order, store(on: driver), since: nil).0
        expect(
            full.report.plan.digest == found.report.plan.digest
                && full.upkeep.extensions.map(\.address) == found.upkeep.extensions.map(\.address),
            "an incremental plan is that of a full pass: \(found.report.plan.words) instead of "
                + full.report.plan.words
        )
    }

    private func apply(
        _ found: Reconciliation,
        _ locked: LockedStore,
        _ record: inout PassRecord
    ) async throws {
        record.plannedAt = found.report.plan.plannedAt
        record.plan = found.report.plan
        record.isRefused = found.report.isRefused || found.course.objection != nil
        if record.isRefused { return }
        record.plan = found.admitted
        underway = found.admitted.tenants.filter { !$0.isEmpty }.map(\.tenant)
        let isRollback = record.order.direction == .rollback
        let report = await ReconcileOnce.apply(
            found,
            as: isRollback ? .rollback : .apply,
            in: locked,
            pinning: isRollback ? pin(record.order.commit, locked) : nil
        ) { _ in }
        tell("\(report)" + (report.lateFailure.map { " late: \($0)" } ?? ""))
        if !isRollback, let pin = found.course.overtaken {
            _ = try await locked.unpin(pin.fleet)
        }
    }

    private func pin(_ commit: Int, _ locked: LockedStore) -> Pin {
        Pin(
            fleet: FleetModel.name,
            revision: history.tree(at: commit).revision.description,
            commit: SimulatedHistory.id(commit).description,
            head: SimulatedHistory.id(history.head).description,
            reason: "",
            by: "person",
            since: locked.now()
        )
    }
}

extension PassRecord {
    /// What it was, for the story.
    fileprivate var sentence: String {
        let faults = [
            order.faults.isEmpty ? nil : "\(order.faults)",
            order.script.commits.isEmpty && order.script.reads.isEmpty ? nil : "\(order.script)",
        ].compactMap(\.self)
        return
            "\(operation.suffix(8)) \(order.applier) \(order.direction) to commit \(order.commit)"
            + (hadLock ? "" : ", without the lock") + (isRefused ? ", refused" : "")
            + ": \(plan?.words ?? "no plan") \(faults.joined(separator: " "))"
    }
}

extension Plan {
    /// Its steps in short.
    var words: String {
        let steps = steps.map { "\($0.address) \($0.action) \($0.reason)" }
        return "[" + steps.joined(separator: ", ") + "]"
    }
}
