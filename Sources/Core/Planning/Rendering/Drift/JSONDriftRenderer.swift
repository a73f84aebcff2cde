import ClaraModel

/// A drift report for programs: one JSON document whose members come in a stable order.
public struct JSONDriftRenderer: Sendable {
    /// Makes a renderer.
    public init() {}

    /// The report as JSON, ending with a line break.
    public func render(_ report: DriftReport) -> String {
        let tenants = report.tenants.sorted { $0.tenant < $1.tenant }
        var document: [String: JSONValue] = [
            "format_version": .string(Planning.formatVersion),
            "fleet": .string(report.fleet),
            "revision": .string(report.revision),
            "observed_at": .text(report.observedAt),
            "resource_drift": .array(tenants.flatMap(\.resources).map(\.json)),
            "blocked": .array(report.source.blockedJSON),
            "unmanaged": .array(tenants.flatMap(\.unmanaged).map { .text($0) }),
            "withheld": .array(tenants.flatMap(\.withheld).map(\.json)),
            "held": .array(tenants.flatMap(\.held).map(\.json)),
            "retired": .array(report.source.retired.map(\.retiredJSON)),
            "summary": report.summary.json,
        ]
        document["coverage"] = report.coverage?.json
        return JSONText.document(.object(document))
    }
}

extension ResourceDrift {
    /// `since` and `by` are there where the change feed knows of the change.
    fileprivate var json: JSONValue {
        var members = StepJSON.drift(step).members ?? [:]
        if let trace {
            members["since"] = .text(trace.since)
            members["by"] = trace.by.map { .string($0) } ?? .null
        }
        return .object(members)
    }
}

extension Coverage {
    fileprivate var json: JSONValue {
        [
            "managed": .count(managed), "live": .count(live),
            "share": perMille.map { .number(Double($0) / 1000) } ?? .null,
        ]
    }
}

extension DriftSummary {
    fileprivate var json: JSONValue {
        [
            "tenants_drifted": .count(tenants), "resources_drifted": .count(resources),
            "tenants_in_sync": .count(inSync), "blocked": .count(blocked),
            "unmanaged": .count(unmanaged), "withheld": .count(withheld), "held": .count(held),
            "retired": .count(retired), "not_applied": .count(unapplied),
        ]
    }
}
