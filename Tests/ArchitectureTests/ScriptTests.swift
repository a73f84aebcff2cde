import Foundation
import Testing

@Suite("Scripts")
struct ScriptTests {
    private static let scripts = Project.children(of: "scripts").map { "scripts/\($0)" }

    @Test("the scripts that the documents promise are there")
    func promised() {
        let promised = ["bench", "check", "demo", "fuzz", "setup", "test"].map { "scripts/\($0)" }
        #expect(Set(promised).isSubset(of: Self.scripts))
    }

    @Test("a script never has git take a device for its configuration", arguments: scripts)
    func configuration(script: String) throws {
        let text = try String(contentsOfFile: "\(Project.root.path)/\(script)", encoding: .utf8)
        // As root, `git config --global` would put a file in the device's place.
        #expect(!text.contains("GIT_CONFIG_GLOBAL=/dev"), "\(script): name a file of its own")
    }

    @Test(
        "a script says what it does with --help, from any folder, and does nothing",
        arguments: scripts
    )
    func help(script: String) throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: Project.root.path + "/" + script)
        process.arguments = ["--help"]
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(),
            as: UTF8.self
        )
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(script) --help must exit with 0:\n\(text)")
        #expect(
            text.hasPrefix("Usage: \(script)"),
            "\(script) --help must open with its usage:\n\(text)"
        )
    }
}
