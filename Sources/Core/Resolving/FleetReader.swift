import ClaraModel
import ManifestLoading
import Scheduling

/// Reads the fleet's own files and gathers what is wrong with them.
struct FleetReader {
    let tenants: Set<String>
    private(set) var diagnostics: [Diagnostic] = []

    init(tenants: Set<String>) { self.tenants = tenants }

    // MARK: fleet.yaml

    /// The fleet's settings; nil where they cannot be relied on.
    mutating func readFleet(_ file: FleetFile) -> FleetSettings? {
        let content = ManifestReader.read(file.bytes ?? [], path: file.path)
        diagnostics += content.diagnostics
        refuseOthers(content.manifests, than: .fleet, hint: "only the Fleet belongs in fleet.yaml")
        let fleets = content.manifests.filter { $0.kind == .fleet }
        if let manifest = fleets.first, fleets.count == 1 { return readSettings(manifest) }
        if let second = fleets.dropFirst().first {
            report(
                .duplicateResource,
                "there is more than one Fleet",
                at: second.place(second.location)
            )
        } else if !content.isPartial {
            report(
                .missingResource,
                "there is no Fleet",
                hint: "declare one",
                at: Place(file: file.path)
            )
        }
        return nil
    }

    private mutating func readSettings(_ manifest: Manifest) -> FleetSettings? {
        let schema = DocumentKind.fleet.specSchema
        let completion = SpecCompletion(manifest, schema, profile: nil)
        diagnostics += completion.missingFields
        do {
            let spec = try FleetSpec(json: completion.complete)
            let findings = FleetCheck(spec: spec, tenants: tenants).findings
            diagnostics += completion.diagnostics(findings)
            let isSound = diagnostics.allSatisfy { $0.severity == .warning }
            return isSound ? FleetSettings(name: manifest.name, spec: spec) : nil
        } catch {
            report(.invalidSpec, "\(error)", at: manifest.place(of: error.path))
            return nil
        }
    }

    // MARK: profiles/

    mutating func readProfiles(_ files: [FleetFile]) -> Profiles {
        var profiles = Profiles()
        for file in files.sorted(by: { $0.path < $1.path }) where file.isManifest {
            let content = ManifestReader.read(file.bytes ?? [], path: file.path)
            diagnostics += content.diagnostics
            if content.isPartial { profiles.brokenFiles.append(file.path) }
            refuseOthers(
                content.manifests,
                than: .profile,
                hint: "only profiles belong in profiles/"
            )
            for manifest in content.manifests where manifest.kind == .profile {
                add(manifest, to: &profiles)
            }
        }
        return profiles
    }

    private mutating func add(_ manifest: Manifest, to profiles: inout Profiles) {
        let found = ProfileCheck.diagnostics(manifest)
        diagnostics += found
        let profile = Profile(manifest: manifest, isBroken: manifest.hasErrors || !found.isEmpty)
        guard let first = profiles.add(profile)?.manifest else { return }
        report(
            .duplicateResource,
            "the profile `\(manifest.name)` is declared twice",
            hint: "the first is at \(first.place(first.location))",
            at: manifest.place(manifest.location)
        )
    }

    // MARK: Both

    private mutating func refuseOthers(
        _ manifests: [Manifest],
        than kind: DocumentKind,
        hint: String
    ) {
        for manifest in manifests {
            if manifest.kind != kind {
                report(
                    .wrongPlace,
                    "a \(manifest.kind.name) does not belong here",
                    hint: hint,
                    at: manifest.place(manifest.start)
                )
            } else if let declared = manifest.declaredTenant {
                report(
                    .wrongPlace,
                    "a \(kind.name) belongs to no tenant",
                    hint: "remove the line",
                    at: manifest.place(declared.location)
                )
            }
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

/// The rules that look at more than one field of the fleet, or at the names of its tenants.
private struct FleetCheck {
    let spec: FleetSpec
    let tenants: Set<String>

    var findings: [Finding] {
        spec.problems().map { Finding($0) } + zone + freezes + allowances
    }

    private var zone: [Finding] {
        spec.defaults?.timezone.map { ZoneCheck.findings($0, ["defaults", "timezone"]) } ?? []
    }

    private var freezes: [Finding] {
        (spec.freeze ?? []).enumerated().flatMap { index, window in
            let path = ["freeze", "\(index)"]
            let problems = window.problems().map {
                Finding(.error, .invalidSpec, $0.message, hint: $0.hint, path + $0.path)
            }
            return problems + beginnings(window, path) + unknownTenants(window, path)
        }
    }

    /// A freeze that never begins protects nobody.
    private func beginnings(_ window: FreezeWindow, _ path: [String]) -> [Finding] {
        guard let cron = window.cron, let rules = ZoneCatalogue.rules(of: .utc) else { return [] }
        let pattern = SchedulePattern(
            zone: rules,
            timing: .cron(cron),
            identity: ScheduleIdentity(tenant: "", schedule: "")
        )
        guard pattern.next(1, after: Self.anyMoment).isEmpty else { return [] }
        return [
            Finding(
                .error,
                .neverFires,
                "this freeze never begins: no date matches",
                hint: "check day and month",
                path + ["cron"]
            )
        ]
    }

    /// Whether a date ever matches does not hang on when it is asked; this is 1 January 2026.
    private static let anyMoment = Instant(seconds: 1_767_225_600)

    private func unknownTenants(_ window: FreezeWindow, _ path: [String]) -> [Finding] {
        (window.tenants ?? []).enumerated().compactMap { index, text in
            let pattern = PathPattern(text)
            if tenants.isEmpty || tenants.contains(where: pattern.matches) { return nil }
            return unknownTenant(text, path + ["tenants", "\(index)"])
        }
    }

    private var allowances: [Finding] {
        (spec.secrets?.perTenant ?? [:]).keys.sorted().compactMap { tenant in
            tenants.contains(tenant)
                ? nil : unknownTenant(tenant, ["secrets", "perTenant", tenant])
        }
    }

    /// A warning only: the tenant's folder may come later, or have gone before.
    private func unknownTenant(_ name: String, _ path: [String]) -> Finding {
        Finding(
            .warning,
            .unused,
            "no tenant matches `\(name)`",
            hint: Suggestion.hint(for: name, among: tenants.sorted()),
            path
        )
    }
}
