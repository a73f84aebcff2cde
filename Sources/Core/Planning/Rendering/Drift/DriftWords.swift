import ClaraModel

/// The sentences that every format of a drift report shares.
enum DriftWords {
    /// `since 2026-11-23 09:12 UTC, by dana`; without a name where none is known.
    static func trace(_ trace: DriftTrace) -> String {
        let person = trace.by.map { ", by \(VisibleText.line($0))" } ?? ""
        return "since \(trace.since.inWords)\(person)"
    }

    /// `changed by hand` or `deleted by hand`
    static func deed(_ drift: ResourceDrift) -> String {
        drift.step.before == nil ? "deleted by hand" : "changed by hand"
    }

    /// `posts.perDay is 2, held until 2026-11-23 14:00 UTC by dana: too many complaints`
    static func hold(_ order: Override, at now: Instant) -> String {
        let path = VisibleText.line(order.path.joined(separator: "."))
        let value = order.value.map { ValueText.brief(HiddenSecrets.hidingKeys(in: $0)) }
        let reason = VisibleText.line(order.reason.cut(to: RenderingLimits.message))
        return "\(path) is \(value ?? "absent"), \(end(of: order, at: now))"
            + "\(order.isActive(at: now) ? "" : "; ordered") by "
            + "\(VisibleText.line(order.by.cut(to: RenderingLimits.shortValue))): \(reason)"
    }

    /// `held until 2026-11-23 14:00 UTC`, or since when it should not be any more: nothing is put
    /// back in a tenant that is blocked.
    static func end(of order: Override, at now: Instant) -> String {
        let until = order.until.inWords
        return order.isActive(at: now)
            ? "held until \(until)"
            : "should have ended at \(until), but its tenant is blocked"
    }

    /// `Coverage: 96.4% of live rows are managed (6,950 of 7,210)`
    static func coverage(_ coverage: Coverage) -> String {
        guard let share = share(coverage) else { return "Coverage: no row is live" }
        return "Coverage: \(share) of live rows are managed (\(counts(coverage)))"
    }

    /// `96.4%`; nil where nothing is live.
    static func share(_ coverage: Coverage) -> String? {
        coverage.perMille.map { $0 % 10 == 0 ? "\($0 / 10)%" : "\($0 / 10).\($0 % 10)%" }
    }

    /// `6,950 of 7,210`
    static func counts(_ coverage: Coverage) -> String {
        "\(Quantity.grouped(coverage.managed)) of \(Quantity.grouped(coverage.live))"
    }
}
