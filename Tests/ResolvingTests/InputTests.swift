import ClaraModel
import Testing

@testable import Resolving

@Suite("The digest of a tenant's inputs")
struct InputTests {
    private func inputs(
        _ files: [String: String] = [:],
        tenant: String = "acme",
        folder: String = "f"
    ) throws -> Digest {
        try #require(TestFleet(files).read().context).inputs(of: tenant, folder: folder)
    }

    static let changes: [(what: String, files: [String: String])] = [
        ("the fleet's name", ["fleet.yaml": document("Fleet", "other", "{}")]),
        (
            "the zone",
            ["fleet.yaml": document("Fleet", "fleet", "{defaults: {timezone: Asia/Tokyo}}")]
        ),
        ("allow-lists", ["fleet.yaml": document("Fleet", "fleet", "{secrets: {env: [A]}}")]),
        ("hosts", ["fleet.yaml": document("Fleet", "fleet", "{hosts: [h.example]}")]),
        (
            "a profile",
            ["profiles/gold.yaml": document("Profile", "gold", "{Prompt: {model: {name: n}}}")]
        ),
        ("a new profile", ["profiles/new.yaml": document("Profile", "new", "{}")]),
        ("a neighbour with a longer name", ["tenants/acme-two/t.yaml": ""]),
    ]

    @Test("changes with what the tenant's resources are made from", arguments: changes)
    func moves(_ change: (what: String, files: [String: String])) throws {
        #expect(try inputs(change.files) != inputs())
    }

    static let same: [(what: String, files: [String: String])] = [
        ("a comment", ["fleet.yaml": "# hello\n" + document("Fleet", "fleet", "{}")]),
        (
            "limits and the loop",
            ["fleet.yaml": document("Fleet", "fleet", "{loop: {drift: heal}, horizon: 7d}")]
        ),
        (
            "another tenant",
            ["tenants/beta/t.yaml": "", "tenants/acm/t.yaml": "", "tenants/acmetwo/t.yaml": ""]
        ),
        ("a file of the folder, whose id says that", ["tenants/acme/q.yaml": ""]),
    ]

    @Test("does not change with anything else", arguments: same)
    func stays(_ change: (what: String, files: [String: String])) throws {
        #expect(try inputs(change.files) == inputs())
    }

    @Test("changes with the folder and the tenant")
    func folder() throws {
        #expect(try inputs(folder: "g") != inputs())
        #expect(try inputs(tenant: "beta") != inputs())
    }
}
