/// # PolicyChecking
///
/// Asks the fleet's policies what they say to a plan.
///
/// - `PolicySet.swift`, `PolicyReader.swift`: policy files → policies and diagnostics.
/// - `PolicyCheck.swift`: a plan → findings; only what the plan's steps touch is looked at.
/// - `Match.swift`, `Exemptions.swift`: whom a policy concerns, and who need not keep to it.
/// - `Rules/`: what a rule sees, and what its result means.
/// - `Similarity/`: how alike two texts are, and the most similar text of a fleet.
/// - `Testing/`: the tests that policies bring along.
///
/// This target must never decide what becomes of a plan: it says what was found, and whoever asks
/// refuses. It reads no clock; a rule's findings follow from the plan, the fleet and `now`.
public enum PolicyChecking {}
