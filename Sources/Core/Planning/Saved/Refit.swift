import ClaraModel

extension SavedPlan {
    /// The plan with the live contents that were left out of the file, at the moment of applying.
    ///
    /// Its digest is the one that was approved. Slots follow from the approved schedules and from
    /// the time: what has fired since is left alone.
    ///
    /// - Parameters:
    ///   - live: an observation of at least the tenants of `report.plan`.
    ///   - now: the moment of applying.
    ///   - key: the store's key.
    /// - Throws: `SavedPlanError.moved` with every object that is not as the plan was made on it,
    ///   `.damaged` where the steps come out otherwise although everything is.
    public func refit(
        onto live: LiveState,
        now: Instant,
        key: AuthenticationKey
    ) throws(SavedPlanError) -> Plan {
        // A clock that was set back brings no slot back that had fired.
        let moment = max(now, report.plan.plannedAt)
        var tenants: [TenantPlan] = []
        var misfits: [Misfit] = []
        for tenant in report.plan.tenants {
            let there = live.tenants[tenant.tenant] ?? LiveTenant()
            let found = self.misfits(of: tenant, on: there, key)
            if found.isEmpty {
                tenants.append(try refit(tenant, onto: there, moment, key))
            } else if !tenant.isEmpty {
                misfits += found
            }
        }
        guard misfits.isEmpty else { throw .moved(misfits) }
        let plan = Plan(refitting: report.plan, tenants: tenants, at: moment)
        guard plan.digest == report.plan.digest else { throw .damaged(place: "digest") }
        return plan
    }

    private func misfits(
        of tenant: TenantPlan,
        on live: LiveTenant,
        _ key: AuthenticationKey
    ) -> [Misfit] {
        guard let footing = footings[tenant.tenant] else { return [] }
        let now = TenantFooting(
            live,
            schedules: tenant.schedules,
            at: report.plan.plannedAt,
            key: key
        )
        return footing.misfits(of: tenant.tenant, with: now)
    }

    private func refit(
        _ tenant: TenantPlan,
        onto live: LiveTenant,
        _ now: Instant,
        _ key: AuthenticationKey
    ) throws(SavedPlanError) -> TenantPlan {
        var steps: [Step] = []
        for step in tenant.steps { steps.append(try refit(step, onto: live, now, key)) }
        var withheld: [WithheldStep] = []
        for item in tenant.withheld {
            withheld.append(
                WithheldStep(
                    step: try refit(item.step, onto: live, now, key),
                    protection: item.protection,
                    protected: item.protected
                )
            )
        }
        return tenant.replacing(
            steps: steps,
            withheld: withheld,
            held: tenant.held.map(live.original),
            overrides: OverrideChange(
                begun: tenant.overrides.begun,
                ended: tenant.overrides.ended.map(live.original)
            )
        ).asOf(now)
    }

    private func refit(
        _ step: Step,
        onto live: LiveTenant,
        _ now: Instant,
        _ key: AuthenticationKey
    ) throws(SavedPlanError) -> Step {
        let before = live.resources[step.address]?.content
        var after = step.after
        if let masked = masked[step.address] {
            guard let content = masked.content(on: before, key: key) else {
                throw .damaged(place: step.address.description)
            }
            after = content
        }
        return Step(
            address: step.address,
            action: step.action,
            reason: step.reason,
            before: before,
            after: after,
            changes: step.changes,
            drift: step.drift,
            slots: slots(of: step, after, onto: live, now),
            origin: step.origin,
            retirement: step.retirement
        )
    }

    /// The slots that follow from the approved schedule at this moment.
    private func slots(
        of step: Step,
        _ after: CanonicalJSON?,
        onto live: LiveTenant,
        _ now: Instant
    ) -> SlotChange? {
        guard step.slots != nil else { return nil }
        let planner = SlotPlanner(
            tenant: step.address.tenant,
            schedule: step.address.name,
            live: live.slots[step.address.name] ?? LiveSlots(),
            now: now
        )
        guard let spec = after?.scheduleSpec else { return planner.removal() }
        return planner.change(to: spec, horizon: settings.horizon)
    }
}

extension LiveTenant {
    /// The override as it was ordered; the file has it with its words masked.
    fileprivate func original(_ saved: Override) -> Override {
        overrides.first {
            $0.address == saved.address && $0.path == saved.path && $0.since == saved.since
        } ?? saved
    }
}
