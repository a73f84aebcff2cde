import TestSupport
import Testing

/// What a command is run on, and how it must end.
struct Expectation: Sendable, CustomTestStringConvertible {
    let situation: Situation
    let arguments: [String]
    let status: Int32

    var testDescription: String {
        "\(situation.rawValue): clara \(arguments.joined(separator: " ")) exits \(status)"
    }
}

/// The situations in which a command can be run.
enum Situation: String, CaseIterable, Sendable {
    case fresh, settled, drifted, blocked, brokenFleet, notARepository, notADatabase

    func make() throws -> World {
        switch self {
        case .fresh: try World.fresh()
        case .settled: try World.settled()
        case .drifted: try World.drifted()
        case .blocked: try World.blocked()
        case .brokenFleet: try World.brokenFleet()
        case .notARepository: try World.notARepository()
        case .notADatabase: try World.notADatabase()
        }
    }
}

/// Every command in every situation and every format, on the built binary.
@Suite("exit codes")
struct ExitCodeTests {
    /// The exit codes in a situation of: validate, plan, plan --detailed-exitcode, drift,
    /// drift --detailed-exitcode, status, apply without a terminal, apply --auto-approve.
    private static let table: [(Situation, [Int32])] = [
        (.fresh, [0, 0, 2, 0, 0, 0, 3, 0]),
        (.settled, [0, 0, 0, 0, 0, 0, 0, 0]),
        (.drifted, [0, 0, 2, 0, 2, 0, 3, 0]),
        (.blocked, [1, 4, 4, 4, 4, 0, 3, 4]),
        (.brokenFleet, [1, 1, 1, 1, 1, 0, 1, 1]),
        (.notARepository, [1, 1, 1, 1, 1, 0, 1, 1]),
        (.notADatabase, [0, 1, 1, 1, 1, 1, 1, 1]),
    ]

    private static let commands: [(arguments: [String], formats: [String])] = [
        (["validate"], ["text", "json", "github", "sarif"]),
        (["plan"], ["text", "json", "markdown"]),
        (["plan", "--detailed-exitcode"], ["text", "json", "markdown"]),
        (["drift"], ["text", "json", "markdown"]),
        (["drift", "--detailed-exitcode"], ["text", "json", "markdown"]),
        (["status"], ["text", "json"]),
        (["apply"], ["text", "json", "markdown"]),
        (["apply", "--auto-approve"], ["text", "json", "markdown"]),
    ]

    @Test("a command exits with the same code in every format", arguments: Situation.allCases)
    func matrix(situation: Situation) throws {
        let codes = try #require(Self.table.first { $0.0 == situation }?.1)
        let world = try situation.make()
        for (command, code) in zip(Self.commands, codes) {
            for format in command.formats {
                // An apply changes the world: each run gets its own.
                let place = command.arguments[0] == "apply" ? try situation.make() : world
                let run = try place.clara(command.arguments + ["--format", format])
                let expectation = Expectation(
                    situation: situation,
                    arguments: command.arguments + [format],
                    status: code
                )
                #expect(run.status == code, "\(expectation.testDescription)\n\(run.errors)")
                checkDocument(run, format, expectation)
                checkExplanation(run, expectation)
            }
        }
    }

    /// A machine-readable format is a document however the command ends.
    private func checkDocument(_ run: Run, _ format: String, _ expectation: Expectation) {
        if format == "markdown" {
            #expect(!run.output.isEmpty, "\(expectation.testDescription): no comment")
        }
        guard format == "json" || format == "sarif" else { return }
        #expect(run.json != nil, "\(expectation.testDescription)\n\(run.output)")
    }

    @Test(
        "a failure is a comment that says why",
        arguments: [["plan"], ["drift"], ["apply", "--auto-approve"]]
    )
    func comment(command: [String]) throws {
        let world = try World.settled()
        try world.remove("tenants")
        try world.commit()
        let empty = try world.clara(command + ["--format", "markdown"])
        #expect(empty.status == 3)
        #expect(empty.output.contains("--allow-empty"), "\(empty.output)")
        let broken = try World.brokenFleet().clara(command + ["--format", "markdown"])
        #expect(broken.status == 1)
        #expect(broken.output.contains("fleet.yaml:3"), "\(broken.output)")
    }

