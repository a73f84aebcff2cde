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
    /// The zone in which freezes begin: a proposal that moves the zone must not move them.
    private let freezeTimezone: TimeZoneName
    private let secrets: SecretRules?
    private let hosts: [String]?

    /// The rules of a fleet's settings.
    public init(_ settings: FleetSpec) {
        limits = settings.limits
        freeze = settings.freeze
        freezeTimezone = settings.timezone
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

    /// A fleet with these rules in place of its own.
    fileprivate func governing(_ settings: FleetSettings) -> FleetSettings {
        var spec = settings.spec
        spec.limits = limits
        spec.freeze = freeze
        spec.secrets = secrets
        spec.hosts = hosts
        return FleetSettings(name: settings.name, spec: spec, freezeTimezone: freezeTimezone)
    }
}

extension FleetSettings {
    /// The same fleet under other rules.
    func governed(by rules: FleetRules) -> FleetSettings { rules.governing(self) }
}
