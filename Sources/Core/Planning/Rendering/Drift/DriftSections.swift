import ClaraModel

/// The parts of a drift report that text and Markdown share, as lines.
struct DriftSections {
    let report: DriftReport

    /// The tenants in which somebody changed something by hand.
    var drifted: [TenantDrift] { report.tenants.filter { !$0.resources.isEmpty } }

    /// One tenant's drifted resources under its name.
    func tenant(_ drift: TenantDrift) -> [Line] {
        [Line(0, VisibleText.line(drift.tenant), .heading).then("  drifted", .drifted)]
            + resources(drift, indent: 1)
    }

    /// One tenant's drifted resources, each field with its last-applied and its live value.
    func resources(_ drift: TenantDrift, indent: Int) -> [Line] {
        let rest = drift.resources.count - RenderingLimits.stepsOfTenant
        let lines = drift.resources.prefix(RenderingLimits.stepsOfTenant).flatMap {
            resource($0, indent)
        }
        let more = Line(indent, "… \(Quantity(rest, "more resource"))", .note)
        return rest > 0 ? lines + [more] : lines
    }

    private func resource(_ drift: ResourceDrift, _ indent: Int) -> [Line] {
        let lines = StepLines(step: drift.step).driftLines(indent: indent)
        guard let trace = drift.trace, let heading = lines.first else { return lines }
        return [heading.then("  \(DriftWords.trace(trace))", .note)] + lines.dropFirst()
    }

    // MARK: Beside drift

    /// What a plan says as well: the tenants that are blocked or retired, the rows that nobody
    /// manages, what is wrong with the files.
    var shared: PlanSections { PlanSections(report: report.source) }

    /// What is not as git says by order, with a heading.
    var held: [Line] {
        let held = report.tenants.flatMap(\.held)
        if held.isEmpty { return [] }
        let lines = held.prefix(RenderingLimits.listed).map {
            Line(1, VisibleText.line($0.address.description) + "  ").then(
                DriftWords.hold($0, at: report.observedAt),
                .changed
            )
        }
        return [Line(0, "Held: not as git says, by order", .heading)] + lines
            + PlanSections.rest(held.count, "more field").map { $0.indented(by: 1) }
    }

    /// `7 tenants in sync`, and how much of what is live is managed.
    var inSync: [Line] {
        let count = report.summary.inSync
        let counts = count == 0 ? [] : ["\(Quantity(count, "tenant")) in sync"]
        let coverage = report.coverage.map { [DriftWords.coverage($0)] } ?? []
        return (counts + coverage).map { Line(0, $0, .note) }
    }
}
