import ClaraModel
import ManifestLoading

extension PlanReport {
    /// The report with masked live contents; it reads as this one does.
    var redacted: PlanReport {
        PlanReport(
            plan: plan.redacted,
            diagnostics: diagnostics,
            policies: policies.map(\.redacted),
            admission: admission.map {
                Admission(plan: plan.withoutTenants, refusals: $0.refusals, frozen: $0.frozen)
            }
        )
    }
}

extension Plan {
    /// The plan with masked live contents, and the digest of what it stands for.
    fileprivate var redacted: Plan {
        Plan(showing: self, tenants: tenants.map(\.redacted), plannedAt: plannedAt, digest: digest)
    }

    /// The plan that an apply of nothing has. A saved plan says how it was judged when it was made,
    /// and is judged again when it is applied.
    var withoutTenants: Plan {
        Plan(showing: self, tenants: [], plannedAt: plannedAt, digest: digest)
    }

    /// A plan of which only the tenants and the moment are others; it is sealed again.
    init(refitting plan: Plan, tenants: [TenantPlan], at now: Instant) {
        self.init(
            fleet: plan.fleet,
            revision: plan.revision,
            plannedAt: now,
            tenants: tenants,
            tenantCount: plan.tenantCount,
            coversFleet: plan.coversFleet,
            impact: plan.impact
        )
    }

    /// A plan to be shown, whose digest is that of the contents behind the masks.
    private init(showing plan: Plan, tenants: [TenantPlan], plannedAt: Instant, digest: Digest) {
        self.init(
            header: PlanHeader(plan, digest: digest),
            tenants: tenants,
            tenantCount: plan.tenantCount,
            coversFleet: plan.coversFleet,
            impact: plan.impact
        )
    }

    /// A plan to be shown, as a file says it.
    init(
        header: PlanHeader,
        tenants: [TenantPlan],
        tenantCount: Int,
        coversFleet: Bool,
        impact: Impact
    ) {
        fleet = header.fleet
        revision = header.revision
        plannedAt = header.plannedAt
        digest = header.digest
        self.tenants = tenants
        self.tenantCount = tenantCount
        self.coversFleet = coversFleet
        self.impact = impact
    }
}

/// What a file says of its plan before anything that takes reading.
struct PlanHeader: Sendable, Hashable {
    let fleet: String
    let revision: String
    let plannedAt: Instant
    let digest: Digest

    init(_ plan: Plan, digest: Digest) {
        fleet = plan.fleet
        revision = plan.revision
        plannedAt = plan.plannedAt
        self.digest = digest
    }

    init(saved: SavedValue) throws(SavedPlanError) {
        fleet = try saved["fleet"].text()
        revision = try saved["revision"].text()
        plannedAt = try saved["planned_at"].parsed()
        digest = try saved["digest"].digest()
    }
}

// MARK: - Saved

extension FleetSettings {
    var saved: JSONValue {
        ["name": .string(name), "spec": spec.json, "freeze_timezone": freezeTimezone.json]
    }

    init(saved: SavedValue) throws(SavedPlanError) {
        let name = try saved["name"].text()
        let spec = try saved["spec"].any()
        let zone: TimeZoneName = try saved["freeze_timezone"].parsed()
        do {
            self.init(name: name, spec: try FleetSpec(json: spec), freezeTimezone: zone)
        } catch {
            throw saved["spec"].error
        }
    }
}

extension Diagnostic {
    /// The source line stays out: a saved plan shows the message and the place.
    var saved: JSONValue {
        .present([
            "severity": .string(severity.rawValue), "code": .string(code),
            "message": .string(message), "hint": hint.map { .string($0) },
            "tenant": tenant.map { .string($0) }, "file": .string(place.file),
            "line": .count(place.line), "column": .count(place.column),
        ])
    }

    init(saved: SavedValue) throws(SavedPlanError) {
        let text = { (value: SavedValue) throws(SavedPlanError) in try value.text() }
        self.init(
            try saved["severity"].choice(),
            try saved["code"].text(),
            try saved["message"].text(),
            hint: try saved["hint"].optional(text),
            at: Place(
                file: try saved["file"].text(),
                line: try saved["line"].count(),
                column: try saved["column"].count()
            ),
            tenant: try saved["tenant"].optional(text)
        )
    }
}
