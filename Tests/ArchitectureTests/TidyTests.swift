import Testing

@Suite("Tidiness")
struct TidyTests {
    @Test("files, functions and lines are short, and hold no force, no notes and no dead code")
    func filesAreTidy() {
        let files = Project.sources + Project.tests + [Project.manifest]
        let violations = files.flatMap { TidyRules.check($0) }
        #expect(violations.isEmpty, "\(violations.report)")
    }

    @Test("every target opens with a file that says what it owns and what it must never do")
    func targetsOpen() {
        let rows = ImportTable.house.rows.filter { $0.floor != .c }
        let violations = rows.flatMap { row in
            let files = Project.sources.filter { $0.path.hasPrefix(row.folder + "/") }
            return TargetRules.check(row.target, in: row.folder, files)
        }
        #expect(violations.isEmpty, "\(violations.report)")
    }

    // MARK: The rules catch what they are for

    @Test(
        "a planted breach is caught at its line",
        arguments: [
            ("let a = 1\nlet b = try! f()", 2, "try!"),
            ("let a = b as! Int", 1, "as!"),
            ("let a = b!", 1, "force unwrap"),
            ("let a = b!.c", 1, "force unwrap"),
            ("let a = f(b)!\n", 1, "force unwrap"),
            ("var a: Int!\n", 1, "force unwrap"),
            ("    fatalError(\"no\")", 1, "fatalError("),
            ("let a = 1  // TODO: later", 1, "open an issue"),
            ("/* FIXME */", 1, "open an issue"),
            ("// let a = 1", 1, "code in a comment"),
            ("//     return make(a, b)", 1, "code in a comment"),
            ("// if a {", 1, "code in a comment"),
            ("// \(String(repeating: "x", count: 98))", 1, "101 characters"),
        ]
    )
    func plantedBreach(code: String, line: Int, message: String) {
        let found = TidyRules.check(SwiftFile(path: "Sources/Core/Planted.swift", content: code))
        #expect(found.count == 1, "\(found.report)")
        #expect(found.allSatisfy { $0.line == line && $0.message.contains(message) })
    }

    @Test(
        "what only looks like a breach is let through",
        arguments: [
            "if a != b, !c, f(!d) { return !e }", "let text = \"Stop! try! TODO\"",
            "/// let a = b!", "// It would return too early.", "let a = b ?? !c", "#expect(!a)",
            "// Reads what was left there; import of the rest is the caller's.",
            "// \(String(repeating: "x", count: 97))",
            "f(\"\(String(repeating: "x", count: 97))\")",
        ]
    )
    func harmlessCode(code: String) {
        let found = TidyRules.check(SwiftFile(path: "Sources/Core/Planted.swift", content: code))
        #expect(found.isEmpty, "\(found.report)")
    }

    @Test("a file of 401 lines is caught, one of 400 is not", arguments: [400, 401])
    func fileLength(lines: Int) {
        let code = String(repeating: "let a = 1\n", count: lines)
        let found = TidyRules.check(SwiftFile(path: "Sources/Core/Planted.swift", content: code))
        #expect(found.count == (lines > 400 ? 1 : 0))
    }

    @Test(
        "a file that is named after nothing is caught",
        arguments: ["StringUtils.swift", "Helpers.swift", "TenantManager.swift", "Misc+Text.swift"]
    )
    func emptyName(name: String) {
        #expect(TidyRules.check(SwiftFile(path: "Sources/Core/\(name)", content: "")).count == 1)
    }

    @Test("functions are measured from their first word to their closing brace")
    func functionLengths() {
        let code = """
            struct A {
                var stored = 1
                let closure = { 2 }
                var computed: Int {
                    3
                }
                init(_ a: @escaping () -> Int = { 1 }) { stored = a() }
                private static func long(
                    a: [Int], b: () -> Void = {}
                ) -> Int
                where A: B {
                    if a.isEmpty {
                        return "{".count
                    }
                    return 1
                }
                func requirement()
                let other = 1
            }
            """
        let found = FunctionLengths.of(SwiftFile(path: "A.swift", content: code))
        #expect(found.map(\.name) == ["var computed", "init", "func long"])
        #expect(found.map(\.length) == [3, 1, 9])
    }

    @Test("a function of 41 lines is caught, one of 40 is not", arguments: [40, 41])
    func longFunction(lines: Int) {
        let body = String(repeating: "    step()\n", count: lines - 2)
        let file = SwiftFile(
            path: "Sources/Core/Planted.swift",
            content: "func long() {\n\(body)}\n"
        )
        #expect(TidyRules.check(file).count == (lines > 40 ? 1 : 0))
    }

    @Test("a target without its opening, or whose opening names files that are gone, is caught")
    func plantedTargets() {
        let folder = "Sources/Core/Planted"
        func messages(_ name: String, _ content: String) -> [String] {
            let file = SwiftFile(path: "\(folder)/\(name)", content: content)
            return TargetRules.check("Planted", in: folder, [file]).map(\.message)
        }
        let good =
            "import Foundation\n\n/// Owns it; must never leave. See `Planted.swift`.\nenum Planted {}"
        #expect(messages("Planted.swift", good) == [])
        #expect(messages("Other.swift", good).first?.contains("no Planted.swift") == true)
        #expect(messages("Planted.swift", "enum Planted {}").first?.contains("open with") == true)
        #expect(messages("Planted.swift", "/// Owns it.\n").first?.contains("never do") == true)
        let dead =
            "/// Owns it, never leaves.\n/// - `Gone.swift`: what was.\n/// - `Folder/`: more.\n"
        #expect(messages("Planted.swift", dead).count == 2)
    }
}
