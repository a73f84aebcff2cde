import Testing

@Suite("Documents")
struct DocumentTests {
    private static let documents =
        ["README.md"] + Project.paths(below: "docs", suffix: ".md")
        + Project.paths(below: "policies", suffix: ".md")

    @Test("every link in the documents leads to a file", arguments: documents)
    func linksResolve(document: String) {
        let text = Project.text(of: document)
        #expect(!text.isEmpty, "\(document) is missing or empty")
        let violations = DocumentRules.deadLinks(in: text, at: document, exists: Project.exists)
        #expect(violations.isEmpty, "\(violations.report)")
    }

    @Test("every document that the code and the scripts name is there")
    func mentionsResolve() {
        let sources = Project.sources.map { file in
            (file.path, file.lines.map(\.raw).joined(separator: "\n"))
        }
        let scripts = Project.children(of: "scripts").map { "scripts/\($0)" } + ["Package.swift"]
        let violations = (sources + scripts.map { ($0, Project.text(of: $0)) }).flatMap {
            path,
            text in
            DocumentRules.deadMentions(in: text, at: path, exists: Project.exists)
        }
        #expect(violations.isEmpty, "\(violations.report)")
    }

    @Test("docs/dependencies.md gives a reason for every dependency, and lists no other")
    func dependenciesHaveReasons() {
        let arrows = PackageArrows(Project.text(of: "Package.swift"))
        let installed = DocumentRules.installedPackages(in: Project.text(of: "scripts/setup"))
        #expect(!arrows.packages.isEmpty && !arrows.libraries.isEmpty && !installed.isEmpty)
        let path = "docs/dependencies.md"
        let violations = DocumentRules.dependencyViolations(
            in: Project.text(of: path),
            at: path,
            used: arrows.packages.union(arrows.libraries).union(installed)
        )
        #expect(violations.isEmpty, "\(violations.report)")
    }

    @Test("decisions are numbered without a gap")
    func decisionsAreNumbered() throws {
        let numbers = try Project.children(of: "docs/decisions").filter { $0 != "README.md" }.map {
            try #require(Int($0.prefix(4)), "docs/decisions/\($0) must begin with four digits")
        }
        #expect(!numbers.isEmpty && numbers == Array(1...numbers.count))
    }

    // MARK: The rules catch what they are for

    @Test("a link to nowhere is caught at its line, and others are let through")
    func plantedLink() {
        let text = """
            [a](architecture.md) [b](../README.md#the-flow) [c](#here)
            [d](https://example.com/x) [e](gone.md) [f](decisions/0001-gone.md)
            """
        let known = ["docs/architecture.md", "README.md"]
        let found = DocumentRules.deadLinks(in: text, at: "docs/x.md") { known.contains($0) }
        #expect(found.map(\.line) == [2, 2])
        let mention = DocumentRules.deadMentions(in: "See `docs/gone.md`.", at: "a") { _ in false }
        #expect(mention.count == 1)
    }

    @Test("a dependency without a line, a line without a dependency or a reason are caught")
    func plantedDependencies() {
        let text = """
            - `libfoo`: reads the format that everybody else writes.
            - `libbar`: reads what nobody writes any more, thoroughly.
            - `libbaz`: why not
            """
        let found = DocumentRules.dependencyViolations(
            in: text,
            at: "d.md",
            used: ["libfoo", "libbaz", "libqux"]
        )
        #expect(found.map(\.line).sorted() == [1, 2, 3])
        #expect(found.contains { $0.message.contains("libqux is used") })
    }

    @Test("the packages that a script installs are read from its lists")
    func installedPackages() {
        let script = "packages=(git libfoo-dev)\ncase x in\n  --tests) packages+=(openssl) ;;\n"
        let found = DocumentRules.installedPackages(in: script)
        #expect(found == ["git", "libfoo-dev", "openssl"])
    }
}
