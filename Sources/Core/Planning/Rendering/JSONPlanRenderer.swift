import ClaraModel
import ManifestLoading

/// A plan for programs: one JSON document whose members come in a stable order.
///
/// Nothing is left out but slots beyond a bound, which are counted. `Planning.formatVersion` says
/// what a reader may rely on.
public struct JSONPlanRenderer: Sendable {
    /// Makes a renderer.
    public init() {}

    /// The plan as JSON, ending with a line break.
    public func render(_ report: PlanReport) -> String {
        let plan = report.plan
        let document: JSONValue = [
            "format_version": .string(Planning.formatVersion),
            "revision": .string(plan.revision),
            "digest": .string(plan.digest.description),
            "resource_changes": .array(plan.steps.map(StepJSON.change)),
            "resource_drift": .array(plan.tenants.flatMap(\.driftedSteps).map(StepJSON.drift)),
            "blocked": .array(report.blockedJSON),
            "withheld": .array(plan.tenants.flatMap(\.withheld).map(\.json)),
            "held": .array(plan.tenants.flatMap(\.held).map(\.json)),
            "override_changes": .array(plan.tenants.flatMap(\.overrides.json)),
            "retired": .array(report.retired.map(\.retiredJSON)),
            "unmanaged": .array(report.unmanaged.map { .string($0.description) }),
            "findings": .array(report.findings.map(\.json)),
            "policies": .array(report.policies.map(\.json)),
            "admission": report.admission?.json ?? .null,
            "impact": plan.impact.json,
            "summary": plan.summary.json,
        ]
        return JSONText.document(document)
    }
}

extension PlanReport {
    /// The blocked tenants with what blocks them.
    var blockedJSON: [JSONValue] {
        blocked.map { plan in
            var members: [String: JSONValue] = [
                "tenant": .string(plan.tenant),
                "errors": .array(errors(of: plan.tenant).map(\.json)),
            ]
            switch plan.blocked {
            case .errors, nil: members["reason"] = "errors"
            case .unmanagedRows(let rows):
                members["reason"] = "unmanaged_rows"
                members["rows"] = .array(rows.map { .string($0.description) })
            case .withoutMark: members["reason"] = "without_mark"
            case .otherFleet(let name):
                members["reason"] = "other_fleet"
                members["fleet"] = .string(name)
            }
            return .object(members)
        }
    }
}

extension PlanSummary {
    fileprivate var json: JSONValue {
        [
            "add": .integer(Int64(additions)), "change": .integer(Int64(changes)),
            "destroy": .integer(Int64(deletions)), "drifted": .integer(Int64(drifted)),
            "blocked": .integer(Int64(blocked)), "unmanaged": .integer(Int64(unmanaged)),
            "withheld": .integer(Int64(withheld)), "held": .integer(Int64(held)),
        ]
    }
}

extension Diagnostic {
    /// The diagnostic without its source line.
    var json: JSONValue {
        [
            "severity": .string(severity.rawValue), "code": .string(code),
            "message": .string(message), "hint": hint.map { .string($0) } ?? .null,
            "tenant": tenant.map { .string($0) } ?? .null, "file": .string(place.file),
            "line": .integer(Int64(place.line)), "column": .integer(Int64(place.column)),
        ]
    }
}
