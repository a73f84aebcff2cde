import ClaraModel
import LuaSandbox
import ManifestLoading
import Resolving

/// Reads the files of `policies/` and gathers what is wrong with them.
struct PolicyReader {
    private(set) var policies: [Policy] = []
    private(set) var diagnostics: [Diagnostic] = []
    /// Compiles every rule once, to find what is not Lua. It runs nothing.
    private let compiler = RuleCompiler()

    mutating func read(_ file: FleetFile) {
        let content = ManifestReader.read(file.bytes ?? [], path: file.path)
        diagnostics += content.diagnostics
        for manifest in content.manifests where isInPlace(manifest) {
            guard let policy = policy(manifest) else { continue }
            add(policy)
        }
    }

    private mutating func isInPlace(_ manifest: Manifest) -> Bool {
        guard manifest.kind == .policy else {
            report(
                .wrongPlace,
                "a \(manifest.kind.name) does not belong here",
                hint: "it belongs in \(manifest.kind.place)",
                at: manifest.place(manifest.start)
            )
            return false
        }
        guard let declared = manifest.declaredTenant else { return true }
        report(
            .wrongPlace,
            "a Policy belongs to no tenant",
            hint: "remove the line; `match.tenants` says whom it concerns",
            at: manifest.place(declared.location)
        )
        return false
    }

    private mutating func add(_ policy: Policy) {
        guard let first = policies.first(where: { $0.name == policy.name }) else {
            policies.append(policy)
            return
        }
        report(
            .duplicateResource,
            "the policy `\(policy.name)` is declared twice",
            hint: "the first is at \(first.place)",
            at: policy.place
        )
    }

    /// The policy; nil where anything is wrong with it.
    private mutating func policy(_ manifest: Manifest) -> Policy? {
        let missing = missingFields(manifest)
        diagnostics += missing
        guard missing.isEmpty, manifest.rejected.isEmpty, let spec = spec(manifest) else {
            return nil
        }
        let check = PolicySpecCheck(spec: spec, manifest: manifest)
        var found = check.diagnostics
        if let problem = compiler.problem(of: spec.rule) {
            found.append(problem.diagnostic(in: manifest))
        }
        diagnostics += found
        guard found.isEmpty, !manifest.hasErrors else { return nil }
        return Policy(
            name: manifest.name,
            spec: spec,
            place: manifest.place(manifest.location),
            match: Match(spec.match ?? PolicyMatchSpec()),
            exemptions: Exemptions(spec.exemptions ?? []),
            message: check.template,
            manifest: manifest
        )
    }

    private func missingFields(_ manifest: Manifest) -> [Diagnostic] {
        MissingFields.find(in: manifest.spec, manifest.kind.specSchema)
            .filter { path in !manifest.rejected.contains { path.starts(with: $0) } }
            .map { path in
                Diagnostic(
                    .error,
                    .missingField,
                    "`\(path.joined(separator: "."))` is missing from the Policy",
                    at: manifest.place(of: path)
                )
            }
    }

    private mutating func spec(_ manifest: Manifest) -> PolicySpec? {
        do {
            return try PolicySpec(json: manifest.spec)
        } catch {
            report(.invalidSpec, "\(error)", at: manifest.place(of: error.path))
            return nil
        }
    }

    private mutating func report(
        _ code: Diagnostic.Code,
        _ message: String,
        hint: String? = nil,
        at place: Place
    ) {
        diagnostics.append(Diagnostic(.error, code, message, hint: hint, at: place))
    }
}

/// Compiles rules for their errors alone.
struct RuleCompiler {
    private let machine = LuaMachine.opened()

    func problem(of rule: String) -> LuaError? {
        do {
            _ = try machine.get().compile(rule)
            return nil
        } catch {
            return error
        }
    }
}
