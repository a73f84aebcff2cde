import ClaraModel
import ManifestLoading

/// The names that a tenant's resources can refer to, and whether they do.
struct ResourceNames {
    private let byKind: [Kind: Set<String>]
    private let providers: [String: CredentialSpec.Provider]
    /// Whether every document could be read; a name that seems to be missing may be in the rest.
    private let isComplete: Bool

    init(_ declarations: [Declaration], isComplete: Bool) {
        self.isComplete = isComplete
        byKind = declarations.reduce(into: [:]) { names, declaration in
            names[declaration.kind, default: []].insert(declaration.manifest.name)
        }
        let credentials = declarations.compactMap { declaration in
            if case .credential(let spec) = declaration.spec,
                declaration.completion.canJudge(["provider"])
            {
                (declaration.manifest.name, spec.provider)
            } else {
                nil
            }
        }
        providers = Dictionary(credentials) { first, _ in first }
    }

    func findings(_ spec: ScheduleSpec) -> [Finding] {
        missing(.prompt, spec.prompt, ["prompt"])
            + unfit(.x, spec.credential, ["credential"])
    }

    func findings(_ spec: PromptSpec) -> [Finding] {
        let base = spec.knowledge.map { missing(.knowledgeBase, $0.base, ["knowledge", "base"]) }
        let payer = spec.model?.credential.map { unfit(.openai, $0, ["model", "credential"]) }
        return (base ?? []) + (payer ?? unclearChoice)
    }

    func findings(_ spec: KnowledgeBaseSpec) -> [Finding] {
        spec.embedding?.credential.map { unfit(.openai, $0, ["embedding", "credential"]) } ?? []
    }

    private func missing(_ kind: Kind, _ name: String, _ path: [String]) -> [Finding] {
        let declared = byKind[kind] ?? []
        if declared.contains(name) || !isComplete { return [] }
        let known = declared.sorted()
        let list =
            known.isEmpty
            ? "the tenant has none" : "the tenant has \(known.joined(separator: ", "))"
        return [
            Finding(
                .error,
                .danglingReference,
                "there is no \(kind.rawValue) `\(name)` in this tenant",
                hint: Suggestion.hint(for: name, among: known) ?? list,
                path
            )
        ]
    }

    private func unfit(
        _ provider: CredentialSpec.Provider,
        _ name: String,
        _ path: [String]
    ) -> [Finding] {
        guard let found = providers[name] else { return missing(.credential, name, path) }
        if found == provider { return [] }
        let fitting = providers.filter { $0.value == provider }.keys.sorted()
        let hint = fitting.isEmpty ? nil : "the tenant has \(fitting.joined(separator: ", "))"
        return [
            Finding(
                .error,
                .danglingReference,
                "the Credential `\(name)` is for \(found.rawValue), and here one for "
                    + "\(provider.rawValue) is needed",
                hint: hint,
                path
            )
        ]
    }

    /// A prompt that names no credential needs the choice to be plain.
    private var unclearChoice: [Finding] {
        let candidates = providers.filter { $0.value == .openai }.keys.sorted()
        guard candidates.count > 1 else { return [] }
        return [
            Finding(
                .error,
                .danglingReference,
                "the tenant has more than one openai Credential",
                hint: "set model.credential to one of \(candidates.joined(separator: ", "))",
                ["model"]
            )
        ]
    }
}
