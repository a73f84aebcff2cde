extension TenantPlan {
    /// The plan without the steps that are to be left, as far as the others can do without them;
    /// what remains does not settle the tenant.
    ///
    /// A schedule that git changes may need a prompt that somebody deleted by hand: then the prompt
    /// comes back with it, whatever is done about other drift.
    public func leaving(_ isLeft: (Step) -> Bool) -> TenantPlan {
        let kept = Dependencies.closure(of: steps) { !isLeft($0) }
        if kept.count == steps.count { return self }
        return TenantPlan(
            tenant: tenant,
            steps: kept,
            blocked: blocked,
            withheld: withheld,
            held: held,
            retirement: retirement,
            overrides: overrides,
            unmanaged: unmanaged
        )
    }
}
