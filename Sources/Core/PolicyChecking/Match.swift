import ClaraModel
import Planning

/// Whom a policy concerns.
struct Match: Sendable {
    private let kinds: Set<Kind>?
    let actions: Set<PolicyMatchSpec.Action>
    private let labels: [(name: String, value: PathPattern)]
    private let tenants: [PathPattern]?

    init(_ spec: PolicyMatchSpec) {
        kinds = spec.kinds.map { Set($0) }
        actions = spec.actions.map { Set($0) } ?? PolicyMatchSpec.defaultActions
        labels = (spec.labels ?? [:]).sorted { $0.key < $1.key }.map { name, value in
            (name, PathPattern(value))
        }
        tenants = spec.tenants?.map { PathPattern($0) }
    }

    /// Whether it looks at labels, which may have to be read first.
    var needsLabels: Bool { !labels.isEmpty }

    /// Whether a step could concern it, by what is known without looking inside.
    func mayConcern(_ address: ResourceAddress, _ action: PolicyMatchSpec.Action) -> Bool {
        actions.contains(action) && kinds?.contains(address.kind) ?? true
            && tenants?.contains { $0.matches(address.tenant) } ?? true
    }

    /// Whether each label fits in one at least of several sets.
    func fits(_ present: [[String: String]]) -> Bool {
        labels.allSatisfy { label in
            present.contains { $0[label.name].map(label.value.matches) ?? false }
        }
    }
}

extension PolicyMatchSpec.Action {
    /// The same action in the words of a policy.
    init(_ action: Step.Action) {
        switch action {
        case .create: self = .create
        case .update: self = .update
        case .delete: self = .delete
        case .replace: self = .replace
        case .retire: self = .retire
        }
    }
}
