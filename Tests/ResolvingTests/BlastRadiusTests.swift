import ClaraModel
import ManifestLoading
import Testing

@testable import Resolving

@Suite("A mistake blocks whom it concerns and nobody else")
struct BlastRadiusTests {
    private func isBlocked(_ outcome: TestFleet.Outcome, _ tenant: String) -> Bool {
        if case .blocked = outcome.tenants[tenant]?.outcome { true } else { false }
    }

    private static let other = [
        "profiles/silver.yaml": document("Profile", "silver", "{Schedule: {jitter: 5m}}"),
        "tenants/beta/t.yaml": document("Tenant", "beta", "{displayName: Beta, profile: silver}"),
    ]

    @Test("a broken tenant")
    func tenant() {
        let outcome = TestFleet(
            Self.other.merging(["tenants/acme/x.yaml": "{"]) { $1 }
        ).resolve()
        #expect(isBlocked(outcome, "acme"))
        #expect(!isBlocked(outcome, "beta"))
    }

    @Test("a profile with broken YAML blocks its users, who are told where it may be")
    func brokenProfile() {
        let outcome = TestFleet(
            Self.other.merging(["profiles/gold.yaml": "kind: \"Profile\nmetadata: {name: gold}\n"])
            { $1 }
        ).resolve()
        #expect(isBlocked(outcome, "acme"))
        #expect(!isBlocked(outcome, "beta"))
        #expect(
            outcome.diagnostics.contains {
                $0.hint?.contains("it may be in profiles/gold.yaml") == true
            }
        )
    }

    @Test("a profile's own error is reported once, in the profile")
    func profileError() {
        let gold = document(
            "Profile",
            "gold",
            "{Schedule: {timezone: Europe/Pari}, Prompt: {model: {name: m}}}"
        )
        var files = Self.other.merging(["profiles/gold.yaml": gold]) { $1 }
        for name in ["carl", "dora"] {
            files["tenants/\(name)/t.yaml"] = document(
                "Tenant",
                name,
                "{displayName: T, profile: gold}"
            )
        }
        let outcome = TestFleet(files).resolve()
        #expect(
            outcome.fleet.map { "\($0.place) \($0.code)" } == ["profiles/gold.yaml:4:29 bad-format"]
        )
        for name in ["acme", "carl", "dora"] {
            let found = outcome.tenants[name]?.diagnostics ?? []
            #expect(found.map(\.message) == ["the Profile `gold` has errors"])
            #expect(isBlocked(outcome, name))
        }
        #expect(!isBlocked(outcome, "beta"))
    }

    @Test("a value that was refused causes no second error")
    func noCascade() {
        let outcome = TestFleet([
            "tenants/acme/tenant.yaml": document(
                "Tenant",
                "acme",
                "{displayName: 5, profile: gold}"
            ),
            "tenants/acme/x.yaml": document(
                "Credential",
                "x-main",
                "{provider: twitter, account: \"@a\"}"
            ),
            "tenants/acme/schedule.yaml": document(
                "Schedule",
                "daily",
                "{slots: daily, prompt: notes, credential: x-main}"
            ),
        ]).resolve()
        #expect(
            outcome.places == [
                "tenants/acme/schedule.yaml:4:15 wrong-type",
                "tenants/acme/tenant.yaml:4:21 wrong-type",
                "tenants/acme/x.yaml:4:18 not-a-choice",
            ]
        )
    }

    @Test("a file that could not be read causes no error about what may be in it")
    func partial() {
        let outcome = TestFleet(["tenants/acme/prompt.yaml": "kind: \"Prompt\n"]).resolve()
        #expect(outcome.places == ["tenants/acme/prompt.yaml:1:7 yaml-syntax"])
        let tenantless = TestFleet(["tenants/acme/tenant.yaml": "kind: \"Tenant\n"]).resolve()
        #expect(!tenantless.diagnostics.contains { $0.code == "missing-resource" })
    }

    @Test("with an error of shape and an error of meaning in one resource, both are found")
    func both() {
        let outcome = TestFleet([
            "tenants/acme/schedule.yaml": document(
                "Schedule",
                "daily",
                "{slots: daily, prompt: note, credential: x-main, jiter: 5m}"
            )
        ]).resolve()
        #expect(
            outcome.places.map { $0.split(separator: " ")[1] } == [
                "wrong-type", "dangling-reference", "unknown-field",
            ]
        )
    }
}
