import ClaraModel

/// How much is live: what a number of changes is held against.
public struct LiveCensus: Sendable, Hashable {
    /// The resources that the fleet manages, by their marks.
    public let managed: Int
    /// How many tenants it has something of.
    public let tenants: Int
    /// The resources that it manages, by tenant, of those tenants at least that a plan changes.
    public let byTenant: [String: Int]
    /// How many tenants have a row of their own, whoever manages it.
    public let clients: Int

    /// Takes counts.
    ///
    /// - Parameter tenants: nil where `byTenant` has every tenant.
    public init(managed: Int, tenants: Int? = nil, byTenant: [String: Int], clients: Int) {
        self.managed = managed
        self.tenants = tenants ?? byTenant.count
        self.byTenant = byTenant
        self.clients = clients
    }

    /// Counts what a fleet manages.
    public init(of live: LiveState, fleet: String) {
        let counts = live.tenants.mapValues { TenantCensus(of: $0, fleet: fleet) }
        let byTenant = counts.mapValues(\.managed).filter { $0.value > 0 }
        self.init(
            managed: byTenant.values.reduce(0, +),
            byTenant: byTenant,
            clients: counts.values.count(where: \.isClient)
        )
    }
}

/// How much of one tenant is live.
public struct TenantCensus: Sendable, Hashable {
    /// The resources that the fleet manages, by their marks.
    public let managed: Int
    /// Whether it has a row of its own, whoever manages it.
    public let isClient: Bool

    /// Counts what a fleet manages.
    public init(of live: LiveTenant, fleet: String) {
        managed = live.resources.values.count { $0.applied?.fleet == fleet }
        isClient = live.resources.values.contains {
            $0.address.kind == .tenant && $0.content != nil
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
