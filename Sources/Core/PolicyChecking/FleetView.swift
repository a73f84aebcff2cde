import ClaraModel

/// The fleet as it will be: what rules see beside the resource at hand. Nothing is read before a
/// rule asks for it.
public struct FleetView: Sendable {
    private let source: Source

    private enum Source: Sendable {
        case states(DesiredState, LiveState)
        case listed([String: [PolicyResource]])
    }

    /// A fleet from both of its states: of a tenant that git was not asked about, because it is
    /// settled, or that cannot be read, what was applied last stands for what is desired.
    public init(desired: DesiredState, live: LiveState) { source = .states(desired, live) }

    /// A fleet of listed resources, by tenant.
    public init(_ tenants: [String: [PolicyResource]]) { source = .listed(tenants) }

    /// A fleet without tenants.
    public static let none = FleetView([:])

    /// The names of all tenants that git declares, sorted.
    public var tenantNames: [String] {
        switch source {
        case .states(let desired, _): desired.tenants.keys.sorted()
        case .listed(let tenants): tenants.keys.sorted()
        }
    }

    /// The resources of a tenant, sorted by address; of one that git no longer declares, those that
    /// are live.
    public func resources(of tenant: String) -> [PolicyResource] {
        switch source {
        case .listed(let tenants): return (tenants[tenant] ?? []).sorted { $0.address < $1.address }
        case .states(let desired, let live):
            if case .resolved(let resources) = desired.tenants[tenant]?.outcome {
                return resources.map { PolicyResource($0) }
            }
            let rows = live.tenants[tenant]?.resources.values.sorted { $0.address < $1.address }
            return (rows ?? []).compactMap { PolicyResource($0) }
        }
    }

    /// The labels of a tenant as they are live, whatever git says of them.
    func liveLabels(of tenant: String) -> [String: String] {
        guard case .states(_, let live) = source, let state = live.tenants[tenant] else {
            return [:]
        }
        let address = ResourceAddress(tenant: tenant, kind: .tenant, name: tenant)
        let row = state.resources[address]
        return (row?.content ?? row?.applied?.content)?.labels ?? [:]
    }
}

/// A resource as rules see it.
public struct PolicyResource: Sendable, Hashable {
    /// Its name.
    public let address: ResourceAddress
    /// Its spec, its labels and its documents.
    public let content: CanonicalJSON
    /// Where it is declared; nil where that was not read.
    public let origin: Origin?

    /// Describes a resource.
    public init(address: ResourceAddress, content: CanonicalJSON, origin: Origin? = nil) {
        self.address = address
        self.content = content
        self.origin = origin
    }

    init(_ resource: DesiredResource) {
        self.init(address: resource.address, content: resource.content, origin: resource.origin)
    }

    /// What was applied; nil for a row that nobody manages.
    init?(_ row: LiveResource) {
        guard let applied = row.applied else { return nil }
        self.init(address: row.address, content: applied.content)
    }
}
