import Foundation
import Testing
import YAMLSyntax

@Suite("The fuzzer's corpus")
struct CorpusTests {
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fuzzing/Corpus/yaml")

    static let files: [String] =
        // A folder that cannot be listed shows as an empty one, which is a failure of its own
        // below.
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()

    @Test("is there")
    func exists() {
        #expect(Self.files.count >= 15)
    }

    @Test("is read without a crash and within the limits", arguments: files)
    func replay(_ name: String) throws {
        let bytes = Array(try Data(contentsOf: Self.folder.appending(path: name)))
        let file = SourceText(path: name, bytes: bytes)
        let stream = YAMLParser.parse(file)
        #expect(stream.documents.count <= YAMLLimits.standardDocuments)
        #expect(stream.errors.count <= YAMLLimits.standardErrors + 1)
        for error in stream.errors {
            let line = try #require(file.line(error.location.line), "\(error)")
            #expect(error.location.column <= line.unicodeScalars.count + 1, "\(error)")
        }
    }
}
