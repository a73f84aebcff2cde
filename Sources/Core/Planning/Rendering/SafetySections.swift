import ClaraModel

/// What stands between a plan and its apply: policies, freezes and limits.
extension PlanSections {
    /// What policies say, with a heading.
    var policies: [Line] {
        if report.policies.isEmpty { return [] }
        let remarks = report.policies.filter { !$0.isExempt }
        let lines = remarks.prefix(RenderingLimits.diagnostics).map(Self.line)
        return [Line(0, "Policies", .heading)] + lines
            + Self.rest(remarks.count, "more remark", beyond: RenderingLimits.diagnostics).map {
                $0.indented(by: 1)
            } + exemptions
    }

    /// `exempt 10 remarks [posting-hours]`: what holds for a long time is counted in every plan and
    /// not told again; JSON has each.
    private var exemptions: [Line] {
        let counts = Dictionary(grouping: report.policies.filter(\.isExempt), by: \.policy)
            .mapValues(\.count).sorted { $0.key < $1.key }
        return counts.map { policy, count in
            Line(1, "exempt", .note).then(" \(Quantity(count, "remark"))")
                .then(" [\(VisibleText.line(policy))]", .note)
        }
    }

    private static func line(_ remark: PolicyRemark) -> Line {
        let about = remark.address.map { " \(VisibleText.line($0.description))" } ?? ""
        let message = VisibleText.line(remark.message.cut(to: RenderingLimits.message))
        let place = remark.origin.map { "  (\(VisibleText.line($0.file)):\($0.line))" } ?? ""
        return Line(1, remark.enforcement.rawValue, ink(remark.enforcement))
            .then("\(about): ").then(message)
            .then(" [\(VisibleText.line(remark.policy))]\(place)", .note)
    }

    private static func ink(_ enforcement: PolicySpec.Enforcement) -> Ink {
        switch enforcement {
        case .deny: .blocked
        case .warn: .changed
        case .audit: .note
        }
    }

    /// The tenants that are frozen, with a heading.
    var frozen: [Line] {
        let frozen = report.admission?.frozen ?? []
        if frozen.isEmpty { return [] }
        let lines = frozen.prefix(RenderingLimits.listed).map { tenant in
            let reason = tenant.reason.map { ": \(VisibleText.line($0))" } ?? ""
            return Line(1, VisibleText.line(tenant.tenant), .heading)
                .then("  \(end(of: tenant))\(reason)")
        }
        let heading = "Frozen: an apply does nothing to these tenants but a pause that is allowed"
        return [Line(0, heading, .heading)] + lines
            + Self.rest(frozen.count, "more tenant").map { $0.indented(by: 1) }
    }

    /// `frozen until 2026-11-27 18:00 UTC`
    func end(of freeze: FrozenTenant) -> String {
        freeze.hasKnownEnd(at: report.plan.plannedAt)
            ? "frozen until \(freeze.until.inWords)" : "frozen, with no end within a year"
    }

    /// Why an apply would change nothing, with a heading.
    var refusals: [Line] {
        let refusals = reasons
        if refusals.isEmpty { return [] }
        let lines = refusals.prefix(RenderingLimits.listed).map { Line(1, $0) }
        return [Line(0, "An apply would be refused", .blocked)] + lines
            + Self.rest(refusals.count, "more reason").map { $0.indented(by: 1) }
    }

    private var reasons: [String] {
        let denied = Set(
            report.policies.filter { $0.enforcement == .deny }.map { VisibleText.line($0.policy) }
        )
        let policies =
            denied.isEmpty ? [] : ["denied by \(denied.sorted().joined(separator: ", "))"]
        return (report.admission?.refusals.map(\.description) ?? []) + policies
    }
}
