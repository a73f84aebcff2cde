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
            "pins": .object(status.pins.mapValues(\.json)), "lock": status.lock?.json ?? .null,
            "warnings": .array(status.warnings.map(EventDocument.json)),
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
            "retirement": retirement.map {
                ["since": .string("\($0.since)"), "purge_after": .string("\($0.purgeAfter)")]
            } ?? .null,
            "overrides": .array(overrides.map(\.json)),
            "protections": .array(
                protections.sorted { $0.key < $1.key }.map { address, order in
                    [
                        "address": .string("\(address)"), "by": .string(order.by),
                        "reason": .string(order.reason), "since": .string("\(order.since)"),
                    ]
                }
            ),
        ]
    }
}

extension Override {
    fileprivate var json: JSONValue {
        [
            "address": .string("\(address)"), "path": .array(path.map { .string($0) }),
            "by": .string(by), "reason": .string(reason), "since": .string("\(since)"),
            "until": .string("\(until)"),
        ]
    }
}

extension Pin {
    fileprivate var json: JSONValue {
        [
            "revision": .string(revision), "by": .string(by), "reason": .string(reason),
            "since": .string("\(since)"),
        ]
    }
}

extension LockHolder {
    fileprivate var json: JSONValue {
        [
            "token": .integer(token), "holder": .string(holder), "host": .string(host),
            "operation": .string(operation), "since": .string("\(since)"),
            "expires_at": .string("\(expiresAt)"),
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
