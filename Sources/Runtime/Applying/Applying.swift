/// # Applying
///
/// Walks a plan and carries it out under the store's lock: its intent goes into the journal first,
/// then every tenant's steps in one transaction, so that a tenant is either as planned or as it
/// was. Then it notes what was settled, sets the tenants' conditions and rolls slots forward.
///
/// - `Applier.swift`: the walk.
/// - `ApplyOrder.swift`: as what it is done, and when to stop.
/// - `ApplyReport.swift`: what became of it.
/// - `BreakGlass.swift`: orders of a person that need no git.
/// - `FaultPoint.swift`: where tests have the process killed.
/// - `TenantConditions.swift`: outcomes as conditions; `Reason.swift`: the words for why.
///
/// This target must never decide what to change: a plan says it, and what no longer fits is
/// reported as stale and left alone.
public enum Applying {}
