import Applying
import ClaraModel
import LiveSystem
import ManifestLoading
import Planning

/// What became of an apply, as JSON.
struct ApplyDocument {
    let report: ApplyReport
    let plan: Plan

    /// One JSON document.
    var text: String {
        CanonicalJSON([
            "format_version": .string(Planning.formatVersion),
            "revision": .string(plan.revision), "digest": .string("\(plan.digest)"),
            "tenants": .array(report.outcomes.map(\.json)),
            "late_failure": report.lateFailure.map { .string("\($0)") } ?? .null,
            "blocked": .array(report.blocked.map { .string($0) }),
            "summary": [
                "added": .integer(Int64(report.summary.additions)),
                "changed": .integer(Int64(report.summary.changes)),
                "destroyed": .integer(Int64(report.summary.deletions)),
                "corrected": .integer(Int64(report.summary.drifted)),
                "not_done": .integer(Int64(report.undone.count)),
                "blocked": .integer(Int64(report.blocked.count)),
            ],
        ]).text
    }
}

extension TenantOutcome {
    fileprivate var json: JSONValue {
        switch outcome {
        case .done: ["tenant": .string(tenant), "outcome": "done"]
        case .stale(let address, let found):
            [
                "tenant": .string(tenant), "outcome": "stale", "address": .string("\(address)"),
                "found": .string(found),
            ]
        case .failed(let error):
            ["tenant": .string(tenant), "outcome": "failed", "error": .string("\(error)")]
        }
    }
}

/// A command that failed, as JSON: whoever reads documents gets one in any case.
struct FailureDocument {
    let failure: CommandFailure
    let diagnostics: [Diagnostic]

    /// One JSON document.
    var text: String {
        CanonicalJSON([
            "format_version": .string(Planning.formatVersion), "error": .string(failure.reason),
            "outcome": .string(failure.code.word),
            "exit_code": .integer(Int64(failure.code.rawValue)),
            "findings": .array(diagnostics.map(\.json)),
        ]).text
    }
}
