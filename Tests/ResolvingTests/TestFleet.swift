import ClaraModel
import ManifestLoading

@testable import Resolving

/// A fleet whose files are written in the test.
struct TestFleet {
    var files: [String: String]
    /// The order in which files are handed over.
    var order: ([FleetFile]) -> [FleetFile] = { $0 }

    static let now = Instant(seconds: 1_795_392_000)  // 2026-11-23T00:00:00Z

    /// The documents of a fleet with one sound tenant, `acme`.
    init(_ changes: [String: String] = [:]) {
        files = Self.sound.merging(changes) { _, changed in changed }
    }

    struct Outcome {
        let fleet: [Diagnostic]
        let tenants: [String: ResolvedTenant]

        /// `file:line:column code` of everything that was found.
        var places: [String] { diagnostics.map { "\($0.place) \($0.code)" } }
        var diagnostics: [Diagnostic] {
            fleet + tenants.keys.sorted().flatMap { tenants[$0]?.diagnostics ?? [] }
        }

        func resources(_ tenant: String = "acme") -> [DesiredResource]? {
            guard case .resolved(let resources) = tenants[tenant]?.outcome else { return nil }
            return resources
        }

        func json(_ address: String) -> JSONValue? {
            let tenant = String(address.prefix { $0 != "/" })
            return resources(tenant)?.first { "\($0.address)" == address }?.spec.json
        }
    }

    var listed: [FleetFile] {
        order(
            files.sorted { $0.key < $1.key }.map { path, text in
                FleetFile(
                    path: path,
                    contentHash: "git:\(Digest(of: text))",
                    size: text.utf8.count,
                    bytes: Array(text.utf8)
                )
            }
        )
    }

    var tenantNames: Set<String> {
        Set(
            files.keys.compactMap { $0.hasPrefix("tenants/") ? $0.split(separator: "/")[1] : nil }
                .map(String.init)
        )
    }

    func read() -> (context: FleetContext?, diagnostics: [Diagnostic]) {
        let fleet = listed.first { $0.path == "fleet.yaml" }
        let empty = FleetFile(path: "fleet.yaml", contentHash: "", size: 0, bytes: [])
        return FleetContext.read(
            fleet: fleet ?? empty,
            profiles: listed.filter { $0.path.hasPrefix("profiles/") },
            tenants: tenantNames
        )
    }

    func resolve() -> Outcome {
        let (context, diagnostics) = read()
        guard let context else { return Outcome(fleet: diagnostics, tenants: [:]) }
        let resolver = TenantResolver(context, now: Self.now)
        let resolved = tenantNames.map { name in
            let path = "tenants/\(name)"
            let files = listed.filter { $0.path.hasPrefix(path + "/") }
            return (name, resolver.resolve(TenantFolder(name: name, path: path, files: files)))
        }
        return Outcome(
            fleet: diagnostics,
            tenants: Dictionary(uniqueKeysWithValues: resolved)
        )
    }

    private static let sound = [
        "fleet.yaml": document("Fleet", "fleet", "{}"),
        "profiles/gold.yaml": document("Profile", "gold", "{Prompt: {model: {name: m}}}"),
        "tenants/acme/tenant.yaml":
            document("Tenant", "acme", "{displayName: Acme, profile: gold}"),
        "tenants/acme/x.yaml": document(
            "Credential",
            "x-main",
            "{provider: x, account: \"@acme\", oauth2: {clientID: {env: ACME_A}, clientSecret: {env: ACME_B}, refreshToken: {file: t}}}"
        ),
        "tenants/acme/prompt.yaml": document("Prompt", "notes", "{system: s, template: t}"),
        "tenants/acme/schedule.yaml": document(
            "Schedule",
            "daily",
            "{slots: [\"daily 09:00\"], prompt: notes, credential: x-main}"
        ),
    ]
}

/// A document of four lines; `spec` stands in the fourth.
func document(_ kind: String, _ name: String, _ spec: String) -> String {
    "apiVersion: clara.dev/v1\nkind: \(kind)\nmetadata: {name: \(name)}\nspec: \(spec)\n"
}
