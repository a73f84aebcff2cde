import ClaraModel

extension WithheldStep {
    /// An element of `withheld`: the step as in `resource_changes`, with what forbids it.
    var json: JSONValue {
        var members = StepJSON.change(step).members ?? [:]
        members["protection"] = [
            "address": .string(protected.description),
            "reason": .string(protection.reason),
            "by": .string(protection.by),
            "since": .string(protection.since.description),
        ]
        return .object(members)
    }
}

extension Override {
    /// An element of `held`. `value` is null where the field is taken away.
    var json: JSONValue {
        [
            "address": .string(address.description),
            "path": .string(path.joined(separator: ".")),
            "value": value.map { HiddenSecrets.hidingKeys(in: $0) } ?? .null,
            "reason": .string(reason),
            "by": .string(by),
            "since": .string(since.description),
            "until": .string(until.description),
        ]
    }
}

extension OverrideChange {
    /// Elements of `override_changes`: an override, and whether it begins or ends.
    var json: [JSONValue] {
        begun.map { Self.json($0, "begin") } + ended.map { Self.json($0, "end") }
    }

    private static func json(_ override: Override, _ change: JSONValue) -> JSONValue {
        var members = override.json.members ?? [:]
        members["change"] = change
        return .object(members)
    }
}

extension Retirement {
    /// When a tenant was retired, and from when on it is purged.
    var json: JSONValue {
        ["since": .string(since.description), "purge_after": .string(purgeAfter.description)]
    }
}

extension TenantPlan {
    /// An element of `retired`.
    var retiredJSON: JSONValue {
        var members = retirement?.json.members ?? [:]
        members["tenant"] = .string(tenant)
        return .object(members)
    }
}

extension PolicyRemark {
    /// An element of `policies`.
    var json: JSONValue {
        [
            "policy": .string(policy), "enforcement": .string(enforcement.rawValue),
            "address": address.map { .string($0.description) } ?? .null,
            "message": .string(message), "origin": StepJSON.origin(origin),
        ]
    }
}

extension Admission {
    /// `admission`: what an apply would do with the plan.
    var json: JSONValue {
        [
            "refused": .bool(isRefused),
            "refusals": .array(refusals.map(\.json)),
            "frozen": .array(frozen.map(\.json)),
        ]
    }
}

extension Refusal {
    fileprivate var json: JSONValue {
        [
            "rule": .string(rule), "message": .string(message),
            "tenant": tenant.map { .string($0) } ?? .null,
            "flag": flag.map { .string($0) } ?? .null,
        ]
    }

    private var tenant: String? {
        if case .tooMany(let excess) = self { excess.tenant } else { nil }
    }

    /// The field of `fleet.yaml` that was exceeded, or what else refuses.
    private var rule: String {
        switch self {
        case .tooMany(let excess):
            switch excess.rule {
            case .count: "\(excess.field).count"
            case .share: "\(excess.field).share"
            }
        case .emptySource: "empty_source"
        case .implausibleStore: "implausible_store"
        case .course: "course"
        case .frozen: "freeze"
        }
    }
}

extension FrozenTenant {
    fileprivate var json: JSONValue {
        [
            "tenant": .string(tenant), "until": .string(until.description),
            "reason": reason.map { .string($0) } ?? .null,
        ]
    }
}
