import ClaraModel
import Scheduling

extension Plan {
    /// The plan at a later moment than it was made; see `TenantPlan.asOf`.
    public func asOf(_ now: Instant) -> Plan {
        Plan(
            fleet: fleet,
            revision: revision,
            plannedAt: max(plannedAt, now),
            tenants: tenants.map { $0.asOf(now) },
            tenantCount: tenantCount,
            coversFleet: coversFleet,
            impact: impact
        )
    }
}

extension TenantPlan {
    /// What is left of the plan at a later moment: the same steps without the slots that fired in
    /// between, which nobody can serve any more, and with a retention that begins now.
    public func asOf(_ now: Instant) -> TenantPlan {
        TenantPlan(
            tenant: tenant,
            steps: steps.map { $0.asOf(now) },
            blocked: blocked,
            withheld: withheld.map {
                WithheldStep(
                    step: $0.step.asOf(now),
                    protection: $0.protection,
                    protected: $0.protected
                )
            },
            held: held,
            retirement: retirement,
            overrides: overrides,
            unmanaged: unmanaged,
            settles: settles
        )
    }
}

extension Step {
    fileprivate func asOf(_ now: Instant) -> Step {
        Step(
            address: address,
            action: action,
            reason: reason,
            before: before,
            after: after,
            changes: changes,
            drift: drift,
            slots: slots?.asOf(now),
            origin: origin,
            retirement: retirement?.beginning(at: now)
        )
    }
}

extension Retirement {
    /// The same retention from another moment on, but never a shorter one.
    fileprivate func beginning(at now: Instant) -> Retirement {
        if now <= since { return self }
        return Retirement(since: now, purgeAfter: now + (purgeAfter - since))
    }
}

extension SlotChange {
    /// The change without the slots that fire before a moment: what is past is neither added nor
    /// taken away.
    ///
    /// The window keeps its beginning. Rows in it that were there before, and that no change knows,
    /// stay covered by the fingerprint; it is additive, so that what is not added is subtracted and
    /// what is not taken away is added.
    func asOf(_ now: Instant) -> SlotChange {
        let fired = removed.filter { $0.firesAt < now }
        let served = Set(fired.map(\.key))
        // A slot that was to move and has fired at its former time is served.
        let tooLate = added.filter { $0.firesAt < now || served.contains($0.key) }
        if tooLate.isEmpty, fired.isEmpty { return self }
        let stays = window == nil ? [] : fired.map(\.slot)
        return SlotChange(
            added: added.filter { $0.firesAt >= now && !served.contains($0.key) },
            removed: removed.filter { $0.firesAt >= now },
            window: window,
            fingerprint: fingerprint &- SlotFingerprint.of(tooLate) &+ SlotFingerprint.of(stays),
            formerEnd: formerEnd
        )
    }
}
