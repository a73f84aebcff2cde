import ClaraModel
import Planning

/// What people ordered since the last apply, as `case.json` spells it. It goes through the planner,
/// so that live state is what such orders really leave behind.
struct PlanEvents: Decodable {
    /// Tenants whose folder was missing at a moment.
    var retired: [String: String]?
    var overrides: [OverrideOrder]?

    struct OverrideOrder: Decodable {
        let address: String
        /// As on the command line: `posts.perDay=2`.
        let set: String
        let since: String
        let until: String
        let by: String
        let reason: String
    }

    private static let fleet = FleetSettings(name: "acme-agency", spec: FleetSpec())

    func happen(to live: inout LiveState) throws {
        for order in overrides ?? [] { try begin(order, in: &live) }
        for (tenant, moment) in retired ?? [:] {
            let planner = Planner(
                fleet: Self.fleet,
                revision: PlanFixture.lastRevision,
                now: try Instant(parsing: moment),
                targets: try TargetSelection(parsing: [tenant])
            )
            let nothing = DesiredState(fleet: Self.fleet, tenants: [:])
            live.apply(planner.plan(desired: nothing, live: live))
        }
    }

    private func begin(_ order: OverrideOrder, in live: inout LiveState) throws {
        let override = try order.override()
        let now = override.since
        let tenant = live.tenants[override.address.tenant] ?? LiveTenant()
        let plan = try OverridePlanner.begin(override, live: tenant, fleet: Self.fleet, now: now)
            .get()
        live.apply(
            Planner(fleet: Self.fleet, revision: PlanFixture.lastRevision, now: now).plan(of: plan)
        )
    }
}

extension PlanEvents.OverrideOrder {
    func override() throws -> Override {
        guard let address = ResourceAddress(parsing: address) else {
            throw LiveEdits.Mistake(text: "\(address) is no address")
        }
        let assignment = try OverrideAssignment(parsing: set)
        return Override(
            address: address,
            path: assignment.path,
            value: assignment.value,
            reason: reason,
            by: by,
            since: try Instant(parsing: since),
            until: try Instant(parsing: until)
        )
    }
}

extension Planner {
    /// The plan of one tenant as the plan of a fleet.
    func plan(of tenant: TenantPlan) -> Plan {
        let none = plan(reviews: [], tenantCount: 1)
        return Plan(
            fleet: none.fleet,
            revision: none.revision,
            plannedAt: none.plannedAt,
            tenants: [tenant],
            impact: none.impact
        )
    }
}

extension PlanFixture {
    /// What the plan is held against.
    struct Judge: Decodable {
        var deletions: Int?
        var updates: Int?
        var empty: Bool?

        func admission(of plan: Plan, _ desired: DesiredState, _ live: LiveState) -> Admission {
            Admission.judge(
                plan,
                by: SafetyRules(desired.fleet),
                census: LiveCensus(of: live, fleet: desired.fleet.name),
                declaredTenants: desired.tenants.count,
                allowances: Allowances(
                    deletions: deletions,
                    updates: updates,
                    empty: empty ?? false
                ),
                now: plan.plannedAt
            )
        }
    }

    /// What a policy says.
    struct Remark: Decodable {
        let policy: String
        let enforcement: String
        let address: String?
        let message: String
        let file: String?

        func remark() throws -> PolicyRemark {
            guard let enforcement = PolicySpec.Enforcement(rawValue: enforcement) else {
                throw LiveEdits.Mistake(text: "\(enforcement) is no enforcement")
            }
            return PolicyRemark(
                policy: policy,
                enforcement: enforcement,
                address: address.flatMap { ResourceAddress(parsing: $0) },
                message: message,
                origin: file.map { Origin(file: $0, line: 3) }
            )
        }
    }
}
