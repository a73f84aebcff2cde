import ClaraModel

extension SchedulePattern {
    /// Compiles a schedule's spec; nil where its zone does not exist or it names no time, which
    /// Resolving reports and a stored row only shows after an edit by hand.
    public init?(_ spec: ScheduleSpec, tenant: String, name: String) {
        guard let zone = ZoneCatalogue.rules(of: spec.timezone ?? .utc) else { return nil }
        let timing: ScheduleTiming
        switch (spec.slots, spec.cron) {
        case (let slots?, nil): timing = .weekly(slots)
        case (nil, let cron?): timing = .cron(cron)
        default: return nil
        }
        self.init(
            zone: zone,
            timing: timing,
            jitter: spec.jitter ?? .zero,
            quietHours: spec.quietHours ?? [],
            blackouts: spec.blackout ?? [],
            start: spec.start,
            end: spec.end,
            identity: ScheduleIdentity(tenant: tenant, schedule: name)
        )
    }
}
