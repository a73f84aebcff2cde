import Foundation
import TestSupport
import Testing

/// Where options come from, and what colour and secrets do.
@Suite("settings on the built binary")
struct SettingsTests {
    @Test("a flag beats the environment, which beats the config file")
    func precedence() throws {
        let world = try World.fresh()
        try Data("source: \(world.fleet)\nstore: sqlite:from-file.db\n".utf8)
            .write(to: URL(fileURLWithPath: "\(world.root)/clara.yaml"))
        let none = ["CLARA_STORE": "", "CLARA_SOURCE": ""]
        #expect(try world.clara(["apply", "--auto-approve"], environment: none).status == 0)
        #expect(exists("from-file.db", world))
        let named = ["CLARA_STORE": "sqlite:from-environment.db", "CLARA_SOURCE": ""]
        #expect(try world.clara(["apply", "--auto-approve"], environment: named).status == 0)
        #expect(exists("from-environment.db", world))
        let arguments = ["apply", "--auto-approve", "--store", "sqlite:from-flag.db"]
        #expect(try world.clara(arguments, environment: named).status == 0)
        #expect(exists("from-flag.db", world))
    }

    private func exists(_ name: String, _ world: World) -> Bool {
        FileManager.default.fileExists(atPath: "\(world.root)/\(name)")
    }

    @Test("a config file with an unknown option is an error at its place")
    func unknownOption() throws {
        let world = try World.fresh()
        try Data("sorce: .\n".utf8).write(to: URL(fileURLWithPath: "\(world.root)/clara.yaml"))
        let run = try world.clara(["plan"])
        #expect(run.status == 1)
        #expect(run.errors.contains("clara.yaml:1:1"))
    }

    @Test("a pipe gets no colour, a terminal does, and NO_COLOR is obeyed")
    func colour() throws {
        let world = try World.fresh()
        #expect(try !world.clara(["plan"]).output.contains("\u{1B}["))
        let places = ["CLARA_SOURCE": world.fleet, "CLARA_STORE": "sqlite:\(world.database)"]
        let onTerminal = "script -qec '\(Programs.claraPath) plan' /dev/null < /dev/null"
        let coloured = try Programs.shell(
            onTerminal,
            in: world.root,
            environment: places.merging(["TERM": "xterm"]) { $1 }
        )
        #expect(coloured.output.contains("\u{1B}["))
        let plain = try Programs.shell(
            onTerminal,
            in: world.root,
            environment: places.merging(["TERM": "xterm", "NO_COLOR": "1"]) { $1 }
        )
        #expect(!plain.output.contains("\u{1B}["))
    }

    @Test("the work tree shows what is not committed, and HEAD does not")
    func worktree() throws {
        let world = try World.settled()
        let file = "\(world.fleet)/tenants/acme/tenant.yaml"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try Data(
            text.replacingOccurrences(of: "displayName: Acme", with: "displayName: Acme & Co").utf8
        )
        .write(to: URL(fileURLWithPath: file))
        #expect(try world.clara(["plan", "--detailed-exitcode"]).status == 0)
        let run = try world.clara(["plan", "--worktree", "--detailed-exitcode"])
        #expect(run.status == 2)
        #expect(run.output.contains("Acme & Co"))
    }

    @Test("a literal secret is refused and never printed, in any format or log")
    func literalSecret() throws {
        let secret = "hunter2-is-not-a-key"
        let world = try World.fresh()
        try world.write(
            "tenants/acme/more.yaml",
            """
            apiVersion: clara.dev/v1
            kind: Credential
            metadata: {name: other}
            spec: {provider: openai, apiKey: \(secret)}

            """
        )
        try world.commit()
        for arguments in [
            ["validate"], ["validate", "--format", "json"], ["validate", "--format", "github"],
            ["validate", "--format", "sarif"], ["plan"], ["plan", "--format", "json"],
            ["plan", "--format", "markdown"], ["apply", "--auto-approve", "--log-level", "trace"],
            ["drift"], ["status"],
        ] {
            let run = try world.clara(arguments)
            #expect(!(run.output + run.errors).contains(secret), "\(arguments)")
        }
        #expect(try !world.query(".dump").contains(secret))
    }

    @Test("logs are JSON where that is asked for")
    func jsonLogs() throws {
        let run = try World.fresh().clara([
            "apply", "--auto-approve", "--log-format", "json", "--log-level", "info",
        ])
        let lines = run.errors.split(separator: "\n").filter { $0.hasPrefix("{") }
        #expect(!lines.isEmpty)
        for line in lines {
            #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any])
        }
    }
}
