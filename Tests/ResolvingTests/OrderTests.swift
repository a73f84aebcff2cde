import ClaraModel
import ManifestLoading
import TestSupport
import Testing

@testable import Resolving

@Suite("The order of files never matters")
struct OrderTests {
    private static let broken = [
        "tenants/acme/zz.yaml": document("Prompt", "notes", "{system: s, template: t, x: 1}"),
        "tenants/acme/q1.yaml": document("Quota", "a", "{}"),
        "tenants/acme/q2.yaml": document("Quota", "b", "{}"),
        "profiles/other.yaml": document("Profile", "gold", "{}"),
    ]

    @Test("nor to resources, nor to messages", arguments: [[:], broken])
    func order(_ changes: [String: String]) throws {
        var random = SplitMix64(seed: SplitMix64.seed)
        var fleet = TestFleet(changes)
        let expected = fleet.resolve()
        for _ in 0..<50 {
            let seed = random.next()
            fleet.order = { files in
                var random = SplitMix64(seed: seed)
                return files.shuffled(using: &random)
            }
            let shuffled = fleet.resolve()
            #expect(shuffled.diagnostics == expected.diagnostics, "seed \(SplitMix64.seed)")
            #expect(
                shuffled.resources()?.map(\.content) == expected.resources()?.map(\.content),
                "seed \(SplitMix64.seed)"
            )
            let context = try #require(fleet.read().context)
            #expect(context.inputs == TestFleet(changes).read().context?.inputs)
        }
    }
}
