import ClaraModel

/// What resources need of each other, so that a plan of a part of a tenant leaves nothing dangling.
enum Dependencies {
    /// The fields that name another resource of the tenant, by kind.
    private static let references: [Kind: [(path: [String], kind: Kind)]] = [
        .schedule: [(["prompt"], .prompt), (["credential"], .credential)],
        .prompt: [
            (["knowledge", "base"], .knowledgeBase), (["model", "credential"], .credential),
        ],
        .knowledgeBase: [(["embedding", "credential"], .credential)],
    ]

    /// The steps that are wanted and those that they cannot do without, in the order of `steps`:
    /// what comes needs what it names and the place of what goes, and what goes takes along what
    /// names it.
    static func closure(of steps: [Step], where isWanted: (Step) -> Bool) -> [Step] {
        var kept = Set(steps.filter(isWanted).map(\.address))
        var size = -1
        while kept.count != size {
            size = kept.count
            let needed = steps.filter { kept.contains($0.address) }.flatMap { step in
                steps.filter {
                    step.needs($0) || step.takesPlace(of: $0) || $0.isLeftDangling(without: step)
                }
            }
            kept.formUnion(needed.map(\.address))
        }
        return steps.filter { kept.contains($0.address) }
    }

    /// The resources that a content names.
    static func named(
        by content: CanonicalJSON?,
        of address: ResourceAddress
    ) -> [ResourceAddress] {
        guard let references = references[address.kind], let content else { return [] }
        let value = content.lenientValue
        return references.compactMap { reference in
            let name = reference.path.reduce(Optional(value)) { $0?[$1] }?.text
            return name.map {
                ResourceAddress(tenant: address.tenant, kind: reference.kind, name: $0)
            }
        }
    }
}

extension Step {
    /// Whether this step makes what there may be one of only, and the other takes away the one that
    /// is there.
    func takesPlace(of other: Step) -> Bool {
        action == .create && other.action == .delete && other.address.kind == address.kind
            && address.kind.cardinality != .any
    }

    /// Whether this step cannot be done before the other, which makes what it needs.
    fileprivate func needs(_ other: Step) -> Bool {
        guard other.before == nil, action != .delete else { return false }
        return other.address.kind == .tenant
            || Dependencies.named(by: after, of: address).contains(other.address)
    }

    /// Whether the other step takes away what this step's live row names.
    fileprivate func isLeftDangling(without other: Step) -> Bool {
        guard other.action == .delete else { return false }
        if other.address.kind == .tenant { return action == .delete }
        return Dependencies.named(by: before, of: address).contains(other.address)
    }
}
