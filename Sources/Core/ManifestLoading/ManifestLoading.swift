/// # ManifestLoading
///
/// Turns the bytes of YAML files into manifests whose every field has been checked against the
/// field tables of ClaraModel, and says what is wrong with the rest: all of it, each at its place.
///
/// - `ManifestReader.swift`, `DocumentReader.swift`: one file to manifests and diagnostics.
/// - `SchemaChecker.swift`: one YAML value against one `Schema`.
/// - `SecretScan.swift`, `Excerpt.swift`: what looks like a key and must never be in a manifest,
///   and how a source line is shown without one.
/// - `Publishing/`: the JSON Schema and the reference page, made from the same tables.
/// - `Rendering/`: diagnostics for people, programs, GitHub and SARIF viewers.
///
/// This target must never read files, resolve references between resources (that is Resolving's)
/// or print a value that could be a secret.
public enum ManifestLoading {
    /// Raised with every change after which the same files could mean other resources, so that a
    /// store that was settled by an older loader is read again.
    public static let version = 2
}
