import ClaraModel
import Planning
import TestSupport
import Testing

/// A random fleet with a plan that could be saved, and all that saving one takes.
struct SavedFixture {
    /// A Thursday before the clocks of London change on Sunday.
    static let start = Instant(seconds: 1_792_670_400)
    static let plannedAt = start + .days(1)
    static let store = "0f3a9c"
    static let course = SavedCourse(
        applied: ["main@sha1:0"],
        pin: nil,
        declaredTenants: 3,
        exemptUntil: nil
    )
    let live: LiveState
    let report: PlanReport

    /// - Parameter edit: what happens to live state before the plan is made.
    init(seed: UInt64, edit: (inout LiveState) -> Void = { _ in }) throws {
        var fleet = RandomFleet(seed: seed)
        var live = LiveState()
        live.apply(Self.plan(try fleet.desired(), live, Self.start))
        fleet.disturb(&live)
        edit(&live)
        self.live = live
        report = PlanReport(plan: Self.plan(try fleet.desired(), live, Self.plannedAt))
    }

    func saved() throws -> SavedPlan {
        try SavedPlan(
            report,
            on: live,
            Self.course,
            settings: RandomFleet.settings,
            store: Self.store,
            key: try Self.key()
        )
    }

    func bytes() throws -> [UInt8] { try saved().bytes(sealedBy: Self.key()) }

    static func read(_ bytes: [UInt8]) throws -> SavedPlan {
        try SavedPlan(reading: bytes, store: store, fleet: "acme-agency", key: key())
    }

    /// The plan of a file as it would be applied.
    func refit(onto live: LiveState, at now: Instant = plannedAt) throws -> Plan {
        try Self.read(bytes()).refit(onto: live, now: now, key: Self.key())
    }

    static func plan(_ desired: DesiredState, _ live: LiveState, _ now: Instant) -> Plan {
        Planner(fleet: RandomFleet.settings, revision: "main@sha1:1", now: now)
            .plan(desired: desired, live: live)
    }

    /// A key of one byte, repeated.
    static func key(_ byte: UInt8 = 7) throws -> AuthenticationKey {
        try #require(AuthenticationKey(bytes: Array(repeating: byte, count: 32)))
    }
}

extension PlanReport {
    /// The report in every format that people and programs read.
    var everyFormat: [String] {
        [
            TextPlanRenderer(style: .plain).render(self), JSONPlanRenderer().render(self),
            MarkdownPlanRenderer().render(self),
        ]
    }
}
