import ClaraModel

/// What of a tenant stays as it is although git says otherwise: what a protection or an override
/// holds.
struct StandingLines {
    let plan: TenantPlan
    /// The moment of the plan.
    let now: Instant

    /// What protections forbid.
    func withheld(indent: Int) -> [Line] {
        let rest = plan.withheld.count - RenderingLimits.stepsOfTenant
        return plan.withheld.prefix(RenderingLimits.stepsOfTenant).flatMap { withheld($0, indent) }
            + (rest > 0 ? [Line(indent, "… \(rest) more that stay", .note)] : [])
    }

    func lines(indent: Int) -> [Line] {
        let all =
            plan.withheld.map { withheld($0, indent) } + plan.held.map { held($0, indent) }
            + endedSilently.map { ended($0, indent) }
        let shown = all.prefix(RenderingLimits.stepsOfTenant)
        return shown.flatMap(\.self)
            + (all.count == shown.count
                ? [] : [Line(indent, "… \(all.count - shown.count) more that stay", .note)])
    }

    /// `retired since 2026-11-23 12:00 UTC, purged after 2026-12-23 12:00 UTC`
    static func words(_ retirement: Retirement) -> String {
        "retired since \(retirement.since.inWords), purged after \(retirement.purgeAfter.inWords)"
    }

    // MARK: Protections

    private func withheld(_ withheld: WithheldStep, _ indent: Int) -> [Line] {
        let (step, protection) = (withheld.step, withheld.protection)
        let whose = "\(Self.person(protection.by)), \(protection.since.inWords)"
        let reason = VisibleText.line(protection.reason.cut(to: RenderingLimits.message))
        let first = Line(indent, "= ").then(VisibleText.line(step.address.description), .heading)
            .then("  withheld: \(Self.wish(step)); \(Self.cause(withheld))")
        let second = Line(indent + 2, "protected by \(whose): \(reason)", .note)
        return tellsWhy(withheld) ? [first, second] : [first]
    }

    /// Whether it is the first of the steps that one protection forbids, or the one that it is on.
    private func tellsWhy(_ withheld: WithheldStep) -> Bool {
        let same = plan.withheld.filter { $0.protected == withheld.protected }
        let own = same.first { $0.step.address == withheld.protected } ?? same.first
        return own?.step.address == withheld.step.address
    }

    private static func wish(_ step: Step) -> String {
        switch step.action {
        case .delete: "to be deleted, as it is no longer in git"
        case .retire: "to be retired, as it is no longer in git"
        case .replace, .create, .update: StepWords.replacement(step) ?? "to be created"
        }
    }

    private static func cause(_ withheld: WithheldStep) -> String {
        let (address, protected) = (withheld.step.address, withheld.protected)
        if address == protected { return "it is protected" }
        let name = VisibleText.line(protected.description)
        return protected.kind == .tenant ? "its tenant is protected" : "\(name) is protected"
    }

    // MARK: Overrides

    private func held(_ override: Override, _ indent: Int) -> [Line] {
        let value = Self.value(override)
        let whose = "\(Self.person(override.by)), \(override.since.inWords)"
        let reason = VisibleText.line(override.reason.cut(to: RenderingLimits.message))
        return [
            Self.heading("= ", override, indent)
                .then("  \(value), \(DriftWords.end(of: override, at: now))", .changed),
            Line(indent + 2, "overridden by \(whose): \(reason)", .note),
        ]
    }

    /// `posts.perDay is 2`, or `jitter is absent`; what could be a key is not shown.
    private static func value(_ override: Override) -> String {
        let path = VisibleText.line(override.path.joined(separator: "."))
        guard let value = override.value else { return "\(path) is absent" }
        return "\(path) is \(ValueText.brief(HiddenSecrets.hidingKeys(in: value)))"
    }

    /// Overrides that end while git says the same as they did, so that no step tells of it.
    private var endedSilently: [Override] {
        let changed = Set(plan.steps.map(\.address))
        let begun = Set(plan.overrides.begun.map(\.address))
        return plan.overrides.ended.filter {
            !changed.contains($0.address) && !begun.contains($0.address)
        }
    }

    private func ended(_ override: Override, _ indent: Int) -> [Line] {
        let path = VisibleText.line(override.path.joined(separator: "."))
        return [
            Self.heading("~ ", override, indent)
                .then("  the override of \(path) ends; nothing else changes")
        ]
    }

    private static func heading(_ sign: String, _ override: Override, _ indent: Int) -> Line {
        Line(indent, sign, sign == "~ " ? .changed : .plain)
            .then(VisibleText.line(override.address.description), .heading)
    }

    private static func person(_ name: String) -> String {
        VisibleText.line(name.cut(to: RenderingLimits.shortValue))
    }
}
