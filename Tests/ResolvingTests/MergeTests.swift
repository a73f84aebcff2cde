import ClaraModel
import Testing

@testable import Resolving

@Suite("A resource is completed")
struct MergeTests {
    private func schedule(profile: String, manifest: String) -> JSONValue? {
        let fleet = TestFleet([
            "profiles/gold.yaml": document(
                "Profile",
                "gold",
                "{Prompt: {model: {name: m}}, Schedule: \(profile)}"
            ),
            "tenants/acme/schedule.yaml": document(
                "Schedule",
                "daily",
                "{prompt: notes, credential: x-main, \(manifest)}"
            ),
        ])
        return fleet.resolve().json("acme/Schedule/daily")
    }

    @Test("from the profile, unless the manifest says otherwise")
    func order() {
        let merged = schedule(
            profile: "{jitter: 10m, approval: required, misfire: {grace: 1h, catchUp: all}}",
            manifest: "slots: [\"Mon 09:00\"], jitter: 5m, misfire: {grace: 2h}"
        )
        #expect(merged?["jitter"] == "5m")
        #expect(merged?["approval"] == "required")
        #expect(merged?["misfire"] == ["grace": "2h", "catchUp": "all"])
    }

    @Test("and lists are replaced as a whole")
    func lists() {
        let profile = "{quietHours: [\"22:00-07:00\"], blackout: [\"2026-12-25\"]}"
        let merged = schedule(
            profile: profile,
            manifest: "slots: [\"Mon 09:00\"], quietHours: []"
        )
        #expect(merged?["quietHours"] == [])
        #expect(merged?["blackout"] == ["2026-12-25"])
    }

    @Test("and null removes what the profile supplies, at any depth")
    func null() {
        let merged = schedule(
            profile: "{cron: \"0 9 * * *\", misfire: {grace: 1h}}",
            manifest: "slots: [\"Mon 09:00\"], cron: null, misfire: {grace: ~}"
        )
        #expect(merged?["cron"] == nil)
        #expect(merged?["misfire"] == nil)
        #expect(merged?["slots"] == ["Mon 09:00"])
    }

    @Test("and a secret reference replaces another one whole")
    func secrets() {
        let fleet = TestFleet([
            "profiles/gold.yaml": document(
                "Profile",
                "gold",
                "{Prompt: {model: {name: m}}, Credential: {oauth2: {refreshToken: {env: ACME_R}}}}"
            )
        ])
        let credential = fleet.resolve().json("acme/Credential/x-main")
        #expect(credential?["oauth2"]?["refreshToken"] == ["file": "t"])
    }

    @Test("and what is required may come from either side")
    func required() {
        let fleet = TestFleet([
            "profiles/gold.yaml": document(
                "Profile",
                "gold",
                "{Prompt: {system: ours, model: {name: m}}}"
            ),
            "tenants/acme/prompt.yaml": document("Prompt", "notes", "{template: t}"),
        ])
        #expect(fleet.resolve().json("acme/Prompt/notes")?["system"] == "ours")
    }

    static let zones: [(fleet: String, tenant: String, schedule: String, zone: String)] = [
        ("{}", "", "", "UTC"),
        ("{defaults: {timezone: Asia/Tokyo}}", "", "", "Asia/Tokyo"),
        ("{defaults: {timezone: Asia/Tokyo}}", ", timezone: Europe/Paris", "", "Europe/Paris"),
        (
            "{defaults: {timezone: Asia/Tokyo}}", ", timezone: Europe/Paris",
            ", timezone: America/New_York", "America/New_York"
        ),
    ]

    @Test("with the nearest time zone", arguments: zones)
    func timezone(_ example: (fleet: String, tenant: String, schedule: String, zone: String)) {
        let fleet = TestFleet([
            "fleet.yaml": document("Fleet", "fleet", example.fleet),
            "tenants/acme/tenant.yaml": document(
                "Tenant",
                "acme",
                "{displayName: Acme, profile: gold\(example.tenant)}"
            ),
            "tenants/acme/schedule.yaml": document(
                "Schedule",
                "daily",
                "{slots: [\"daily 09:00\"], prompt: notes, credential: x-main\(example.schedule)}"
            ),
        ])
        let schedule = fleet.resolve().json("acme/Schedule/daily")
        #expect(schedule?["timezone"] == .string(example.zone))
    }

    @Test("with the documents that its sources match, the later source's metadata winning")
    func documents() throws {
        let base =
            "{sources: [{glob: \"knowledge/**\", metadata: {a: 1, b: 1}}, {glob: \"**/*.md\", metadata: {b: 2}}]}"
        let fleet = TestFleet([
            "tenants/acme/kb.yaml": document("KnowledgeBase", "facts", base),
            "tenants/acme/knowledge/a.md": "a", "tenants/acme/knowledge/deep/b.txt": "b",
            "tenants/acme/knowledge/c.yaml": "not: a manifest", "tenants/acme/other.txt": "no",
        ])
        let found = try #require(
            fleet.resolve().resources()?.first { $0.address.kind == .knowledgeBase }
        )
        #expect(
            found.documents.map(\.path) == [
                "knowledge/a.md", "knowledge/c.yaml", "knowledge/deep/b.txt",
            ]
        )
        #expect(found.documents.first?.metadata.mapValues(\.json) == ["a": 1, "b": 2])
    }
}
