/// # Applying
///
/// Walks a plan and carries it out: every tenant's steps in one transaction, so that a tenant is
/// either as planned or as it was. Then it notes what was settled, sets the tenants' conditions and
/// rolls slots forward.
///
/// - `Applier.swift`: the walk.
/// - `ApplyReport.swift`: what became of it.
/// - `TenantConditions.swift`: outcomes as conditions.
///
/// This target must never decide what to change: a plan says it, and what no longer fits is
/// reported as stale and left alone.
public enum Applying {}
