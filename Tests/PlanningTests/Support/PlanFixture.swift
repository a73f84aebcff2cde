import ClaraModel
import Foundation
import ManifestLoading
import Planning
import Resolving
import Testing

/// One folder below `Plans/`: what git says, what was applied before, what somebody did since.
struct PlanFixture: Sendable, CustomTestStringConvertible {
    let folder: URL

    var testDescription: String { folder.lastPathComponent }

    /// Every case, sorted by name.
    static let all: [PlanFixture] = {
        let plans = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Plans")
        // A folder that is missing gives no cases, and the count of cases fails.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: plans.path)) ?? []
        return names.sorted().map { PlanFixture(folder: plans.appending(path: $0)) }
    }()

    /// What `case.json` says; everything has a default.
    struct Settings: Decodable {
        var now = "2026-11-23T12:00:00Z"
        var lastAppliedAt = "2026-11-22T12:00:00Z"
        var targets: [String] = []
        /// What happened between the last apply and now, in this order and before `live.json`.
        var events = PlanEvents()
        /// Whether the plan is held against the fleet's limits and freezes, and what is allowed.
        var judge: Judge?
        var policies: [Remark] = []
        /// What the store knows of drift beside the rows.
        var drift = DriftFacts()
        /// The outputs that are compared beside the text.
        var also: [Output] = []

        private enum Keys: String, CodingKey {
            case now, lastAppliedAt, targets, also, events, judge, policies, drift
        }

        init() {}

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            now = try container.decodeIfPresent(String.self, forKey: .now) ?? now
            lastAppliedAt =
                try container.decodeIfPresent(String.self, forKey: .lastAppliedAt) ?? lastAppliedAt
            targets = try container.decodeIfPresent([String].self, forKey: .targets) ?? targets
            also = try container.decodeIfPresent([Output].self, forKey: .also) ?? also
            drift = try container.decodeIfPresent(DriftFacts.self, forKey: .drift) ?? drift
            events = try container.decodeIfPresent(PlanEvents.self, forKey: .events) ?? events
            judge = try container.decodeIfPresent(Judge.self, forKey: .judge)
            policies = try container.decodeIfPresent([Remark].self, forKey: .policies) ?? policies
        }
    }

    /// A way to show a plan, and the file that holds what is expected.
    enum Output: String, Decodable, CaseIterable {
        case plan, json, md, drift
        case driftJSON = "drift.json"
        case driftMarkdown = "drift.md"
        case driftHTML = "drift.html"

        func render(_ report: PlanReport, _ facts: DriftFacts = DriftFacts()) throws -> String {
            switch self {
            case .plan: TextPlanRenderer(style: .plain).render(report)
            case .json: JSONLayout.readable(JSONPlanRenderer().render(report))
            case .md: MarkdownPlanRenderer().render(report)
            case .drift: TextDriftRenderer(style: .plain).render(try facts.report(report))
            case .driftJSON:
                JSONLayout.readable(JSONDriftRenderer().render(try facts.report(report)))
            case .driftMarkdown: MarkdownDriftRenderer().render(try facts.report(report))
            case .driftHTML: HTMLDriftRenderer().render(try facts.report(report))
            }
        }
    }

    func settings() throws -> Settings {
        let file = folder.appending(path: "case.json")
        guard FileManager.default.fileExists(atPath: file.path) else { return Settings() }
        return try JSONDecoder().decode(Settings.self, from: Data(contentsOf: file))
    }

    func expectation(_ output: Output) -> URL {
        folder.appending(path: "expected.\(output.rawValue)")
    }
}

extension PlanFixture {
    /// The revision that every case leads to.
    static let revision = "main@sha1:3f2a9c1d5e7b8a60413c2d9e8f7a6b5c4d3e2f10"
    /// The revision that was applied before.
    static let lastRevision = "main@sha1:0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"

    /// The plan of the case.
    func report() throws -> PlanReport {
        let settings = try settings()
        let now = try Instant(parsing: settings.now)
        let desired = try FleetFolder(folder).desired(at: now)
        let planner = Planner(
            fleet: desired.state.fleet,
            revision: Self.revision,
            now: now,
            targets: try TargetSelection(parsing: settings.targets)
        )
        let live = try live(settings)
        let plan = planner.plan(desired: desired.state, live: live)
        return PlanReport(
            plan: plan,
            diagnostics: desired.diagnostics,
            policies: try settings.policies.map { try $0.remark() },
            admission: settings.judge?.admission(of: plan, desired.state, live)
        )
    }

    /// What `last/` left behind, with the edits of `live.json`.
    func live(_ settings: Settings) throws -> LiveState {
        var live = LiveState()
        let last = folder.appending(path: "last")
        if FileManager.default.fileExists(atPath: last.path) {
            let moment = try Instant(parsing: settings.lastAppliedAt)
            let desired = try FleetFolder(last).desired(at: moment).state
            let planner = Planner(
                fleet: desired.fleet,
                revision: Self.lastRevision,
                now: moment
            )
            live.apply(planner.plan(desired: desired, live: live))
        }
        try settings.events.happen(to: &live)
        let edits = folder.appending(path: "live.json")
        guard FileManager.default.fileExists(atPath: edits.path) else { return live }
        try JSONDecoder().decode(LiveEdits.self, from: Data(contentsOf: edits)).make(in: &live)
        return live
    }
}
