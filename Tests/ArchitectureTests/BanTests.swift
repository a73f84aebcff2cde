import Testing

@Suite("Purity")
struct BanTests {
    @Test("Core has no clock, no chance, no waiting, no files, no output")
    func coreIsPure() {
        let violations = Project.sources.flatMap { BanRules.core.check($0) }
        #expect(violations.isEmpty, "\(violations.report)")
    }

    @Test("Runtime reads no clock and prints nothing")
    func runtimeIsTold() {
        let violations = Project.sources.flatMap { BanRules.runtime.check($0) }
        #expect(violations.isEmpty, "\(violations.report)")
    }

    @Test(
        "every banned word is caught where it is planted",
        arguments: BanRules.core.bans.map(\.word)
    )
    func plantedWord(word: String) {
        let file = SwiftFile(
            path: "Sources/Core/Diffing/Planted.swift",
            content: "    let x = \(word)"
        )
        #expect(
            BanRules.core.check(file).contains { $0.message.contains("`\(word)`") && $0.line == 1 }
        )
    }

    @Test(
        "a banned word in a longer word, a comment or a text is let through",
        arguments: [
            "fingerprint(text)", "// Date() is banned", "let hint = \"never print(this)\"",
            "let subtask = MyTask { 1 }", "/* UUID() */ let a = 1", "#\"Task.sleep \"print(\" \"#",
        ]
    )
    func harmlessWord(code: String) {
        let file = SwiftFile(path: "Sources/Core/Diffing/Planted.swift", content: code)
        #expect(BanRules.core.check(file) == [])
    }

    @Test("a banned word inside an interpolation, and after a text of several lines, is caught")
    func hiddenWord() {
        let code = "let a = \"now: \\(Date())\"\nlet b = \"\"\"\n  Date()\n  \"\"\"\nlet c = UUID()"
        let file = SwiftFile(path: "Sources/Runtime/Applying/Planted.swift", content: code)
        #expect(BanRules.runtime.check(file).map(\.line) == [1, 5])
    }

    @Test("the rules of a floor hold on that floor only")
    func otherFloors() {
        let file = SwiftFile(
            path: "Sources/clara/Commands/Planted.swift",
            content: "let a = Date()"
        )
        #expect(BanRules.core.check(file) + BanRules.runtime.check(file) == [])
    }
}
