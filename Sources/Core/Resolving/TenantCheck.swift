import ClaraModel
import ManifestLoading
import Scheduling

/// The rules that look at more than one field or more than one resource of a tenant.
struct TenantCheck {
    let folder: TenantFolder
    let context: FleetContext
    let now: Instant
    let names: ResourceNames

    func diagnostics(_ declaration: Declaration) -> [Diagnostic] {
        declaration.completion.diagnostics(
            declaration.spec.problems.map { Finding($0) } + names.findings(declaration.spec)
                + findings(declaration)
        )
    }

    private func findings(_ declaration: Declaration) -> [Finding] {
        switch declaration.spec {
        case .tenant(let spec): zoneFindings(spec.timezone, declaration)
        case .credential(let spec): secretFindings(spec) + hostFindings(spec.baseURL)
        case .prompt: []
        case .schedule(let spec):
            zoneFindings(spec.timezone, declaration)
                + ScheduleCheck.findings(spec, declaration.address(in: folder.name), now)
        case .knowledgeBase(let spec): sourceFindings(spec) + twinFindings(spec)
        case .quota: []
        }
    }

    /// A zone that was inherited is reported where it was declared.
    private func zoneFindings(_ zone: TimeZoneName?, _ declaration: Declaration) -> [Finding] {
        guard let zone, declaration.completion.declares(["timezone"]) else { return [] }
        return ZoneCheck.findings(zone, ["timezone"])
    }

    private func secretFindings(_ spec: CredentialSpec) -> [Finding] {
        spec.references.compactMap { path, reference -> Finding? in
            guard case .env(let variable) = reference,
                !context.secrets.allows(variable, for: folder.name)
            else { return nil }
            return Finding(
                .error,
                .secretNotAllowed,
                "this tenant may not name the variable that `\(path.joined(separator: "."))` names",
                hint: context.secrets.advice(for: folder.name),
                path
            )
        }
    }

    private func hostFindings(_ url: String?) -> [Finding] {
        guard let url, !context.hosts.contains(HostName(ofURL: url).text) else { return [] }
        let allowed = context.hosts.sorted().joined(separator: ", ")
        return [
            Finding(
                .error,
                .hostNotAllowed,
                "this host is not one that credentials may be sent to",
                hint: "fleet.yaml allows \(allowed.isEmpty ? "no host" : allowed) under hosts",
                ["baseURL"]
            )
        ]
    }

    /// Two files whose names differ only in how the same characters are put together are one to
    /// whoever compares names, and one of them would be lost.
    private func twinFindings(_ spec: KnowledgeBaseSpec) -> [Finding] {
        let all = KnowledgeInventory.paths(in: folder)
        if Set(all).count == all.count { return [] }
        let documents = KnowledgeInventory.documents(of: spec, in: folder)
        let twins = Dictionary(grouping: documents, by: \.path).filter { $0.value.count > 1 }
        return twins.keys.sorted().map { path in
            Finding(
                .error,
                .duplicateResource,
                "there are two documents `\(path)`, whose names differ in invisible ways only",
                hint: "rename one; accents can be characters of their own or parts of letters",
                ["sources"]
            )
        }
    }

    private func sourceFindings(_ spec: KnowledgeBaseSpec) -> [Finding] {
        let paths = KnowledgeInventory.paths(in: folder)
        return spec.sources.enumerated().compactMap { index, source in
            let pattern = PathPattern(source.glob)
            if paths.contains(where: pattern.matches) { return nil }
            return Finding(
                .warning,
                .unused,
                "no file of the tenant's folder matches this source",
                hint: "a pattern is relative to \(folder.path)/",
                ["sources", "\(index)", "glob"]
            )
        }
    }
}
