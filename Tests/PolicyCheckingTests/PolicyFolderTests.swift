import Foundation
import PolicyChecking
import Resolving
import Testing

/// The policies that come with the project, which people copy.
@Suite("policies/")
struct PolicyFolderTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "policies")

    private static func files() throws -> [FleetFile] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .filter { FleetFile.isManifest($0) }
            .map { name in
                let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
                return Fixture.file("policies/\(name)", text)
            }
    }

    @Test(
        "at least ten, each in a file of its name, each with a test that passes and one that objects"
    )
    func areComplete() throws {
        let files = try Self.files()
        let (set, diagnostics) = PolicySet.read(files)
        #expect(diagnostics.isEmpty, "\(diagnostics)")
        #expect(set.policies.count >= 10)
        #expect(set.policies.map(\.place.file).sorted() == files.map(\.path))
        for policy in set.policies {
            #expect(policy.place.file == "policies/\(policy.name).yaml")
            let expectations = Set((policy.spec.tests ?? []).map(\.expect))
            #expect(expectations == [.pass, .violation], "\(policy.name)")
        }
    }

    @Test("the tests that they carry pass")
    func ownTests() throws {
        for result in PolicyTests.run(PolicySet.read(try Self.files()).set) {
            #expect(result.hasPassed, "\(result.policy): \(result.test): \(result.failure ?? "")")
        }
    }

    @Test("the page beside them has a line for each")
    func readme() throws {
        let page = try String(contentsOf: Self.folder.appending(path: "README.md"), encoding: .utf8)
        for policy in PolicySet.read(try Self.files()).set.policies {
            #expect(page.contains("| `\(policy.name)` |"), "\(policy.name)")
        }
    }
}
