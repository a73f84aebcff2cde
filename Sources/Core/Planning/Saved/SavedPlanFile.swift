import ClaraModel

/// A saved plan as a file: one JSON document in one line, whose members come in a fixed order.
///
///     {"format":"clara-plan","format_version":1,"store":…,"fleet":…,"revision":…,"planned_at":…,
///      "digest":…,"payload":{…},"hmac":"<64 hexadecimal digits>"}
///
/// The code covers every byte before `,"hmac":`, and what follows has one spelling only, so that
/// no byte of the file can be another. Nothing of the payload is read before the code has been
/// checked; the members before it are, since they say which store's key to check it with.
extension SavedPlan {
    private static let purpose = "clara saved plan"

    /// The file.
    ///
    /// - Parameter key: the store's key.
    public func bytes(sealedBy key: AuthenticationKey) -> [UInt8] {
        var bytes = SavedPlanParts.opening + Array(header.utf8) + SavedPlanParts.payloadMark
        append(payload: &bytes)
        let code = key.code(over: bytes, for: Self.purpose)
        return bytes + SavedPlanParts.codeMark + Array(code.description.utf8)
            + SavedPlanParts.ending
    }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - bytes: at most `fileLimit`; whoever opens the file looks at its size first.
    ///   - store: the identity of the store at hand.
    ///   - fleet: the fleet at hand; nil where any is welcome.
    ///   - key: that store's key.
    /// - Throws: `SavedPlanError`, and nothing of the payload has been read unless it is
    ///   `.damaged`.
    public init(
        reading bytes: [UInt8],
        store: String,
        fleet: String? = nil,
        key: AuthenticationKey
    ) throws(SavedPlanError) {
        guard bytes.count <= Self.fileLimit else { throw .tooLarge(bytes: bytes.count) }
        let parts = try SavedPlanParts(bytes)
        let header = try parts.header()
        let planned = try header["store"].text()
        guard planned == store else { throw .otherStore(planned: planned, here: store) }
        guard key.code(over: Array(parts.covered), for: Self.purpose) == parts.code else {
            throw .tampered
        }
        let plan = try PlanHeader(saved: header)
        if let fleet, fleet != plan.fleet {
            throw .otherFleet(planned: plan.fleet, here: fleet)
        }
        try self.init(saved: try parts.payload(), header: plan, store: store)
    }

    // MARK: Writing

    private var header: String {
        let plan = report.plan
        let members = [
            ("store", store), ("fleet", plan.fleet), ("revision", plan.revision),
            ("planned_at", plan.plannedAt.description), ("digest", plan.digest.description),
        ].map { #","\#($0.0)":\#(CanonicalJSON(.string($0.1)).text)"# }
        return "\(Self.formatVersion)" + members.joined()
    }

    /// Writes tenant by tenant, so that a large plan is never in memory as JSON values.
    private func append(payload bytes: inout [UInt8]) {
        let plan = report.plan
        let rest: JSONValue = .present([
            "settings": settings.saved, "tenant_count": .count(plan.tenantCount),
            "covers_fleet": .bool(plan.coversFleet), "impact": plan.impact.saved,
            "diagnostics": report.diagnostics.saved(\.saved),
            "policies": report.policies.saved(\.saved), "admission": report.admission?.saved,
            "course": course.saved,
        ])
        bytes += Array(#"{"report":"#.utf8) + Array(CanonicalJSON(rest).text.utf8)
        bytes += Array(#","tenants":["#.utf8)
        for (index, tenant) in plan.tenants.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += Array(CanonicalJSON(saved(tenant)).text.utf8)
        }
        bytes += Array("]}".utf8)
    }

    private func saved(_ tenant: TenantPlan) -> JSONValue {
        let contents = tenant.allSteps.compactMap { step in
            masked[step.address].map { (step.address.description, $0.saved) }
        }
        return .present([
            "plan": tenant.saved, "footing": footings[tenant.tenant]?.saved,
            "masked": contents.isEmpty ? nil : .object(Dictionary(contents) { first, _ in first }),
        ])
    }

    // MARK: Reading

    private init(
        saved: SavedValue,
        header: PlanHeader,
        store: String
    ) throws(SavedPlanError) {
        let tenants = try saved["tenants"].list(SavedTenant.init(saved:))
        let report = saved["report"]
        let plan = Plan(
            header: header,
            tenants: tenants.map(\.plan),
            tenantCount: try report["tenant_count"].count(),
            coversFleet: try report["covers_fleet"].flag(),
            impact: try Impact(saved: report["impact"])
        )
        let footings = tenants.compactMap { tenant in
            tenant.footing.map { (tenant.plan.tenant, $0) }
        }
        self.init(
            store: store,
            settings: try FleetSettings(saved: report["settings"]),
            report: try PlanReport(saved: report, plan: plan),
            course: try SavedCourse(saved: report["course"]),
            footings: Dictionary(footings) { first, _ in first },
            masked: Dictionary(tenants.flatMap(\.masked)) { first, _ in first }
        )
    }
}

/// One element of the file's tenants.
private struct SavedTenant {
    let plan: TenantPlan
    let footing: TenantFooting?
    let masked: [(ResourceAddress, MaskedContent)]

    init(saved: SavedValue) throws(SavedPlanError) {
        plan = try TenantPlan(saved: saved["plan"])
        footing = try saved["footing"].optional(TenantFooting.init(saved:))
        masked = try saved["masked"].members { name, content throws(SavedPlanError) in
            guard let address = ResourceAddress(parsing: name) else { throw content.error }
            return (address, try MaskedContent(saved: content))
        }
    }
}
