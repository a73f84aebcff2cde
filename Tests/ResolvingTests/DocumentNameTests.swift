import ClaraModel
import ManifestLoading
import Testing

@testable import Resolving

@Suite("Names of documents")
struct DocumentNameTests {
    private static let a = "tenants/acme/"
    private static let twins = document(
        "KnowledgeBase",
        "facts",
        "{sources: [{glob: knowledge/*}]}"
    )

    @Test("that only look the same are refused")
    func twinDocuments() {
        let (composed, decomposed) = ("caf\u{E9}.md", "cafe\u{301}.md")
        var fleet = TestFleet([
            Self.a + "base.yaml": Self.twins, Self.a + "knowledge/\(composed)": "one",
        ])
        fleet.order = { files in
            files + [
                FleetFile(
                    path: Self.a + "knowledge/\(decomposed)",
                    contentHash: "git:1",
                    size: 0,
                    bytes: nil
                )
            ]
        }
        let found = fleet.resolve()
        #expect(
            found.places == [Self.a + "base.yaml:4:8 duplicate-resource"],
            "\(found.diagnostics)"
        )
    }
}
