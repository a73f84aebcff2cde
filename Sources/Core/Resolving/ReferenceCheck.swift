import ClaraModel
import ManifestLoading

/// The names that a tenant's resources can refer to, and whether they do.
struct ResourceNames {
    private let names: ReferableNames
    /// Whether every document could be read; a name that seems to be missing may be in the rest.
    private let isComplete: Bool

    init(_ declarations: [Declaration], isComplete: Bool) {
        self.isComplete = isComplete
        let credentials = declarations.compactMap { declaration in
            if case .credential(let spec) = declaration.spec,
                declaration.completion.canJudge(["provider"])
            {
                (declaration.manifest.name, spec.provider)
            } else {
                nil
            }
        }
        names = ReferableNames(
            declarations.map { ($0.kind, $0.manifest.name) },
            providers: Dictionary(credentials) { first, _ in first }
        )
    }

    func findings(_ spec: ResourceSpec) -> [Finding] {
        names.problems(of: spec).compactMap { problem in
            if case .missing = problem, !isComplete { return nil }
            return Finding(
                .error,
                .danglingReference,
                problem.message,
                hint: hint(problem),
                problem.path
            )
        }
    }

    private func hint(_ problem: ReferenceProblem) -> String? {
        switch problem {
        case .missing(let reference):
            let known = names.names(of: reference.kind)
            return Suggestion.hint(for: reference.name, among: known)
                ?? (known.isEmpty ? "the tenant has none" : "the tenant has \(Self.list(known))")
        case .otherProvider(_, _, let needed):
            let fitting = names.credentials(for: needed)
            return fitting.isEmpty ? nil : "the tenant has \(Self.list(fitting))"
        case .unclearChoice:
            let candidates = names.credentials(for: .openai)
            return "set model.credential to one of \(Self.list(candidates))"
        }
    }

    private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}
