/// # Resolving
///
/// Turns the manifests of a tenant into its desired resources: profile merged under them, values
/// inherited, references followed, allow-lists enforced, documents of knowledge bases listed.
///
/// - `FleetContext.swift`, `FleetReader.swift`, `Profile.swift`: what all tenants share, read once.
/// - `TenantResolver.swift`, `TenantWork.swift`: one tenant's folder to its resources, or to what
///   is wrong with it, step by step.
/// - `SpecCompletion.swift`: one manifest with its profile merged under it.
/// - `TenantCheck.swift`, `ReferenceCheck.swift`, `ScheduleCheck.swift`, `SecretAllowList.swift`:
///   the rules that look at more than one field or more than one resource.
/// - `KnowledgeInventory.swift`: which files a knowledge base holds.
///
/// This target must never read a file or resolve a secret: contents come in as values, and a
/// reference to a secret stays a reference.
public enum Resolving {}
