import ClaraModel
import ManifestLoading

/// What all tenants of a fleet share.
public struct FleetContext: Sendable {
    /// The fleet's name and settings.
    public let settings: FleetSettings
    /// The names of all tenants' folders.
    public let tenantNames: Set<String>
    /// The digest of all that a tenant's resources can depend on outside its folder.
    public let inputs: Digest
    let profiles: Profiles
    let secrets: SecretAllowList
    let hosts: Set<String>
    private let neighbours: NeighbourNames

    /// Hosts that a credential may be sent to where `fleet.yaml` names none.
    static let defaultHosts = ["api.openai.com"]
}

extension FleetContext {
    /// Reads `fleet.yaml` and the profiles.
    ///
    /// - Parameters:
    ///   - fleet: `fleet.yaml`.
    ///   - profiles: the files of `profiles/`.
    ///   - tenants: the names of the folders below `tenants/`.
    ///   - rules: those that hold in place of `fleet.yaml`'s own.
    /// - Returns: the context, or nil where `fleet.yaml` cannot be relied on; and all diagnostics.
    public static func read(
        fleet: FleetFile,
        profiles: [FleetFile],
        tenants: Set<String>,
        rules: FleetRules? = nil
    ) -> (context: FleetContext?, diagnostics: [Diagnostic]) {
        var reader = FleetReader(tenants: tenants)
        let settings = reader.readFleet(fleet).map { own in rules.map(own.governed) ?? own }
        let read = reader.readProfiles(profiles)
        let hashes = profiles.map { "\($0.path) \($0.contentHash)" }.sorted()
        let context = settings.map {
            FleetContext(settings: $0, tenantNames: tenants, profiles: read, hashes: hashes)
        }
        return (context, reader.diagnostics.sorted())
    }

    private init(
        settings: FleetSettings,
        tenantNames: Set<String>,
        profiles: Profiles,
        hashes: [String]
    ) {
        let spec = settings.spec
        self.settings = settings
        self.tenantNames = tenantNames
        self.profiles = profiles
        neighbours = NeighbourNames(tenantNames)
        secrets = SecretAllowList(rules: spec.secrets, neighbours: neighbours)
        hosts = Set((spec.hosts ?? Self.defaultHosts).map { $0.lowercased() })
        let shared: JSONValue = [
            "loader": .integer(Int64(ManifestLoading.version)), "fleet": .string(settings.name),
            "timezone": settings.timezone.json, "secrets": spec.secrets?.json ?? .null,
            "hosts": spec.hosts?.json ?? .null, "profiles": hashes.json,
        ]
        self.inputs = CanonicalJSON(shared).digest
    }

    /// The digest of everything that a tenant's resources are made from.
    ///
    /// Names of other tenants count where they could own a variable that this tenant names.
    ///
    /// - Parameter folder: the id of the tenant's folder.
    public func inputs(of tenant: String, folder: String) -> Digest {
        let names = [inputs.description, tenant, folder] + neighbours.extending(tenant)
        return Digest(of: names.joined(separator: "\n"))
    }
}
