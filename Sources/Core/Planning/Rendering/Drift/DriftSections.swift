/// The parts of a drift report that text and Markdown share, as lines.
struct DriftSections {
    let report: PlanReport

    /// One tenant's drifted resources under its name.
    func tenant(_ plan: TenantPlan) -> [Line] {
        [Line(0, VisibleText.line(plan.tenant), .heading).then("  drifted", .drifted)]
            + resources(plan, indent: 1)
    }

    /// One tenant's drifted resources, each field with its last-applied and its live value.
    func resources(_ plan: TenantPlan, indent: Int) -> [Line] {
        let drifted = plan.steps.filter(\.isDrifted)
        let rest = drifted.count - RenderingLimits.stepsOfTenant
        let lines = drifted.prefix(RenderingLimits.stepsOfTenant).flatMap {
            StepLines(step: $0).driftLines(indent: indent)
        }
        let more = Line(indent, "… \(Quantity(rest, "more resource"))", .note)
        return rest > 0 ? lines + [more] : lines
    }

    /// `7 tenants in sync`
    var inSync: [Line] {
        let count = report.drift.inSync
        return count == 0 ? [] : [Line(0, "\(Quantity(count, "tenant")) in sync", .note)]
    }
}
