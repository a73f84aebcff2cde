/// # Reconciling
///
/// The pipeline, from a source to an applied plan.
///
/// - `ReconcileOnce.swift`: the whole of it, as one short list of calls. Start there.
/// - `FleetIndex.swift`: what a revision holds, before any tenant is read.
/// - `TenantLoading.swift`: reads and resolves tenants, several at a time.
/// - `SettledTenants.swift`: which tenants need not be read at all.
/// - `Movement.swift`, `Snapshot.swift`: a pass that starts from the last one; `Agreement.swift`
///   holds it against one that looks at everything.
/// - `Judging.swift`, `Course.swift`: what the rules, and the fleet's history, say to a plan;
///   `PolicyVerdict.swift` keeps what policies said for as long as nothing moves.
/// - `Loop/`: passes without end. `LoopState.swift` decides, `ReconcileLoop.swift` does.
///
/// This target must never decide what a difference means (Diffing), what to do about it (Planning)
/// or how to carry it out (Applying): it only calls them in order.
public enum Reconciling {}
