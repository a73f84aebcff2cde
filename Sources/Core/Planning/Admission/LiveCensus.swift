import ClaraModel

/// How much is live: what a number of changes is held against.
public struct LiveCensus: Sendable, Hashable {
    /// The resources that the fleet manages, by their marks.
    public let managed: Int
    /// The same, by tenant.
    public let byTenant: [String: Int]
    /// How many tenants have a row of their own, whoever manages it.
    public let clients: Int

    /// Takes counts.
    public init(managed: Int, byTenant: [String: Int], clients: Int) {
        self.managed = managed
        self.byTenant = byTenant
        self.clients = clients
    }

    /// Counts what a fleet manages.
    public init(of live: LiveState, fleet: String) {
        byTenant = live.tenants.mapValues { tenant in
            tenant.resources.values.count { $0.applied?.fleet == fleet }
        }.filter { $0.value > 0 }
        managed = byTenant.values.reduce(0, +)
        clients = live.tenants.values.count { tenant in
            tenant.resources.values.contains { $0.address.kind == .tenant && $0.content != nil }
        }
    }
}

/// What somebody who has seen the plan allows all the same.
public struct Allowances: Sendable, Hashable {
    /// So many deletions, in place of every limit on them: `--allow-deletions`.
    public let deletions: Int?
    /// So many updates, in place of every limit on them: `--allow-updates`.
    public let updates: Int?
    /// A source or a store that looks empty: `--allow-empty`.
    public let empty: Bool

    /// Nothing beyond the rules.
    public static let none = Allowances()

    /// Takes what the command line says.
    public init(deletions: Int? = nil, updates: Int? = nil, empty: Bool = false) {
        self.deletions = deletions
        self.updates = updates
        self.empty = empty
    }

    func count(of change: Refusal.Change) -> Int? {
        switch change {
        case .deletions: deletions
        case .updates: updates
        }
    }
}
