/// A name in a spec that stands for another resource of the same tenant.
public struct ResourceReference: Sendable, Hashable {
    /// The field that holds the name, outermost first.
    public let path: [String]
    /// The kind of what is named.
    public let kind: Kind
    /// The name.
    public let name: String
    /// What a credential must be for; nil for other kinds.
    public let provider: CredentialSpec.Provider?

    fileprivate init(to kind: Kind, _ name: String, at path: [String]) {
        (self.path, self.kind, self.name, provider) = (path, kind, name, nil)
    }

    fileprivate init(for provider: CredentialSpec.Provider, _ name: String, at path: [String]) {
        (self.path, self.kind, self.name, self.provider) = (path, .credential, name, provider)
    }
}

extension ResourceSpec {
    /// The other resources of the tenant that the spec names.
    public var references: [ResourceReference] {
        switch self {
        case .schedule(let spec):
            [
                ResourceReference(to: .prompt, spec.prompt, at: ["prompt"]),
                ResourceReference(for: .x, spec.credential, at: ["credential"]),
            ]
        case .prompt(let spec):
            [
                spec.knowledge.map {
                    ResourceReference(to: .knowledgeBase, $0.base, at: ["knowledge", "base"])
                },
                spec.model?.credential.map {
                    ResourceReference(for: .openai, $0, at: ["model", "credential"])
                },
            ].compactMap(\.self)
        case .knowledgeBase(let spec):
            [
                spec.embedding?.credential.map {
                    ResourceReference(for: .openai, $0, at: ["embedding", "credential"])
                }
            ].compactMap(\.self)
        case .tenant, .credential, .quota: []
        }
    }

    /// Whether it leaves the choice of an openai credential to there being one only.
    fileprivate var leavesPayerOpen: Bool {
        if case .prompt(let spec) = self { spec.model?.credential == nil } else { false }
    }
}

/// A reference that does not hold.
public enum ReferenceProblem: Sendable, Hashable {
    /// Nothing has the name.
    case missing(ResourceReference)
    /// The credential is for another provider.
    case otherProvider(
        ResourceReference,
        found: CredentialSpec.Provider,
        needed: CredentialSpec.Provider
    )
    /// No credential is named, and the choice is not plain.
    case unclearChoice(path: [String])

    /// The field that is wrong, outermost first.
    public var path: [String] {
        switch self {
        case .missing(let reference), .otherProvider(let reference, _, _): reference.path
        case .unclearChoice(let path): path
        }
    }

    /// What is wrong, as a sentence without a full stop.
    public var message: String {
        switch self {
        case .missing(let reference):
            "there is no \(reference.kind.rawValue) `\(reference.name)` in this tenant"
        case .otherProvider(let reference, let found, let needed):
            "the Credential `\(reference.name)` is for \(found.rawValue), and here one for "
                + "\(needed.rawValue) is needed"
        case .unclearChoice: "the tenant has more than one openai Credential"
        }
    }
}

/// The resources of a tenant as others can name them.
public struct ReferableNames: Sendable {
    private let byKind: [Kind: Set<String>]
    private let providers: [String: CredentialSpec.Provider]

    /// - Parameters:
    ///   - names: every name that can be referred to.
    ///   - providers: what credentials are for, where that is known.
    public init(
        _ names: some Sequence<(kind: Kind, name: String)>,
        providers: [String: CredentialSpec.Provider]
    ) {
        byKind = names.reduce(into: [:]) { $0[$1.kind, default: []].insert($1.name) }
        self.providers = providers
    }

    /// Takes the names of resources.
    public init(_ resources: some Collection<(ResourceAddress, ResourceSpec)>) {
        let credentials = resources.compactMap { address, spec in
            if case .credential(let spec) = spec { (address.name, spec.provider) } else { nil }
        }
        self.init(
            resources.map { ($0.0.kind, $0.0.name) },
            providers: Dictionary(credentials) { first, _ in first }
        )
    }

    /// The names of a kind, sorted.
    public func names(of kind: Kind) -> [String] { (byKind[kind] ?? []).sorted() }

    /// The names of the credentials for a provider, sorted.
    public func credentials(for provider: CredentialSpec.Provider) -> [String] {
        providers.filter { $0.value == provider }.keys.sorted()
    }

    /// The references of a spec that do not hold.
    public func problems(of spec: ResourceSpec) -> [ReferenceProblem] {
        let broken = spec.references.compactMap(problem)
        guard spec.leavesPayerOpen, providers.values.count(where: { $0 == .openai }) > 1 else {
            return broken
        }
        return broken + [.unclearChoice(path: ["model"])]
    }

    private func problem(_ reference: ResourceReference) -> ReferenceProblem? {
        if let wanted = reference.provider, let found = providers[reference.name] {
            return found == wanted
                ? nil : .otherProvider(reference, found: found, needed: wanted)
        }
        return byKind[reference.kind]?.contains(reference.name) ?? false
            ? nil : .missing(reference)
    }
}
