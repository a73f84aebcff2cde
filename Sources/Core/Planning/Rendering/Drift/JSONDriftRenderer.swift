import ClaraModel

/// A drift report for programs: one JSON document whose members come in a stable order.
public struct JSONDriftRenderer: Sendable {
    /// Makes a renderer.
    public init() {}

    /// The report as JSON, ending with a line break.
    public func render(_ report: PlanReport) -> String {
        let plan = report.plan
        let document: JSONValue = [
            "format_version": .string(Planning.formatVersion),
            "revision": .string(plan.revision),
            "resource_drift": .array(plan.steps.filter(\.isDrifted).map(StepJSON.drift)),
            "blocked": .array(report.blockedJSON),
            "unmanaged": .array(report.unmanaged.map { .string($0.description) }),
            "summary": report.drift.json,
        ]
        return JSONText.document(document)
    }
}

extension DriftSummary {
    fileprivate var json: JSONValue {
        [
            "tenants_drifted": .integer(Int64(tenants)),
            "resources_drifted": .integer(Int64(resources)),
            "tenants_in_sync": .integer(Int64(inSync)), "blocked": .integer(Int64(blocked)),
            "unmanaged": .integer(Int64(unmanaged)),
        ]
    }
}
