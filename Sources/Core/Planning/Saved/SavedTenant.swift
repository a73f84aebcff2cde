import ClaraModel

/// What a tenant needs, as a saved plan holds it.
extension TenantPlan {
    var saved: JSONValue {
        .present([
            "tenant": .string(tenant),
            "steps": steps.saved(\.saved),
            "blocked": blocked?.saved,
            "withheld": withheld.saved(\.saved),
            "held": held.saved(\.saved),
            "retirement": retirement?.saved,
            "overrides_begun": overrides.begun.saved(\.saved),
            "overrides_ended": overrides.ended.saved(\.saved),
            "unmanaged": unmanaged.saved { .text($0) },
            "settles": settles.map { .text($0) },
        ])
    }

    init(saved: SavedValue) throws(SavedPlanError) {
        self.init(
            tenant: try saved["tenant"].text(),
            steps: try saved["steps"].list(Step.init(saved:)),
            blocked: try saved["blocked"].optional(Blocked.init(saved:)),
            withheld: try saved["withheld"].list(WithheldStep.init(saved:)),
            held: try saved["held"].list(Override.init(saved:)),
            retirement: try saved["retirement"].optional(Retirement.init(saved:)),
            overrides: OverrideChange(
                begun: try saved["overrides_begun"].list(Override.init(saved:)),
                ended: try saved["overrides_ended"].list(Override.init(saved:))
            ),
            unmanaged: try saved["unmanaged"].list { row throws(SavedPlanError) in
                try row.address()
            },
            settles: try saved["settles"].optional { digest throws(SavedPlanError) in
                try digest.digest()
            }
        )
    }
}

extension TenantPlan.Blocked {
    fileprivate var saved: JSONValue {
        switch self {
        case .errors(let count): ["errors": .count(count)]
        case .otherFleet(let name): ["fleet": .string(name)]
        case .unmanagedRows(let rows): ["rows": .array(rows.map { .text($0) })]
        case .withoutMark: ["mark": .bool(false)]
        }
    }

    fileprivate init(saved: SavedValue) throws(SavedPlanError) {
        if saved["errors"].json != nil {
            self = .errors(try saved["errors"].count())
        } else if saved["fleet"].json != nil {
            self = .otherFleet(try saved["fleet"].text())
        } else if saved["mark"].json != nil {
            self = .withoutMark
        } else {
            _ = try saved["rows"].any()
            self = .unmanagedRows(
                try saved["rows"].list { row throws(SavedPlanError) in try row.address() }
            )
        }
    }
}

extension WithheldStep {
    fileprivate var saved: JSONValue {
        ["step": step.saved, "protection": protection.saved, "protected": .text(protected)]
    }

    fileprivate init(saved: SavedValue) throws(SavedPlanError) {
        self.init(
            step: try Step(saved: saved["step"]),
            protection: try Protection(saved: saved["protection"]),
            protected: try saved["protected"].address()
        )
    }
}

extension Protection {
    var saved: JSONValue {
        ["reason": .string(reason), "by": .string(by), "since": .text(since)]
    }

    fileprivate init(saved: SavedValue) throws(SavedPlanError) {
        self.init(
            reason: try saved["reason"].text(),
            by: try saved["by"].text(),
            since: try saved["since"].parsed()
        )
    }
}

extension Override {
    var saved: JSONValue {
        .present([
            "address": .text(address), "path": .array(path.map { .string($0) }), "value": value,
            "reason": .string(reason), "by": .string(by), "since": .text(since),
            "until": .text(until),
        ])
    }

    fileprivate init(saved: SavedValue) throws(SavedPlanError) {
        self.init(
            address: try saved["address"].address(),
            path: try saved["path"].list { name throws(SavedPlanError) in try name.text() },
            value: saved["value"].json,
            reason: try saved["reason"].text(),
            by: try saved["by"].text(),
            since: try saved["since"].parsed(),
            until: try saved["until"].parsed()
        )
    }
}
