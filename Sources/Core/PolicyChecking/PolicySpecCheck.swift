import ClaraModel
import LuaSandbox
import ManifestLoading

/// The rules about a policy that look at more than the shape of a field.
struct PolicySpecCheck {
    let manifest: Manifest
    /// The message; nil where there is none, or where it cannot be read.
    let template: MessageTemplate?
    private(set) var diagnostics: [Diagnostic] = []

    init(spec: PolicySpec, manifest: Manifest) {
        self.manifest = manifest
        do throws(TemplateError) {
            template = try spec.message.map { text throws(TemplateError) in
                try MessageTemplate(text, kinds: spec.match?.kinds)
            }
        } catch {
            template = nil
            let place = manifest.place(of: ["message"])
            diagnostics.append(
                Diagnostic(.error, .invalidSpec, error.message, hint: error.hint, at: place)
            )
        }
        diagnostics += spec.problems().map { problem in
            let place = manifest.place(of: problem.path)
            return Diagnostic(.error, .invalidSpec, problem.message, hint: problem.hint, at: place)
        }
        diagnostics += (spec.tests ?? []).enumerated().flatMap { index, test in
            givenProblems(test.given, ["tests", "\(index)", "given"])
        }
    }

    // MARK: What tests are given

    /// A field that is misspelled in a test would prove nothing.
    private func givenProblems(_ given: PolicyGiven, _ path: [String]) -> [Diagnostic] {
        resourceProblems(given.resource, path + ["resource"])
            + resourceProblems(given.live, path + ["live"])
            + tenantProblems(given.tenant, path + ["tenant"])
            + fleetProblems(given.fleet ?? [:], path + ["fleet"])
            + changeProblems(given.plan?.changes ?? [], path + ["plan", "changes"])
    }

    private func resourceProblems(_ resource: GivenResource?, _ path: [String]) -> [Diagnostic] {
        guard let resource, let spec = resource.spec else { return [] }
        return specProblems(spec.json, of: resource.kind, path + ["spec"])
    }

    private func tenantProblems(_ tenant: GivenTenant?, _ path: [String]) -> [Diagnostic] {
        let own = tenant?.spec.map { specProblems($0.json, of: .tenant, path + ["spec"]) } ?? []
        return own + kindProblems(tenant?.resources ?? [:], path + ["resources"])
    }

    private func fleetProblems(
        _ fleet: [String: [String: [String: AnyValue]]],
        _ path: [String]
    ) -> [Diagnostic] {
        fleet.keys.sorted().flatMap { kindProblems(fleet[$0] ?? [:], path + [$0]) }
    }

    private func kindProblems(
        _ resources: [String: [String: AnyValue]],
        _ path: [String]
    ) -> [Diagnostic] {
        resources.keys.sorted().flatMap { word -> [Diagnostic] in
            guard let kind = Kind(rawValue: word) else {
                let kinds = Kind.allCases.sorted().map(\.rawValue)
                return [
                    problem(
                        .unknownKind,
                        "`\(word)` is no kind",
                        Suggestion.hint(for: word, among: kinds),
                        path + [word]
                    )
                ]
            }
            return (resources[word] ?? [:]).sorted { $0.key < $1.key }.flatMap { name, spec in
                specProblems(spec.json, of: kind, path + [word, name])
            }
        }
    }

    private func changeProblems(_ changes: [GivenPlanChange], _ path: [String]) -> [Diagnostic] {
        changes.enumerated().compactMap { index, change in
            if ResourceAddress(parsing: change.address) != nil { return nil }
            return problem(
                .badFormat,
                "`address` should be an address such as acme/Schedule/mornings",
                nil,
                path + ["\(index)", "address"]
            )
        }
    }

    private func specProblems(_ spec: JSONValue, of kind: Kind, _ path: [String]) -> [Diagnostic] {
        UnknownFields.find(in: spec, .object(kind.specSchema)).map { unknown in
            problem(
                .unknownField,
                "`\(unknown.path.last ?? "")` is not a field of a \(kind.rawValue)",
                Suggestion.hint(for: unknown.path.last ?? "", among: unknown.known)
                    ?? "the fields are \(unknown.known.joined(separator: ", "))",
                path + unknown.path
            )
        }
    }

    private func problem(
        _ code: Diagnostic.Code,
        _ message: String,
        _ hint: String?,
        _ path: [String]
    ) -> Diagnostic {
        Diagnostic(.error, code, message, hint: hint, at: manifest.place(of: path))
    }
}

/// Names that a schema does not have, in a value that may lack most of its fields.
struct UnknownFields {
    /// The field, outermost first.
    let path: [String]
    /// The names that the schema has there.
    let known: [String]

    static func find(in value: JSONValue, _ schema: Schema) -> [UnknownFields] {
        switch (schema, value) {
        case (.object(let object), .object(let members)):
            members.keys.sorted().flatMap { name -> [UnknownFields] in
                guard let field = object.field(name) else {
                    return [UnknownFields(path: [name], known: object.fields.map(\.name))]
                }
                return find(in: members[name] ?? .null, field.schema).map { $0.below(name) }
            }
        case (.list(let element), .array(let elements)):
            elements.enumerated().flatMap { index, value in
                find(in: value, element).map { $0.below("\(index)") }
            }
        default: []
        }
    }

    private func below(_ step: String) -> UnknownFields {
        UnknownFields(path: [step] + path, known: known)
    }
}

extension LuaError {
    /// The error at its line in the policy's file.
    func diagnostic(in manifest: Manifest) -> Diagnostic {
        Diagnostic(
            .error,
            .invalidRule,
            "the rule is not Lua: \(plainMessage)",
            at: place(in: manifest)
        )
    }

    /// The place of the error in the policy's file.
    func place(in manifest: Manifest) -> Place {
        switch self {
        case .syntax(let line, _, let near):
            // A program that ends too early ends, for Lua, on the line after its last.
            manifest.place(of: ["rule"], textLine: min(line, manifest.ruleLines), part: near)
        case .runtime(let line?, _): manifest.place(of: ["rule"], textLine: line)
        case .runtime(nil, _), .instructionBudget, .memoryBudget, .noMachine:
            manifest.place(of: ["rule"])
        }
    }

    /// The error without the line, which the place says.
    var plainMessage: String {
        switch self {
        case .syntax(_, let message, _), .runtime(_, let message): message
        case .instructionBudget, .memoryBudget, .noMachine: description
        }
    }
}

extension Manifest {
    /// How many lines the rule has.
    fileprivate var ruleLines: Int {
        let text = spec["rule"]?.text ?? ""
        return text.utf8.count { $0 == UInt8(ascii: "\n") } + (text.hasSuffix("\n") ? 0 : 1)
    }
}
