import ClaraModel
import Planning

/// What a store knows of drift beside the rows, as `case.json` spells it.
struct DriftFacts: Decodable {
    /// By address.
    var traces: [String: Trace]?
    var coverage: Share?

    struct Trace: Decodable {
        let since: String
        let by: String?
    }

    struct Share: Decodable {
        let managed: Int
        let unmanaged: Int
    }

    /// The plan as a report on drift.
    func report(_ plan: PlanReport) throws -> DriftReport {
        let traces = try (traces ?? [:]).compactMap { text, trace in
            let mark = DriftTrace(since: try Instant(parsing: trace.since), by: trace.by)
            return ResourceAddress(parsing: text).map { ($0, mark) }
        }
        return DriftReport(
            plan,
            traces: Dictionary(traces) { first, _ in first },
            coverage: coverage.map { Coverage(managed: $0.managed, unmanaged: $0.unmanaged) }
        )
    }
}
