import ClaraModel
import ManifestLoading

/// The work on one tenant: the steps in order, and what they find wrong.
struct TenantWork {
    private let folder: TenantFolder
    private let context: FleetContext
    private let now: Instant
    private(set) var diagnostics: [Diagnostic] = []
    /// Whether every document of the folder could be read.
    private var isComplete = true

    init(_ folder: TenantFolder, _ context: FleetContext, now: Instant) {
        self.folder = folder
        self.context = context
        self.now = now
    }

    mutating func run() -> [DesiredResource] {
        checkFolderName()
        let manifests = checkUniqueness(placed(readManifests()))
        let tenant = checkTenant(manifests)
        let profile = findProfile(of: tenant)
        var declarations = manifests.compactMap { complete($0.manifest, $0.kind, with: profile) }
        let timezone = Self.timezone(of: declarations) ?? context.settings.timezone
        for index in declarations.indices { declarations[index].inherit(timezone) }
        check(declarations)
        if let profile { dropRepetitions(of: profile) }
        return declarations.map { desire($0) }.sorted { $0.address < $1.address }
    }

    // MARK: Reading

    private mutating func checkFolderName() {
        guard let problem = TextFormat.resourceName.problem(folder.name) else { return }
        report(
            .wrongPlace,
            "the folder's name should be \(problem.expected), as it names the tenant",
            hint: problem.hint,
            at: Place(file: folder.path)
        )
    }

    private mutating func readManifests() -> [Manifest] {
        let files = folder.files.filter(\.isManifest).sorted { $0.path < $1.path }
        return files.flatMap { file -> [Manifest] in
            guard isDirectChild(file) else {
                warnAboutDepth(file)
                return []
            }
            let content = ManifestReader.read(file.bytes ?? [], path: file.path)
            diagnostics += content.diagnostics
            if content.isPartial { isComplete = false }
            return content.manifests
        }
    }

    private func isDirectChild(_ file: FleetFile) -> Bool {
        !folder.relativePath(of: file).utf8.contains(UInt8(ascii: "/"))
    }

    private mutating func warnAboutDepth(_ file: FleetFile) {
        if folder.relativePath(of: file).hasPrefix("knowledge/") { return }
        diagnostics.append(
            Diagnostic(
                .warning,
                .unused,
                "manifests are read from the tenant's folder only",
                hint: "move it up to \(folder.path)/",
                at: Place(file: file.path)
            )
        )
    }

    /// The manifests that may stand in a tenant's folder.
    private mutating func placed(_ manifests: [Manifest]) -> [(manifest: Manifest, kind: Kind)] {
        manifests.compactMap { manifest in
            if let declared = manifest.declaredTenant, declared.name != folder.name {
                report(
                    .wrongPlace,
                    "`metadata.tenant` must be the folder's name, `\(folder.name)`",
                    hint: "remove the line or move the file",
                    at: manifest.place(declared.location)
                )
            }
            guard case .resource(let kind) = manifest.kind else {
                report(
                    .wrongPlace,
                    "a \(manifest.kind.name) does not belong in a tenant's folder",
                    hint: "it belongs in \(manifest.kind.place)",
                    at: manifest.place(manifest.start)
                )
                return nil
            }
            return (manifest, kind)
        }
    }

    private mutating func checkUniqueness(
        _ manifests: [(manifest: Manifest, kind: Kind)]
    ) -> [(manifest: Manifest, kind: Kind)] {
        var first: [String: Manifest] = [:]
        return manifests.filter { manifest, kind in
            let key =
                kind.cardinality.isSingle ? kind.rawValue : "\(kind.rawValue) `\(manifest.name)`"
            guard let earlier = first[key] else {
                first[key] = manifest
                return true
            }
            report(
                .duplicateResource,
                kind.cardinality.isSingle
                    ? "a tenant has one \(key)" : "the \(key) is declared twice",
                hint: "the first is at \(earlier.place(earlier.location))",
                at: manifest.place(manifest.location)
            )
            return false
        }
    }

