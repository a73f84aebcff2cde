import Foundation
import ManifestLoading
import TestSupport
import Testing

@Suite("A broken fleet is shown")
struct GoldenRenderingTests {
    private static let folder = Project.tests.appending(path: "Golden")
    private static let fleet = FleetFolder(root: folder.appending(path: "broken-fleet"))

    static let renderers: [(file: String, renderer: any DiagnosticRenderer)] = [
        ("broken-fleet.txt", DiagnosticText(style: .plain)),
        ("broken-fleet.coloured.txt", DiagnosticText(style: .coloured)),
        ("broken-fleet.json", DiagnosticJSON()),
        ("broken-fleet.github.txt", DiagnosticGitHub(pathPrefix: "fleets/main")),
        ("broken-fleet.sarif", DiagnosticSARIF(version: "1.2.3", pathPrefix: "fleets/main")),
    ]

    @Test("as its golden file says", arguments: renderers.map(\.file))
    func golden(_ file: String) throws {
        let renderer = try #require(Self.renderers.first { $0.file == file }?.renderer)
        let text = renderer.render(try Self.fleet.diagnostics())
        try GoldenFile(url: Self.folder.appending(path: file)).expect(text)
    }

    @Test("the same whatever the order of its diagnostics", arguments: renderers.map(\.file))
    func order(_ file: String) throws {
        let renderer = try #require(Self.renderers.first { $0.file == file }?.renderer)
        var random = SplitMix64(seed: SplitMix64.seed)
        let diagnostics = try Self.fleet.diagnostics()
        #expect(
            renderer.render(diagnostics.shuffled(using: &random)) == renderer.render(diagnostics)
        )
    }

    @Test("without the secrets that were pasted into it", arguments: renderers.map(\.file))
    func secrets(_ file: String) throws {
        let renderer = try #require(Self.renderers.first { $0.file == file }?.renderer)
        let text = renderer.render(try Self.fleet.diagnostics())
        #expect(!text.contains("hunter2"))
        #expect(!text.contains("3qvNzQxHuRZ9CwmmEhTfK7bYp"))
    }
}
