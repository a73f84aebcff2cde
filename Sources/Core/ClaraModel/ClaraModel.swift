/// # ClaraModel
///
/// The nouns of Clara: resource kinds and their typed specs, the one definition of every manifest
/// field, canonical JSON and its digests, addresses, and the two states that a plan compares.
///
/// - `Specs/`: a struct per kind; its `fields` table is the only place that names, documents and
///   types a field. The loader, the JSON Schema, the reference page and the columns of the store
///   are all read from it.
/// - `Schema/`: what a field table is made of.
/// - `State/`: `DesiredState` (what git says) and `LiveState` (what is there).
/// - `Time/`: instants, local times, cron expressions, quiet hours.
///
/// This target must never read a clock, a file or an environment variable, nor know that YAML, git
/// or SQL exist.
public enum ClaraModel {
    /// The only manifest version this build understands.
    public static let apiVersion = "clara.dev/v1"
}
