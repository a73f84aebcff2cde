import ClaraModel

/// What a document may be: the fleet's own files, or a resource of a tenant.
public enum DocumentKind: Sendable, Hashable {
    case fleet
    case profile
    case policy
    case resource(Kind)

    /// The word in `kind:`.
    public var name: String {
        switch self {
        case .fleet: "Fleet"
        case .profile: "Profile"
        case .policy: "Policy"
        case .resource(let kind): kind.rawValue
        }
    }

    /// Every kind, in the order of the reference.
    public static let all: [DocumentKind] =
        [.fleet, .profile, .policy] + Kind.allCases.sorted().map { .resource($0) }

    /// The file or folder that such documents stand in.
    package var place: String {
        switch self {
        case .fleet: "fleet.yaml"
        case .profile: "profiles/"
        case .policy: "policies/"
        case .resource: "tenants/<tenant>/"
        }
    }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    init?(name: String) {
        guard let kind = Self.byName[name] else { return nil }
        self = kind
    }
}

extension DocumentKind {
    /// The fields of the kind's `spec`.
    public var specSchema: ObjectSchema {
        switch self {
        case .fleet: Self.fleetSchema
        case .profile: Self.profileSchema
        case .policy: Self.policySchema
        case .resource(let kind): kind.specSchema
        }
    }

    private static let fleetSchema = ObjectSchema(FleetSpec.fields.map(\.schema))

    private static let policySchema = ObjectSchema(PolicySpec.fields.map(\.schema))

    /// A profile may hold, for every kind, any part of that kind's spec.
    private static let profileSchema = ObjectSchema(
        Kind.allCases.sorted().map { kind in
            FieldSchema(
                name: kind.rawValue,
                summary: "Merged under every \(kind.rawValue) of the tenant.",
                schema: .object(kind.specSchema)
            )
        }
    )
}
