import ClaraModel
import LiveSystem
import Planning

/// Orders of a person that change live state without git: for the hour in which no commit can wait.
///
/// They go the way of every change: planned from what is live, under the lock, in the journal.
public struct BreakGlass: Sendable {
    private let locked: LockedStore
    private let actor: String

    /// - Parameter actor: who orders it.
    public init(_ locked: LockedStore, by actor: String) {
        self.locked = locked
        self.actor = actor
    }

    /// Sets a field for a while.
    ///
    /// - Returns: until when it stands.
    /// - Throws: `BreakGlassError`; nothing was changed, but where it is `unfinished`.
    public func override(
        _ address: ResourceAddress,
        _ assignment: OverrideAssignment,
        for span: TimeSpan,
        reason: String
    ) async throws(BreakGlassError) -> Instant {
        let now = locked.now()
        let live = try await tenant(address.tenant)
        let override = Override(
            address: address,
            path: assignment.path,
            value: assignment.value,
            reason: reason,
            by: actor,
            since: now,
            until: now + span
        )
        let mark = live.resources[address]?.applied
        let fleet = FleetSettings(name: mark?.fleet ?? "", spec: FleetSpec())
        switch OverridePlanner.begin(override, live: live, fleet: fleet, now: now) {
        case .success(let plan):
            try await carryOut(plan, like: mark, as: ApplyOrder(.override, note: override.order))
        case .failure(let problem): throw .override(problem)
        }
        return override.until
    }

    /// Ends the overrides of a resource; the next apply puts git's values back.
    ///
    /// - Returns: the moment at which they ended.
    public func endOverrides(
        of address: ResourceAddress,
        reason: String
    ) async throws(BreakGlassError) -> Instant {
        let now = locked.now()
        let live = try await tenant(address.tenant)
        let standing = live.overrides.filter { $0.address == address && $0.isActive(at: now) }
        if standing.isEmpty { throw .notOverridden(address) }
        let plan = TenantPlan(
            tenant: address.tenant,
            overrides: OverrideChange(begun: standing.map { $0.ending(at: now) }, ended: standing)
        )
        let paths = standing.map { $0.path.joined(separator: ".") }.joined(separator: ", ")
        let order = ApplyOrder(.override, note: "\(address): \(paths) ended by \(actor): \(reason)")
        try await carryOut(plan, like: live.resources[address]?.applied, as: order)
        return now
    }

    /// Brings a retired tenant back and protects it, since git, which has no folder for it, would
    /// retire it again. The protection comes first: where the process ends between the two, the
    /// next apply takes nothing away that was just brought back.
    public func restore(_ tenant: String, reason: String) async throws(BreakGlassError) {
        let live = try await self.tenant(tenant)
        let address = ResourceAddress(tenant: tenant, kind: .tenant, name: tenant)
        let retired = try await reading { () async throws(StoreError) in
            try await locked.store.retirements()[tenant]
        }
        guard let plan = retired?.restoration(of: tenant, onto: live) else {
            throw .notRetired(tenant)
        }
        let protection = Protection(
            reason: "restored: \(reason)",
            by: actor,
            since: locked.now()
        )
        try await protect(address, protection)
        let order = ApplyOrder(.restore, note: "restored by \(actor): \(reason)")
        do throws(BreakGlassError) {
            try await carryOut(plan, like: live.resources[address]?.applied, as: order)
        } catch {
            if error.hasChangedNothing {
                // What went wrong before is the failure to tell.
                try? await protect(address, live.protections[address])
            }
            throw error
        }
    }

    /// Sets the protection of an object, or takes it away.
    private func protect(
        _ address: ResourceAddress,
        _ protection: Protection?
    ) async throws(BreakGlassError) {
        try await reading { () async throws(StoreError) in
            if let protection {
                try await locked.protect(address, protection)
            } else {
                _ = try await locked.unprotect(address)
            }
        }
    }

    private func tenant(_ name: String) async throws(BreakGlassError) -> LiveTenant {
        let live = try await reading { () async throws(StoreError) in
            try await locked.store.observe(tenants: [name], now: locked.now())
        }
        return live.tenants[name] ?? LiveTenant()
    }

    /// Applies a plan that comes from no revision: it stays at the one that was applied.
    private func carryOut(
        _ tenant: TenantPlan,
        like mark: AppliedMark?,
        as order: ApplyOrder
    ) async throws(BreakGlassError) {
        let now = locked.now()
        let plan = Plan(
            fleet: mark?.fleet ?? "",
            revision: mark?.revision ?? "",
            plannedAt: now,
            tenants: [tenant],
            coversFleet: false,
            impact: Impact([TenantImpact](), in: now..<now + TimeSpan(seconds: 1))
        )
        let report = await Applier(locked).apply(plan, upkeep: Upkeep([]), as: order)
        if let undone = report.undone.first { throw .notDone(undone) }
        if let failure = report.lateFailure { throw .unfinished(failure) }
    }

    private func reading<Result>(
        _ work: () async throws(StoreError) -> Result
    ) async throws(BreakGlassError) -> Result {
        do {
            return try await work()
        } catch {
            throw .store(error)
        }
    }
}

/// Why an order of a person was not carried out, or not to its end.
public enum BreakGlassError: Error, Sendable, CustomStringConvertible {
    /// The override is not possible.
    case override(OverrideProblem)
    /// There is no override to end.
    case notOverridden(ResourceAddress)
    /// The tenant is not retired, or its client's row is gone.
    case notRetired(String)
    /// The row moved meanwhile, or the store refused it.
    case notDone(TenantOutcome)
    /// The store failed before anything was changed.
    case store(StoreError)
    /// The order is carried out; what the store should note of it afterwards is not.
    case unfinished(StoreError)

    /// Whether live state is as it was.
    var hasChangedNothing: Bool {
        switch self {
        case .override, .notOverridden, .notRetired, .notDone, .store: true
        case .unfinished: false
        }
    }

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .override(let problem): "\(problem)"
        case .notOverridden(let address): "\(address) has no override; clara status lists them"
        case .notRetired(let tenant):
            "\(tenant) is not retired, so that there is nothing to restore; clara status shows its state"
        case .notDone(let outcome):
            "\(outcome.tenant) was not changed: \(outcome.outcome.obstacle ?? "")"
        case .store(let error): "\(error)"
        case .unfinished(let error):
            "it is done, but its end could not be noted: \(error); clara history shows how far it came"
        }
    }
}

extension Override {
    /// `acme/Quota/default: posts.perDay = 1 until 2026-11-23T14:00:00Z by dana: complaints`
    fileprivate var order: String {
        let assigned = value.map { "= \(CanonicalJSON($0).text)" } ?? "is absent"
        return
            "\(address): \(path.joined(separator: ".")) \(assigned) until \(until) by \(by): \(reason)"
    }

    fileprivate func ending(at now: Instant) -> Override {
        Override(
            address: address,
            path: path,
            value: value,
            reason: reason,
            by: by,
            since: since,
            until: now
        )
    }
}
