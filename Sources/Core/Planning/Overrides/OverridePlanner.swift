import ClaraModel
import Scheduling

/// Plans a break-glass change of one field.
///
/// It works from what was last applied and needs no git, since it is for the night in which git or
/// the forge is down. Everything that the loader would check of the field is checked here too.
public enum OverridePlanner {
    /// The longest time that an override may stand: a month. What shall stay for longer is no
    /// emergency, and belongs in git.
    public static let longest = TimeSpan.days(30)

    /// The plan that begins an override: one step, or none where the field has that value already,
    /// and the override to be noted with it.
    ///
    /// - Parameters:
    ///   - live: the override's tenant.
    ///   - fleet: the fleet that must own the row.
    public static func begin(
        _ override: Override,
        live: LiveTenant,
        fleet: FleetSettings,
        now: Instant
    ) -> Result<TenantPlan, OverrideProblem> {
        do throws(OverrideProblem) {
            try checkTime(override, now)
            let applied = try applied(override.address, live, fleet)
            try OverrideField(override).check()
            let wanted = try wanted(override, applied)
            try checkReferences(override.address, wanted, live)
            try checkTimes(override.address, wanted, now)
            return .success(plan(override, wanted, live, fleet, now))
        } catch {
            return .failure(error)
        }
    }

    private static func checkTime(_ override: Override, _ now: Instant) throws(OverrideProblem) {
        if !override.isActive(at: now) { throw .over(until: override.until) }
        if override.until - now > longest { throw .tooLong(until: override.until) }
    }

    /// What was last applied to a row that is still so.
    private static func applied(
        _ address: ResourceAddress,
        _ live: LiveTenant,
        _ fleet: FleetSettings
    ) throws(OverrideProblem) -> CanonicalJSON {
        guard let row = live.resources[address] else { throw .unknown(address) }
        guard let applied = row.applied else { throw .unmanaged(address) }
        if applied.fleet != fleet.name { throw .otherFleet(applied.fleet) }
        if live.retirement != nil { throw .retired(address.tenant) }
        if row.content != applied.content { throw .drifted(address) }
        return applied.content
    }

    /// The content with the field set, spelled as the resolver would spell it.
    private static func wanted(
        _ override: Override,
        _ applied: CanonicalJSON
    ) throws(OverrideProblem) -> Wanted {
        let (kind, content) = (override.address.kind, applied.lenientValue)
        let former = try spec(kind, content).json
        let changed = try spec(kind, former.setting(override.value, at: override.path))
        if let problem = changed.problems.first { throw .brokenRule(problem.message) }
        var members = changed.json.members ?? [:]
        for key in [ResourceContent.labelsKey, ResourceContent.documentsKey] {
            members[key] = content[key]
        }
        return Wanted(content: CanonicalJSON(.object(members)), spec: changed)
    }

    private static func spec(
        _ kind: Kind,
        _ json: JSONValue
    ) throws(OverrideProblem) -> ResourceSpec {
        do {
            return try ResourceSpec(kind, json: json)
        } catch {
            throw .wrongValue(path: error.path, expected: error.expected)
        }
    }

    private static func checkReferences(
        _ address: ResourceAddress,
        _ wanted: Wanted,
        _ live: LiveTenant
    ) throws(OverrideProblem) {
        switch ReferableNames(live.readable).problems(of: wanted.spec).first {
        case .missing(let name):
            throw .dangling(
                ResourceAddress(tenant: address.tenant, kind: name.kind, name: name.name)
            )
        case let problem?: throw .brokenRule(problem.message)
        case nil: break
        }
    }

    private static func checkTimes(
        _ address: ResourceAddress,
        _ wanted: Wanted,
        _ now: Instant
    ) throws(OverrideProblem) {
        guard case .schedule(let spec) = wanted.spec else { return }
        guard let pattern = SchedulePattern(spec, tenant: address.tenant, name: address.name) else {
            throw .brokenRule("its time zone does not exist, or it names no time")
        }
        let problem = pattern.validate(at: now).first { $0.severity == .error }
        if let problem { throw .brokenRule(problem.message) }
    }

    private static func plan(
        _ override: Override,
        _ wanted: Wanted,
        _ live: LiveTenant,
        _ fleet: FleetSettings,
        _ now: Instant
    ) -> TenantPlan {
        let address = override.address
        let planner = TenantPlanner(tenant: address.tenant, live: live, fleet: fleet, now: now)
        let isThere = live.resources[address]?.content == wanted.content
        let replaced = live.overrides.filter {
            $0.address == address && $0.path == override.path
        }
        return TenantPlan(
            tenant: address.tenant,
            steps: isThere ? [] : [planner.make(address, wanted, .overridden)],
            held: [override],
            overrides: OverrideChange(begun: [override], ended: replaced)
        )
    }
}

extension LiveTenant {
    /// The live rows that are readable as what they are.
    fileprivate var readable: [(ResourceAddress, ResourceSpec)] {
        resources.values.compactMap { row in
            row.content.flatMap { $0.spec(of: row.address.kind) }.map { (row.address, $0) }
        }
    }
}