    // MARK: The tenant and its profile

    private mutating func checkTenant(_ manifests: [(manifest: Manifest, kind: Kind)]) -> Manifest?
    {
        guard let tenant = manifests.first(where: { $0.kind == .tenant })?.manifest else {
            // What could not be read may well be what is missing.
            if isComplete {
                report(
                    .missingResource,
                    "the folder has no Tenant",
                    hint: "a tenant's folder holds exactly one document of kind Tenant",
                    at: Place(file: folder.path)
                )
            }
            return nil
        }
        if tenant.name != folder.name {
            report(
                .wrongPlace,
                "the Tenant must be named like its folder, `\(folder.name)`",
                hint: "rename one of the two",
                at: tenant.place(tenant.location)
            )
        }
        return tenant
    }

    private mutating func findProfile(of tenant: Manifest?) -> Profile? {
        guard let tenant, let name = tenant.spec["profile"]?.text else { return nil }
        guard let profile = context.profiles[name] else {
            report(
                .danglingReference,
                "there is no Profile `\(name)`",
                hint: hint(forProfile: name),
                at: tenant.place(of: ["profile"])
            )
            return nil
        }
        if profile.isBroken {
            report(
                .danglingReference,
                "the Profile `\(name)` has errors",
                hint: "mend \(profile.manifest.start.file.path) first",
                at: tenant.place(of: ["profile"])
            )
        }
        return profile
    }

    private func hint(forProfile name: String) -> String {
        let profiles = context.profiles
        if let file = profiles.brokenFiles.first {
            return "it may be in \(file), which could not be read in full"
        }
        return Suggestion.hint(for: name, among: profiles.names)
            ?? "the fleet has \(profiles.names.isEmpty ? "none" : profiles.names.joined(separator: ", "))"
    }

    /// What is wrong with a profile was said once, where the fleet's own files were read.
    private mutating func dropRepetitions(of profile: Profile) {
        let file = profile.manifest.start.file.path
        var seen: Set<Diagnostic> = []
        diagnostics.removeAll { diagnostic in
            guard diagnostic.place.file == file else { return false }
            return profile.isBroken || !seen.insert(diagnostic).inserted
        }
    }

    // MARK: Resources

    private mutating func complete(
        _ manifest: Manifest,
        _ kind: Kind,
        with profile: Profile?
    ) -> Declaration? {
        let completion = SpecCompletion(
            manifest,
            kind.specSchema,
            profile: profile.map { ($0.manifest, kind) }
        )
        diagnostics += completion.missingFields
        do {
            let spec = try ResourceSpec(kind, json: completion.complete)
            return Declaration(manifest: manifest, kind: kind, completion: completion, spec: spec)
        } catch {
            report(.invalidSpec, "\(error)", at: manifest.place(of: error.path))
            return nil
        }
    }

    private mutating func check(_ declarations: [Declaration]) {
        let names = ResourceNames(declarations, isComplete: isComplete)
        let check = TenantCheck(folder: folder, context: context, now: now, names: names)
        diagnostics += declarations.flatMap { check.diagnostics($0) }
    }

    private static func timezone(of declarations: [Declaration]) -> TimeZoneName? {
        declarations.lazy.compactMap { declaration in
            if case .tenant(let spec) = declaration.spec { spec.timezone } else { nil }
        }.first
    }

    private func desire(_ declaration: Declaration) -> DesiredResource {
        var documents: [KnowledgeDocument] = []
        if case .knowledgeBase(let spec) = declaration.spec {
            documents = KnowledgeInventory.documents(of: spec, in: folder)
        }
        let manifest = declaration.manifest
        return DesiredResource(
            address: declaration.address(in: folder.name),
            labels: manifest.labels,
            spec: declaration.spec,
            documents: documents,
            origin: Origin(file: manifest.start.file.path, line: manifest.start.line)
        )
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

extension Kind.Cardinality {
    fileprivate var isSingle: Bool {
        switch self {
        case .exactlyOne, .atMostOne: true
        case .any: false
        }
    }
}
