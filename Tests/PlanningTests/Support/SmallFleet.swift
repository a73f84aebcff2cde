import ClaraModel
import Planning
import Testing

/// Two tenants, a change in git of one's quota and schedule, and whatever somebody did by hand.
struct SmallFleet {
    static let settings = FleetSettings(name: "acme-agency", spec: FleetSpec())
    static let now = Instant(seconds: 1_792_756_800)

    /// Whether git changes after the first apply.
    var changesGit = true
    /// Whether the store forgets that the tenants are settled.
    var forgetsSettlement = false
    /// What happens to `acme` by hand before the plan is made.
    var edit: (inout LiveTenant) -> Void = { _ in }

    init() throws {}

    /// A plan that is saved, and what it was planned on.
    struct Fixture {
        let report: PlanReport
        let live: LiveState
        let desired: DesiredState
        let key: AuthenticationKey
        let saved: SavedPlan
        let now = SmallFleet.now

        init(_ report: PlanReport, _ live: LiveState, _ desired: DesiredState) throws {
            self.report = report
            self.live = live
            self.desired = desired
            key = try SavedFixture.key()
            saved = try SavedPlan(
                report,
                on: live,
                SavedFixture.course,
                settings: settings,
                store: "s",
                key: key
            )
        }
    }

    func fixture() throws -> Fixture {
        var live = LiveState()
        live.apply(Self.plan(try desired(isChanged: false), live, Self.now - .days(1)))
        if forgetsSettlement { live.tenants["acme"]?.settlement = nil }
        edit(&live.tenants["acme", default: LiveTenant()])
        let desired = try desired(isChanged: changesGit)
        return try Fixture(PlanReport(plan: Self.plan(desired, live, Self.now)), live, desired)
    }

    private static func plan(_ desired: DesiredState, _ live: LiveState, _ now: Instant) -> Plan {
        Planner(fleet: settings, revision: "main@sha1:2", now: now)
            .plan(desired: desired, live: live)
    }

    func desired(isChanged: Bool) throws -> DesiredState {
        let tenants = [
            "acme": try tenant(
                "acme",
                perDay: isChanged ? 4 : 2,
                at: isChanged ? "10:30" : "09:00"
            ),
            "birch": try tenant("birch", perDay: 2, at: "09:00"),
        ]
        return DesiredState(fleet: Self.settings, tenants: tenants)
    }

    private func tenant(_ name: String, perDay: Int64, at time: String) throws -> DesiredTenant {
        let schedule: JSONValue = [
            "timezone": "Europe/Paris", "slots": [.string("daily \(time)")], "prompt": "daily",
            "credential": "x",
        ]
        let resources = [
            try resource(name, .tenant, name, ["displayName": "One", "state": "active"]),
            try resource(name, .quota, "default", ["posts": ["perDay": .integer(perDay)]]),
            try resource(
                name,
                .prompt,
                "daily",
                ["system": "Short.", "template": "x", "model": ["name": "m"]]
            ), try resource(name, .schedule, "daily", schedule),
        ]
        let text = resources.map(\.content.text).joined()
        return DesiredTenant(inputs: Digest(of: text), outcome: .resolved(resources))
    }

    private func resource(
        _ tenant: String,
        _ kind: Kind,
        _ name: String,
        _ spec: JSONValue
    ) throws -> DesiredResource {
        DesiredResource(
            address: ResourceAddress(tenant: tenant, kind: kind, name: name),
            labels: [:],
            spec: try ResourceSpec(kind, json: spec),
            origin: Origin(file: "tenants/\(tenant)/all.yaml", line: 1)
        )
    }
}

/// Something that happens to a tenant while its plan waits for approval.
struct Movement: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let address: ResourceAddress
    let misfit: Misfit.Movement
    let change: @Sendable (inout LiveTenant) -> Void

    private static let quota = ResourceAddress(tenant: "acme", kind: .quota, name: "default")
    private static let prompt = ResourceAddress(tenant: "acme", kind: .prompt, name: "daily")
    private static let credential = ResourceAddress(tenant: "acme", kind: .credential, name: "x")
    private static let schedule = ResourceAddress(tenant: "acme", kind: .schedule, name: "daily")
    private static let tenant = ResourceAddress(tenant: "acme", kind: .tenant, name: "acme")

    static let all: [Movement] = rows + slots + orders

    private static let rows = [
        Movement("a row with a step changes", quota, .changed) {
            $0.rewrite(quota, content: CanonicalJSON(["posts": ["perDay": 3]]))
        },
        Movement("a row beside the steps changes", prompt, .changed) {
            $0.rewrite(prompt, content: CanonicalJSON(["system": "By hand."]))
        },
        Movement("a row goes", quota, .gone) { $0.rewrite(quota, content: nil) },
        Movement("a row and its mark go", quota, .gone) { $0.resources[quota] = nil },
        Movement("a row appears", credential, .appeared) { tenant in
            let content = CanonicalJSON(["provider": "x"])
            let row = LiveResource(address: credential, content: content, applied: nil)
            tenant.resources[credential] = row
        },
        Movement("a mark is of another revision", quota, .reapplied) { tenant in
            guard let row = tenant.resources[quota], let mark = row.applied else { return }
            tenant.resources[quota] = LiveResource(
                row,
                content: row.content,
                applied: AppliedMark(content: mark.content, revision: "later", fleet: mark.fleet)
            )
        },
    ]

    private static let slots = [
        Movement("somebody touches the slots", schedule, .slotsMoved) {
            $0.slots["daily"]?.isTouched = true
        }
    ]

    private static let orders = [
        Movement("the tenant is protected", tenant, .protectionsChanged) {
            $0.protections[quota] = Protection(reason: "audit", by: "dana", since: .epoch)
        },
        Movement("an override begins", tenant, .overridesChanged) {
            let order = Override(
                address: quota,
                path: ["posts", "perDay"],
                value: 1,
                reason: "too loud",
                by: "dana",
                since: .epoch,
                until: SmallFleet.now
            )
            $0.overrides.append(order)
        },
        Movement("the tenant is retired", tenant, .retirementChanged) {
            $0.retirement = Retirement(since: .epoch, purgeAfter: SmallFleet.now)
        },
    ]

    private init(
        _ name: String,
        _ address: ResourceAddress,
        _ misfit: Misfit.Movement,
        _ change: @escaping @Sendable (inout LiveTenant) -> Void
    ) {
        testDescription = name
        self.address = address
        self.misfit = misfit
        self.change = change
    }
}

extension LiveTenant {
    fileprivate mutating func rewrite(_ address: ResourceAddress, content: CanonicalJSON?) {
        resources[address] = resources[address].map {
            LiveResource($0, content: content, applied: $0.applied)
        }
    }
}
