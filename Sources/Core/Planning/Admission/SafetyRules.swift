import ClaraModel

/// What keeps an apply within what somebody would expect of it: bounds on changes and times at
/// which nothing changes, as `fleet.yaml` sets them or, where it does not, by default.
public struct SafetyRules: Sendable {
    /// Bounds on the whole fleet and on each tenant.
    let bounds: [ScopedBound]
    let freezes: FreezeCalendar

    /// The rules of a fleet.
    public init(_ fleet: FleetSettings) {
        self.init(
            limits: fleet.spec.limits,
            freeze: fleet.spec.freeze,
            timezone: fleet.freezeTimezone
        )
    }

    /// - Parameter timezone: the zone in which freezes begin.
    public init(limits: ChangeLimits?, freeze: [FreezeWindow]?, timezone: TimeZoneName) {
        bounds = [
            ScopedBound(
                .fleet,
                .deletions,
                limits?.deletions,
                orElse: ChangeLimits.defaultDeletions
            ),
            ScopedBound(
                .tenants,
                .deletions,
                limits?.deletions,
                orElse: ChangeLimits.defaultDeletions
            ),
            ScopedBound(.fleet, .updates, limits?.updates, orElse: ChangeLimits.defaultUpdates),
            ScopedBound(
                .tenant,
                .deletions,
                limits?.perTenant?.deletions,
                orElse: TenantChangeLimits.defaultDeletions
            ),
            ScopedBound(.tenant, .updates, limits?.perTenant?.updates, orElse: ChangeLimit()),
        ]
        freezes = FreezeCalendar(freeze ?? [], timezone: timezone)
    }

    /// The fewest live resources of which the default share of a fleet means something: of three,
    /// one deletion would be a third.
    static let fewestForShare = 10

    /// What a default share allows of the smallest fleet or tenant: a tenth of twenty resources is
    /// two, and somebody who tidies up would meet a limit that nobody has set.
    static let fewestByDefault = 3
}

/// A bound on one sort of change, in the fleet or in each tenant.
struct ScopedBound: Sendable {
    enum Scope: Sendable {
        /// The resources of the fleet.
        case fleet
        /// The tenants of the fleet.
        case tenants
        /// The resources of each tenant.
        case tenant
    }

    let scope: Scope
    let change: Refusal.Change
    let limit: ChangeLimit
    let isDefault: Bool

    init(
        _ scope: Scope,
        _ change: Refusal.Change,
        _ limit: ChangeLimit?,
        orElse standard: ChangeLimit
    ) {
        self.scope = scope
        self.change = change
        self.limit = limit ?? standard
        isDefault = limit == nil
    }

    /// The name of the field that sets it.
    var field: String { "limits." + (scope == .tenant ? "perTenant." : "") + change.rawValue }

    /// What it allows of so many live resources; nil where it sets no bound.
    func allowance(of live: Int) -> (count: Int, rule: Refusal.Rule)? {
        let candidates: [(count: Int, rule: Refusal.Rule)] = [
            limit.count.map { ($0, .count) },
            judgedShare(of: live).map { (max(Self.part($0, of: live), fewest), .share($0)) },
        ].compactMap(\.self)
        return candidates.min { $0.count < $1.count }
    }

    /// The share, where it means something. Few tenants have as many resources as a fleet must have
    /// for its default: theirs is judged at any size, or it would protect nobody.
    private func judgedShare(of live: Int) -> Double? {
        let fewest = isDefault && scope == .fleet ? SafetyRules.fewestForShare : 1
        return live >= fewest ? limit.share : nil
    }

    /// What a share allows of any fleet; one that `fleet.yaml` sets is taken at its word, but that
    /// one tenant leaves is always thinkable.
    var fewest: Int { isDefault ? SafetyRules.fewestByDefault : scope == .tenants ? 1 : 0 }

    /// A share of a number, rounded down; what binary fractions lose, such as of 0.29 × 100, is
    /// given back.
    private static func part(_ share: Double, of live: Int) -> Int {
        Int((share * Double(live) + 1e-6).rounded(.down))
    }
}
