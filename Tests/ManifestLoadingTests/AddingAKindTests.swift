import Foundation
import Testing

@Suite("docs/adding-a-kind.md")
struct AddingAKindTests {
    private static let page = Project.root.appending(path: "docs/adding-a-kind.md")

    @Test("names only places that exist")
    func places() throws {
        let text = try String(contentsOf: Self.page, encoding: .utf8)
        let quoted = text.split(separator: "`").map(String.init)
        let paths = quoted.filter { path in
            ["Sources/", "Tests/", "docs/", "examples/"].contains(where: path.hasPrefix)
        }
        #expect(paths.count >= 12)
        for path in paths {
            #expect(
                FileManager.default.fileExists(atPath: Project.root.appending(path: path).path),
                "\(path)"
            )
        }
    }

    @Test("names every file of the sources that tells kinds apart")
    func complete() throws {
        let text = try String(contentsOf: Self.page, encoding: .utf8)
        let sources = Project.root.appending(path: "Sources")
        let files =
            FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String } ?? []
        for file in files where file.hasSuffix(".swift") {
            let code = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
            guard Self.tellsKindsApart(code) else { continue }
            let folder = file.split(separator: "/").dropLast().joined(separator: "/")
            #expect(
                text.contains("`Sources/\(file)`") || text.contains("`Sources/\(folder)/`"),
                "Sources/\(file) switches over the kinds and is not listed"
            )
        }
    }

    /// Whether a `switch` has a case for at least five of the six kinds.
    private static func tellsKindsApart(_ code: String) -> Bool {
        let kinds = ["tenant", "credential", "quota", "knowledgeBase", "prompt", "schedule"]
        return kinds.count { kind in
            ["case .\(kind):", "case .\(kind)(", "case .resource(.\(kind))", "case .\(kind),"]
                .contains { code.contains($0) }
        } >= 5
    }
}
