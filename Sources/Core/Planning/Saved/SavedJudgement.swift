import ClaraModel
import ManifestLoading

/// What was found wrong and what was judged, as a saved plan holds it.
extension PlanReport {
    init(saved: SavedValue, plan: Plan) throws(SavedPlanError) {
        self.init(
            plan: plan,
            diagnostics: try saved["diagnostics"].list(Diagnostic.init(saved:)),
            policies: try saved["policies"].list(PolicyRemark.init(saved:)),
            admission: try saved["admission"].optional { judged throws(SavedPlanError) in
                Admission(
                    plan: plan.withoutTenants,
                    refusals: try judged["refusals"].list(Refusal.init(saved:)),
                    frozen: try judged["frozen"].list(FrozenTenant.init(saved:))
                )
            }
        )
    }
}

extension Admission {
    var saved: JSONValue {
        .present(["refusals": refusals.saved(\.saved), "frozen": frozen.saved(\.saved)])
    }
}

extension FrozenTenant {
    fileprivate var saved: JSONValue {
        .present([
            "tenant": .string(tenant), "until": .text(until),
            "reason": reason.map { .string($0) },
        ])
    }

    fileprivate init(saved: SavedValue) throws(SavedPlanError) {
        self.init(
            tenant: try saved["tenant"].text(),
            until: try saved["until"].parsed(),
            reason: try saved["reason"].optional(SavedValue.readText)
        )
    }
}

extension Refusal {
    fileprivate var saved: JSONValue {
        switch self {
        case .tooMany(let excess): ["too_many": excess.saved]
        case .emptySource(let live): ["empty_source": .count(live)]
        case .implausibleStore(let managed): ["implausible_store": .count(managed)]
        case .course(let objection): ["course": .string(objection)]
        case .frozen(let until, let reason):
            .present(["frozen_until": .text(until), "reason": reason.map { .string($0) }])
        }
    }

    fileprivate init(saved: SavedValue) throws(SavedPlanError) {
        if saved["too_many"].json != nil {
            self = .tooMany(try Excess(saved: saved["too_many"]))
        } else if saved["empty_source"].json != nil {
            self = .emptySource(live: try saved["empty_source"].count())
        } else if saved["course"].json != nil {
            self = .course(try saved["course"].text())
        } else if saved["implausible_store"].json != nil {
            self = .implausibleStore(managed: try saved["implausible_store"].count())
        } else {
            self = .frozen(
                until: try saved["frozen_until"].parsed(),
                reason: try saved["reason"].optional(SavedValue.readText)
            )
        }
    }
}

extension Refusal.Excess {
    fileprivate var saved: JSONValue {
        .present([
            "change": .string(change.rawValue), "tenant": tenant.map { .string($0) },
            "unit": .string(unit.rawValue), "found": .count(found), "allowed": .count(allowed),
            "live": .count(live),
            "share": rule.share.map(\.json), "field": .string(field),
            "default": .bool(isDefault), "flag": .string(flag),
        ])
    }

    fileprivate init(saved: SavedValue) throws(SavedPlanError) {
        self.init(
            change: try saved["change"].choice(),
            tenant: try saved["tenant"].optional(SavedValue.readText),
            unit: try saved["unit"].choice(),
            found: try saved["found"].count(),
            allowed: try saved["allowed"].count(),
            live: try saved["live"].count(),
            rule: try saved["share"].optional(SavedValue.readNumber).map(Refusal.Rule.share)
                ?? .count,
            field: try saved["field"].text(),
            isDefault: try saved["default"].flag(),
            flag: try saved["flag"].text()
        )
    }
}

extension Refusal.Rule {
    fileprivate var share: Double? {
        if case .share(let share) = self { share } else { nil }
    }
}

extension PolicyRemark {
    var saved: JSONValue {
        .present([
            "policy": .string(policy), "enforcement": .string(enforcement.rawValue),
            "address": address.map { .text($0) }, "message": .string(message),
            "origin": origin?.saved, "exempt": isExempt ? .bool(true) : nil,
        ])
    }

    fileprivate init(saved: SavedValue) throws(SavedPlanError) {
        let exempt = try saved["exempt"].optional { value throws(SavedPlanError) in
            try value.flag()
        }
        self.init(
            policy: try saved["policy"].text(),
            enforcement: try saved["enforcement"].choice(),
            address: try saved["address"].optional { address throws(SavedPlanError) in
                try address.address()
            },
            message: try saved["message"].text(),
            origin: try saved["origin"].optional(Origin.init(saved:)),
            isExempt: exempt ?? false
        )
    }
}

extension SavedValue {
    static func readText(_ saved: SavedValue) throws(SavedPlanError) -> String {
        try saved.text()
    }

    static func readNumber(_ saved: SavedValue) throws(SavedPlanError) -> Double {
        switch saved.json {
        case .integer(let number)?: Double(number)
        case .number(let number)?: number
        default: throw saved.error
        }
    }
}
