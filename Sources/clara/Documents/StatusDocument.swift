import ClaraModel
import LiveSystem
import Planning
import Reconciling

/// The status as JSON.
struct StatusDocument {
    private let status: FleetStatus

    init(_ status: FleetStatus) { self.status = status }

    /// One JSON document.
    var text: String {
        let fleets = status.fleets.mapValues { mark -> JSONValue in
            ["revision": .string(mark.revision), "applied_at": .string("\(mark.appliedAt)")]
        }
        return CanonicalJSON([
            "format_version": .string(Planning.formatVersion), "fleets": .object(fleets),
            "tenants": .array(status.tenants.map(\.json)),
        ]).text
    }
}

extension TenantStatus {
    fileprivate var json: JSONValue {
        [
            "tenant": .string(tenant), "state": JSONValue(optional: state),
            "revision": JSONValue(optional: revision),
            "drifted": .array(drifted.map { .string("\($0)") }),
            "conditions": .array(conditions.map(\.json)), "next_post": nextPost?.json ?? .null,
        ]
    }
}

extension TenantStatus.NextPost {
    fileprivate var json: JSONValue {
        [
            "schedule": .string(schedule), "local_time": .string("\(localTime)"),
            "timezone": .string(timezone), "fires_at": .string("\(firesAt)"),
        ]
    }
}

extension Condition {
    fileprivate var json: JSONValue {
        [
            "type": .string(type.rawValue), "status": .string(status.rawValue),
            "reason": .string(reason), "message": .string(message),
            "lastTransitionTime": .string("\(lastTransitionTime)"),
            "observedRevision": .string(observedRevision),
        ]
    }
}

extension JSONValue {
    init(optional text: String?) { self = text.map { .string($0) } ?? .null }
}
