/// What git says: every tenant of a fleet at one revision.
public struct DesiredState: Sendable {
    /// The fleet's name and settings.
    public let fleet: FleetSettings
    /// The tenants, by name.
    public let tenants: [String: DesiredTenant]

    /// Gathers tenants.
    public init(fleet: FleetSettings, tenants: [String: DesiredTenant]) {
        self.fleet = fleet
        self.tenants = tenants
    }
}

/// A fleet's name and what holds for all its tenants.
public struct FleetSettings: Sendable, Hashable {
    /// `metadata.name` of `fleet.yaml`; it marks the live rows that this fleet owns.
    public let name: String
    /// The settings.
    public let spec: FleetSpec
    /// The zone in which freezes begin.
    public let freezeTimezone: TimeZoneName

    /// Names a fleet.
    ///
    /// - Parameter freezeTimezone: the zone in which freezes begin; nil for that of tenants that
    ///   name none.
    public init(name: String, spec: FleetSpec, freezeTimezone: TimeZoneName? = nil) {
        self.name = name
        self.spec = spec
        self.freezeTimezone = freezeTimezone ?? spec.timezone
    }

    /// How far ahead slots are materialised.
    public var horizon: TimeSpan { spec.horizon ?? FleetSpec.defaultHorizon }
    /// The zone of tenants that name none.
    public var timezone: TimeZoneName { spec.timezone }
}

/// What git says of one tenant.
public struct DesiredTenant: Sendable {
    /// A digest of everything that the tenant's resources were made from: its folder, its
    /// profile, the fleet's settings and the loader's version. Equal inputs, equal resources.
    public let inputs: Digest
    /// What came of reading them.
    public let outcome: Outcome

    /// What came of reading a tenant's folder.
    public enum Outcome: Sendable {
        /// The resources, sorted by address.
        case resolved([DesiredResource])
        /// The inputs are those of the last complete apply: what was applied is what is desired.
        /// Never of a tenant that is retired or has an override: what these ask for changes with
        /// time alone, and what was applied beside an override is not what git says.
        case settled
        /// The folder has errors; the tenant's live state is left exactly as it is.
        case blocked(errors: Int)
    }

    /// Describes a tenant.
    public init(inputs: Digest, outcome: Outcome) {
        self.inputs = inputs
        self.outcome = outcome
    }
}

/// One resource as git says it should be, with its profile and inherited values merged in.
public struct DesiredResource: Sendable {
    /// Its name.
    public let address: ResourceAddress
    /// `metadata.labels`.
    public let labels: [String: String]
    /// The typed spec.
    public let spec: ResourceSpec
    /// The documents of a knowledge base; empty for every other kind.
    public let documents: [KnowledgeDocument]
    /// Where it is declared.
    public let origin: Origin
    /// Everything that is compared, spelled canonically.
    public let content: CanonicalJSON

    /// Describes a resource and spells its content.
    public init(
        address: ResourceAddress,
        labels: [String: String],
        spec: ResourceSpec,
        documents: [KnowledgeDocument] = [],
        origin: Origin
    ) {
        self.address = address
        self.labels = labels
        self.spec = spec
        self.documents = documents
        self.origin = origin
        content = ResourceContent.spell(
            kind: address.kind,
            labels: labels,
            spec: spec.json,
            documents: documents
        )
    }
}

/// The place in the repository that declares a resource.
public struct Origin: Sendable, Hashable {
    /// The path below the fleet's root.
    public let file: String
    /// The line, counted from 1.
    public let line: Int

    /// Names a place.
    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }
}

/// One document of a knowledge base, by what identifies its content.
public struct KnowledgeDocument: Sendable, Hashable {
    /// The path below the tenant's folder.
    public let path: String
    /// The content's git blob id, as `git:<40 hexadecimal digits>`: git has hashed it already, so
    /// that a document is never read to find out that it has not changed.
    public let contentHash: String
    /// The size in bytes.
    public let size: Int
    /// What the base's sources say of it.
    public let metadata: [String: ScalarValue]

    /// Describes a document.
    public init(path: String, contentHash: String, size: Int, metadata: [String: ScalarValue]) {
        self.path = path
        self.contentHash = contentHash
        self.size = size
        self.metadata = metadata
    }
}

/// What of a resource is compared between git, the last apply and the live row: the fields of its
/// spec, its labels and, for a knowledge base, its documents.
public enum ResourceContent {
    /// The member that holds `metadata.labels`.
    public static let labelsKey = "labels"
    /// The member that holds a knowledge base's documents, by path.
    public static let documentsKey = "documents"

    /// Spells the content of a resource.
    public static func spell(
        kind: Kind,
        labels: [String: String],
        spec: JSONValue,
        documents: [KnowledgeDocument]
    ) -> CanonicalJSON {
        var members = spec.members ?? [:]
        if !labels.isEmpty { members[labelsKey] = labels.json }
        if kind == .knowledgeBase {
            let pairs = documents.map { ($0.path, spell($0)) }
            members[documentsKey] = .object(Dictionary(pairs) { first, _ in first })
        }
        return CanonicalJSON(.object(members))
    }

    private static func spell(_ document: KnowledgeDocument) -> JSONValue {
        var members: [String: JSONValue] = [
            "contentHash": .string(document.contentHash),
            "size": .integer(Int64(document.size)),
        ]
        if !document.metadata.isEmpty { members["metadata"] = document.metadata.json }
        return .object(members)
    }
}