    @Test("a failure's document names its outcome and its exit code, and has no prefix")
    func failureDocument() throws {
        let failed = try World.fresh().clara(["plan", "--ref", "nosuch", "--format", "json"])
        let document = try #require(failed.json as? [String: Any])
        #expect(document["outcome"] as? String == "error")
        #expect(document["exit_code"] as? Int == 1)
        #expect((document["error"] as? String)?.hasPrefix("error") == false)
    }

    @Test(
        "a revision that is not there is an error that names no other flag",
        arguments: [
            ["plan", "--ref", "nosuch"], ["plan", "--at", "nosuch"], ["plan", "--base", "nosuch"],
            ["rollback", "--to", "nosuch"],
        ]
    )
    func unknownRevision(command: [String]) throws {
        let run = try World.fresh().clara(command)
        #expect(run.status == 1)
        #expect(run.errors.contains("'nosuch'"))
        #expect(run.errors.contains("--ref") == command.contains("--ref"), "\(run.errors)")
    }

    /// A command that did not do what it was asked says why.
    private func checkExplanation(_ run: Run, _ expectation: Expectation) {
        guard run.status == 1 || run.status == 3 else { return }
        #expect(
            !run.errors.isEmpty || !run.output.isEmpty,
            "\(expectation.testDescription): silent"
        )
    }

    @Test(
        "a wrong command line is an error",
        arguments: [
            ["plann"], ["plan", "--formt", "json"], ["plan", "--format", "yaml"],
            ["plan", "--worktree", "--ref", "main"], ["tenant"], ["tenant", "new"],
            ["tenant", "new", "Not A Name"], ["tenant", "new", "clara"],
            ["tenant", "new", "clara-x"], ["plan", "--target", "a/b/c/d"],
            ["plan", "--target", "acme/Shedule/x"], ["plan", "--store", "clara.db"],
            ["plan", "--store", "postgresql://localhost/clara"], ["plan", "--log-level", "loud"],
            ["plan", "--config", "/nonexistent/clara.yaml"],
        ]
    )
    func wrongCommandLine(arguments: [String]) throws {
        let world = try World.fresh()
        let run = try world.clara(arguments)
        // A group without its subcommand prints its help, which is no error.
        #expect(run.status == (arguments == ["tenant"] ? 0 : 1), "\(run.errors)")
        #expect(!(run.errors + run.output).isEmpty)
    }

    @Test(
        "a mistyped subcommand is an error that offers the right one",
        arguments: [
            (["plna"], "plan"), (["polcy", "test"], "policy"), (["policy", "tset"], "test"),
            (["history", "shwo"], "show"),
        ]
    )
    func nearMiss(command: [String], meant: String) throws {
        let run = try Programs.clara(command, in: "/")
        #expect(run.status == 1)
        #expect(run.errors.contains("did you mean `\(meant)`?"), "\(run.errors)")
    }

    @Test(
        "a target that names nothing is an error that names it",
        arguments: [
            ["plan", "--target", "acne"], ["plan", "--target", "acme/Prompt/acne"],
            ["validate", "--target", "acne"], ["status", "--target", "acne"],
        ]
    )
    func unknownTarget(arguments: [String]) throws {
        let run = try World.settled().clara(arguments)
        #expect(run.status == 1)
        #expect(run.errors.contains("acne"))
    }

    @Test(
        "help has examples and exits 0",
        arguments: ["init", "plan", "apply", "drift", "status", "validate", "schema"]
    )
    func help(command: String) throws {
        let run = try Programs.clara([command, "--help"], in: "/")
        #expect(run.status == 0)
        #expect(run.output.contains("Example"))
        #expect(run.output.contains("clara \(command)"))
    }

    @Test("completions exist for every shell", arguments: ["bash", "zsh", "fish"])
    func completions(shell: String) throws {
        let run = try Programs.clara(["--generate-completion-script", shell], in: "/")
        #expect(run.status == 0)
        #expect(run.output.contains("detailed-exitcode"))
    }
}
