import ClaraModel
import ManifestLoading

/// What `fleet.yaml` says to keep a change in bounds: limits, freezes, and which secrets and hosts
/// manifests may name.
///
/// They are apart because whoever proposes a change must not loosen what it is judged by: a plan
/// for a pull request takes them from the branch that it is to be merged into.
public struct FleetRules: Sendable, Hashable {
    private let limits: ChangeLimits?
    private let freeze: [FreezeWindow]?
    private let secrets: SecretRules?
    private let hosts: [String]?

    /// The rules of a fleet's settings.
    public init(_ settings: FleetSpec) {
        limits = settings.limits
        freeze = settings.freeze
        secrets = settings.secrets
        hosts = settings.hosts
    }

    /// Where there is no fleet yet: what holds where `fleet.yaml` says nothing.
    public static let defaults = FleetRules(FleetSpec())

    /// Reads the rules from a `fleet.yaml`.
    ///
    /// - Parameter tenants: the names of the folders below `tenants/`.
    /// - Returns: the rules, or nil where the file cannot be relied on; and all diagnostics.
    public static func read(
        _ fleet: FleetFile,
        tenants: Set<String>
    ) -> (rules: FleetRules?, diagnostics: [Diagnostic]) {
        var reader = FleetReader(tenants: tenants)
        let settings = reader.readFleet(fleet)
        return (settings.map { FleetRules($0.spec) }, reader.diagnostics.sorted())
    }

    /// Puts these rules into a spec in place of its own.
    fileprivate func govern(_ spec: inout FleetSpec) {
        spec.limits = limits
        spec.freeze = freeze
        spec.secrets = secrets
        spec.hosts = hosts
    }
}

extension FleetSettings {
    /// The same fleet under other rules.
    func governed(by rules: FleetRules) -> FleetSettings {
        var spec = spec
        rules.govern(&spec)
        return FleetSettings(name: name, spec: spec)
    }
}
