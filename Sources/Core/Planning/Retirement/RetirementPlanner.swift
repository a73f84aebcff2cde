import ClaraModel
import Diffing

/// Decides what becomes of a tenant whose folder is gone: it is paused and kept for its retention,
/// and only then purged, so that a folder removed by mistake costs some posts and no data.
struct RetirementPlanner {
    let tenant: String
    let live: LiveTenant
    /// The fleet's name.
    let fleet: String
    let now: Instant

    enum Decision {
        /// It is paused by this step, and kept from now on.
        case retire(Step)
        /// It stays; the step pauses it again where somebody has set it active or has deleted its
        /// row by hand.
        case keep(Retirement, healing: Step?)
        /// Everything of it that the fleet manages goes.
        case purge
        /// Nothing of it goes, as nothing says how long it is to be kept.
        case leave(TenantPlan.Blocked)
    }

    var decision: Decision {
        if let retirement = live.retirement {
            return now < retirement.purgeAfter ? .keep(retirement, healing: healing) : .purge
        }
        guard let mark = ownMark else { return withoutMark }
        let content = live.resources[address]?.content
        let paused = Self.paused(content ?? mark.content, orElse: mark.content)
        return .retire(step(content, paused, .retire(Self.retention(mark.content))))
    }

    private var address: ResourceAddress {
        ResourceAddress(tenant: tenant, kind: .tenant, name: tenant)
    }

    /// What this fleet last applied to the tenant's own row.
    private var ownMark: AppliedMark? {
        live.resources[address]?.applied.flatMap { $0.fleet == fleet ? $0 : nil }
    }

    /// A tenant of which this fleet manages nothing is none of its own.
    private var withoutMark: Decision {
        if !live.resources.values.contains(where: { $0.applied?.fleet == fleet }) { return .purge }
        return .leave(
            live.resources[address]?.applied.map { .otherFleet($0.fleet) } ?? .withoutMark
        )
    }

    /// Pauses the tenant again where somebody has set it active, or has deleted its row.
    private var healing: Step? {
        guard let mark = ownMark else { return nil }
        let content = live.resources[address]?.content
        if let content, Self.isPaused(content) { return nil }
        return step(content, Self.paused(content ?? mark.content, orElse: mark.content), .heal)
    }

    private enum Purpose {
        case retire(TimeSpan)
        case heal
    }

    private func step(
        _ before: CanonicalJSON?,
        _ after: CanonicalJSON,
        _ purpose: Purpose
    ) -> Step {
        let applied = live.resources[address]?.applied?.content
        // Of a row that is gone, what it becomes is told by what it was last.
        let changes = TenantPlanner.difference(before ?? applied, after)
        return switch purpose {
        case .retire(let retention):
            Step(
                address: address,
                action: .retire,
                reason: .removed,
                before: before,
                after: after,
                changes: changes,
                drift: before.map { TenantPlanner.difference(applied, $0) } ?? [],
                retirement: Retirement(since: now, purgeAfter: now + retention)
            )
        case .heal:
            Step(
                address: address,
                action: before == nil ? .create : .update,
                reason: .drifted,
                before: before,
                after: after,
                changes: changes,
                drift: before == nil
                    ? TenantPlanner.difference(applied, nil) : changes.map(\.reversed)
            )
        }
    }

    private static let stateField = "state"

    private static func isPaused(_ content: CanonicalJSON) -> Bool {
        content.lenientValue[stateField]?.text == TenantSpec.State.paused.rawValue
    }

    /// The row with its tenant paused; what was applied instead of it, where somebody has made it
    /// unreadable.
    private static func paused(_ row: CanonicalJSON, orElse applied: CanonicalJSON) -> CanonicalJSON
    {
        let value = row.lenientValue.members == nil ? applied.lenientValue : row.lenientValue
        let state = JSONValue.string(TenantSpec.State.paused.rawValue)
        return CanonicalJSON(value.setting(state, at: [stateField]))
    }

    /// What the tenant's own manifest last said, since that is gone.
    private static func retention(_ applied: CanonicalJSON) -> TimeSpan {
        do {
            guard case .tenant(let spec) = try ResourceSpec(.tenant, json: applied.lenientValue)
            else { return TenantSpec.defaultRetention }
            return max(
                spec.retention ?? TenantSpec.defaultRetention,
                TenantSpec.shortestRetention
            )
        } catch {
            // A mark that somebody has edited says nothing.
            return TenantSpec.defaultRetention
        }
    }
}

extension JSONValue {
    /// The value with one of its members set, or removed where there is no value; objects on the
    /// way to it are made as needed.
    func setting(_ value: JSONValue?, at path: some Collection<String>) -> JSONValue {
        guard let name = path.first else { return value ?? .null }
        var members = members ?? [:]
        let rest = path.dropFirst()
        if !rest.isEmpty, value == nil, members[name] == nil { return self }
        members[name] = rest.isEmpty ? value : (members[name] ?? [:]).setting(value, at: rest)
        return .object(members)
    }
}
