import ClaraModel
import ManifestLoading
import Planning
import Resolving
import TestSupport
import Testing

/// The order in which a source lists files, and in which a file lists documents, is nobody's wish.
@Suite("The order of files and of documents in them")
struct FileOrderTests {
    private static let documents = [
        "kind: Tenant\nmetadata: {name: acme}\nspec: {displayName: Acme, timezone: Europe/Paris, profile: gold}",
        "kind: Credential\nmetadata: {name: x}\nspec: {provider: x, account: \"@acme\", oauth2: "
            + "{clientID: {env: ACME_A}, clientSecret: {env: ACME_B}, refreshToken: {env: ACME_C}}}",
        "kind: Quota\nmetadata: {name: default}\nspec: {posts: {perDay: 4}}",
        "kind: KnowledgeBase\nmetadata: {name: facts}\nspec: {sources: [{glob: \"knowledge/**\"}]}",
        "kind: Prompt\nmetadata: {name: p}\nspec: {system: a, template: b, knowledge: {base: facts}}",
        "kind: Schedule\nmetadata: {name: s}\nspec: {slots: [\"daily 09:00\"], prompt: p, credential: x}",
    ].map { "apiVersion: clara.dev/v1\n\($0)\n" }

    @Test("never changes a plan")
    func shuffled() throws {
        let seed = testSeed(11)
        var generator = SplitMix64(seed: seed)
        let expected = try Self.plan([Self.documents], using: nil).digest
        for round in 0..<60 {
            var documents = Self.documents.shuffled(using: &generator)
            var files: [[String]] = []
            while !documents.isEmpty {
                let count = Int.random(in: 1...documents.count, using: &generator)
                files.append(Array(documents.prefix(count)))
                documents.removeFirst(count)
            }
            let plan = try Self.plan(files, using: generator)
            #expect(plan.digest == expected, "seed \(seed), round \(round)")
            #expect(plan.steps.count == Self.documents.count, "seed \(seed), round \(round)")
        }
    }

    private static func plan(_ manifests: [[String]], using generator: SplitMix64?) throws -> Plan {
        var files = manifests.enumerated().map { index, documents in
            file("tenants/acme/\(index).yaml", documents.joined(separator: "---\n"))
        }
        files += ["b.md", "a/a.md", "a.md"].map { file("tenants/acme/knowledge/\($0)", $0) }
        var profiles = [
            file("profiles/gold.yaml", profile("gold")), file("profiles/red.yaml", profile("red")),
        ]
        if var generator {
            files.shuffle(using: &generator)
            profiles.shuffle(using: &generator)
        }
        let fleet = "apiVersion: clara.dev/v1\nkind: Fleet\nmetadata: {name: f}\nspec: {}\n"
        let read = FleetContext.read(
            fleet: file("fleet.yaml", fleet),
            profiles: profiles,
            tenants: ["acme"]
        )
        let context = try #require(read.context)
        let resolved = TenantResolver(context, now: .epoch).resolve(
            TenantFolder(name: "acme", path: "tenants/acme", files: files)
        )
        #expect(resolved.diagnostics.filter { $0.severity == .error } == [])
        let tenant = DesiredTenant(inputs: Digest(of: "same"), outcome: resolved.outcome)
        return Planner(fleet: context.settings, revision: "main", now: .epoch).plan(
            desired: DesiredState(fleet: context.settings, tenants: ["acme": tenant]),
            live: LiveState()
        )
    }

    private static func profile(_ name: String) -> String {
        "apiVersion: clara.dev/v1\nkind: Profile\nmetadata: {name: \(name)}\n"
            + "spec: {Prompt: {model: {name: \(name)}}}\n"
    }

    private static func file(_ path: String, _ text: String) -> FleetFile {
        FleetFile(
            path: path,
            contentHash: Digest(of: text).description,
            size: text.utf8.count,
            bytes: Array(text.utf8)
        )
    }
}
