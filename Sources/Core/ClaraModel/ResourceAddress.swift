/// The name of one resource in a fleet: `acme/Schedule/weekday-mornings`.
public struct ResourceAddress: Sendable, Hashable, CustomStringConvertible {
    /// The tenant's name, which is the name of its folder.
    public let tenant: String
    /// The resource's kind.
    public let kind: Kind
    /// `metadata.name`.
    public let name: String

    /// Names a resource.
    public init(tenant: String, kind: Kind, name: String) {
        self.tenant = tenant
        self.kind = kind
        self.name = name
    }

    /// Reads `tenant/Kind/name`; nil where the text has another shape or an unknown kind.
    public init?(parsing text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, let kind = Kind(rawValue: String(parts[1])) else { return nil }
        self.init(tenant: String(parts[0]), kind: kind, name: String(parts[2]))
    }

    /// The text form.
    public var description: String { "\(tenant)/\(kind.rawValue)/\(name)" }
}

extension ResourceAddress: Comparable {
    /// By tenant, then in the order of application, then by name.
    public static func < (left: ResourceAddress, right: ResourceAddress) -> Bool {
        if left.tenant != right.tenant { return left.tenant < right.tenant }
        if left.kind != right.kind { return left.kind < right.kind }
        return left.name < right.name
    }
}
