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
        /// It stays; the step pauses it again where somebody has set it active by hand.
        case keep(Retirement, healing: Step?)
        /// Everything of it that the fleet manages goes.
        case purge
    }

    var decision: Decision {
        let address = ResourceAddress(tenant: tenant, kind: .tenant, name: tenant)
        // Without a row of its own there is nothing left to pause.
        guard let row = live.resources[address], let content = row.content,
            let applied = row.applied, applied.fleet == fleet
        else { return .purge }
        let paused = Self.paused(content, orElse: applied.content)
        guard let retirement = live.retirement else {
            return .retire(step(address, content, paused, .retire(Self.retention(applied.content))))
        }
        if now >= retirement.purgeAfter { return .purge }
        let healing = Self.isPaused(content) ? nil : step(address, content, paused, .heal)
        return .keep(retirement, healing: healing)
    }

    private enum Purpose {
        case retire(TimeSpan)
        case heal
    }

    private func step(
        _ address: ResourceAddress,
        _ before: CanonicalJSON,
        _ after: CanonicalJSON,
        _ purpose: Purpose
    ) -> Step {
        let changes = TenantPlanner.difference(before, after)
        let applied = live.resources[address]?.applied?.content
        return switch purpose {
        case .retire(let retention):
            Step(
                address: address,
                action: .retire,
                reason: .removed,
                before: before,
                after: after,
                changes: changes,
                drift: TenantPlanner.difference(applied, before),
                retirement: Retirement(since: now, purgeAfter: now + retention)
            )
        case .heal:
            Step(
                address: address,
                action: .update,
                reason: .drifted,
                before: before,
                after: after,
                changes: changes,
                drift: changes.map(\.reversed)
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
