import Foundation
import ManifestLoading
import Testing

@Suite("The fuzzer's corpora")
struct CorpusTests {
    static let files: [String] = ["manifests", "yaml"].flatMap { folder in
        // A folder that cannot be listed shows as an empty one, which `exists` reports.
        ((try? FileManager.default.contentsOfDirectory(atPath: Self.url(folder).path)) ?? [])
            .sorted().map { "\(folder)/\($0)" }
    }

    private static func url(_ path: String) -> URL {
        Project.root.appending(path: "Tests/Fuzzing/Corpus").appending(path: path)
    }

    @Test("are there")
    func exists() {
        #expect(Self.files.count { $0.hasPrefix("manifests/") } >= 15)
        #expect(Self.files.count { $0.hasPrefix("yaml/") } >= 15)
    }

    @Test("are read without a crash and within the limits", arguments: files)
    func replay(_ name: String) throws {
        let bytes = Array(try Data(contentsOf: Self.url(name)))
        let file = ManifestReader.read(bytes, path: name)
        #expect(file.diagnostics.count <= 2 * ManifestReader.mostDiagnostics + 2)
        #expect(!DiagnosticText(style: .coloured).render(file.diagnostics).isEmpty)
    }
}
