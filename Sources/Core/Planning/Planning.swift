/// # Planning
///
/// Decides what to do about the differences between git, the last apply and live state, and says
/// it as a value: an ordered list of explicit steps with a digest, an impact and a summary.
///
/// - `Plan.swift`, `Step.swift`: the value. Whoever applies it walks the list and decides nothing.
/// - `Planner.swift`, `TenantPlanner.swift`: the decision, one tenant at a time.
/// - `SlotPlanner.swift`, `Upkeep.swift`: which slots a schedule gains and loses.
/// - `TargetSelection.swift`, `Dependencies.swift`: a plan of a part of the fleet.
/// - `Impact/`: what the plan means in posts, quotas and documents.
/// - `Report/`: the plan together with what was found wrong on the way to it.
/// - `Saved/`: a plan as a file, and the file's plan fitted onto live state again.
/// - `Rendering/`: the reports as people and programs read them: plan, drift, history.
///
/// This target must never read live systems, clocks or files: everything comes in as values.
public enum Planning {
    /// Version of the plan's JSON. A reader refuses a major version that it does not know.
    public static let formatVersion = "1.1"
}
