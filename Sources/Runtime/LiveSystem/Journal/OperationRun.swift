import ClaraModel
import Planning
import SQLDatabase

/// An operation under way: its tenants in groups that share a commit, and the places of their steps
/// in the journal.
public struct OperationRun: Sendable {
    /// What was ordered.
    public let operation: Operation
    /// The groups, in the order in which they are to be performed.
    public let groups: [Group]
    /// Why steps are not done. That they are not is noted with their group; the reason waits for
    /// the next commit, since it is worth no commit of its own.
    var unwritten: [SQLStatement] = []
    /// The transactions of the group that comes next.
    private var prepared: (index: Int, tenants: [PreparedTenant])?

    /// How many tenants one durable commit covers. A commit waits for the disk, some milliseconds,
    /// which a hundred tenants share; a process killed before it loses at most their work, which
    /// the next plan finds again.
    public static let tenantsPerCommit = 100

    /// Tenants that share a commit.
    public struct Group: Sendable {
        /// What they need.
        public let plans: [TenantPlan]
        /// The places of each tenant's steps.
        let places: [Range<Int>]

        /// The places of all their steps.
        var place: Range<Int> {
            (places.first?.lowerBound ?? 0)..<(places.last?.upperBound ?? 0)
        }
    }

    /// Orders tenants into groups.
    init(_ operation: Operation, _ plans: [TenantPlan]) {
        self.operation = operation
        var next = 0
        groups = stride(from: 0, to: plans.count, by: Self.tenantsPerCommit).map { start in
            let group = plans[start..<min(start + Self.tenantsPerCommit, plans.count)]
            let places = group.map { plan in
                let first = next
                next += plan.journalEntries.count
                return first..<next
            }
            return Group(plans: Array(group), places: places)
        }
    }

    /// Keeps the transactions of a group until it is performed; nil where there is no such group.
    mutating func prepare(_ index: Int, _ tenants: [PreparedTenant]?) {
        prepared = tenants.map { (index, $0) }
    }

    /// Gives what was kept of a group.
    mutating func takePrepared(_ index: Int) -> [PreparedTenant]? {
        defer { prepared = nil }
        return prepared?.index == index ? prepared?.tenants : nil
    }

    /// How many steps there are.
    var stepCount: Int { groups.last?.place.upperBound ?? 0 }
}

/// What the journal notes of a step before it is done.
struct JournalEntry: Hashable {
    let address: ResourceAddress
    let action: Step.Action
    let reason: Step.Reason
}

extension TenantPlan {
    /// The steps, and the overrides that end although nothing has to change for it.
    var journalEntries: [JournalEntry] {
        let own = steps.map {
            JournalEntry(address: $0.address, action: $0.action, reason: $0.reason)
        }
        if overrides.isEmpty { return own }
        let covered = Set(own.map(\.address))
        let silent = Set(overrides.ended.map(\.address)).subtracting(covered).sorted().map {
            JournalEntry(address: $0, action: .update, reason: .overrideEnded)
        }
        return own + silent
    }
}
