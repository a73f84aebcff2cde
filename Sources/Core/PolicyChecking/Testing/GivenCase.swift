import ClaraModel

/// What a test gives a rule to see, completed by what it leaves out.
struct GivenCase {
    let subject: RuleSubject
    let fleet: FleetView
    let plan: PlanFacts
    /// How many changes of the plan match.
    let matched: Int
    private let labels: [[String: String]]
    private let action: PolicyMatchSpec.Action

    /// The name of what has none.
    private static let unnamed = "example"

    init(_ given: PolicyGiven, _ match: Match) {
        let tenant = given.tenant?.name ?? Self.unnamed
        let resource = given.resource?.resource(of: tenant)
        let live = given.live?.resource(of: tenant)
        let address =
            (resource ?? live)?.address
            ?? ResourceAddress(tenant: tenant, kind: .tenant, name: tenant)
        action = given.action
        subject = RuleSubject(
            address: address,
            action: action.rawValue,
            reason: given.change?.reason ?? "changed",
            paths: given.change?.paths ?? [],
            origin: nil,
            resource: resource.map { ResourceFacts($0.address, $0.content) },
            live: live.map { ResourceFacts($0.address, $0.content) }
        )
        labels = [given.tenant?.labels, resource?.content.labels, live?.content.labels]
            .compactMap(\.self)
        fleet = FleetView(given.tenants(tenant, beside: resource))
        plan = PlanFacts(given.plan)
        matched =
            given.plan?.matched
            ?? plan.changes.count { match.mayConcern($0.address, $0.action) }
    }

    /// Whether the policy looks at what is given at all.
    func isMatched(by policy: Policy) -> Bool {
        if policy.isAboutPlan { return matched > 0 }
        return policy.match.mayConcern(subject.address, action)
            && (!policy.match.needsLabels || policy.match.fits(labels))
    }
}

extension PolicyGiven {
    fileprivate var action: PolicyMatchSpec.Action {
        if let action = change?.action { return action }
        guard live != nil else { return .create }
        return resource == nil ? .delete : .update
    }

    /// The fleet: the tenant at hand with the resource in it, and the others.
    fileprivate func tenants(
        _ name: String,
        beside resource: PolicyResource?
    ) -> [String: [PolicyResource]] {
        var tenants: [String: [PolicyResource]] = [:]
        for (other, resources) in fleet ?? [:] {
            tenants[other] = PolicyResource.all(resources, of: other)
        }
        var own = PolicyResource.all(tenant?.resources ?? [:], of: name)
        own.removeAll { $0.address == resource?.address }
        if let resource { own.append(resource) }
        if resource?.address.kind != .tenant {
            own.append(
                PolicyResource(
                    ResourceAddress(tenant: name, kind: .tenant, name: name),
                    spec: tenant?.spec?.json ?? [:],
                    labels: tenant?.labels ?? [:]
                )
            )
        }
        tenants[name, default: []] += own
        return tenants
    }
}

extension GivenResource {
    fileprivate func resource(of tenant: String) -> PolicyResource {
        let name = name ?? (kind == .tenant ? tenant : "example")
        return PolicyResource(
            ResourceAddress(tenant: tenant, kind: kind, name: name),
            spec: spec?.json ?? [:],
            labels: labels ?? [:],
            documents: (documents ?? []).map { document in
                KnowledgeDocument(
                    path: document.path,
                    contentHash: "",
                    size: document.size ?? 0,
                    metadata: document.metadata ?? [:]
                )
            }
        )
    }
}

extension PolicyResource {
    fileprivate init(
        _ address: ResourceAddress,
        spec: JSONValue,
        labels: [String: String] = [:],
        documents: [KnowledgeDocument] = []
    ) {
        let content = ResourceContent.spell(
            kind: address.kind,
            labels: labels,
            spec: spec,
            documents: documents
        )
        self.init(address: address, content: content)
    }

    /// Resources that are given by kind and name.
    fileprivate static func all(
        _ resources: [String: [String: AnyValue]],
        of tenant: String
    ) -> [PolicyResource] {
        resources.flatMap { word, specs -> [PolicyResource] in
            guard let kind = Kind(rawValue: word) else { return [] }
            return specs.map { name, spec in
                PolicyResource(
                    ResourceAddress(tenant: tenant, kind: kind, name: name),
                    spec: spec.json
                )
            }
        }
    }
}
