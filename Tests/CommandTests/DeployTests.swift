import Foundation
import TestSupport
import Testing

/// The files that people copy: what they run is what the built binary understands.
@Suite("deploy")
struct DeployTests {
    private static let files = DeployFile.all

    @Test(
        "every command line in the deployment files is one that clara knows",
        arguments: files
    )
    func commandLines(file: DeployFile) throws {
        let lines = file.commandLines
        #expect(!lines.isEmpty, "\(file.path) runs no clara: has its form changed?")
        for line in lines {
            let problem = try line.problem()
            #expect(problem == nil, "\(file.path): `\(line)`: \(problem ?? "")")
        }
    }

    @Test("the workflows pin what they use, ask for few rights, and run nobody's code with more")
    func workflows() {
        let workflows = Self.files.filter { $0.path.contains("github-actions/") }
        #expect(workflows.count == 2)
        for file in workflows {
            for use in file.lines.filter({ $0.contains("uses: ") }) {
                #expect(use.contains(/uses: [\w\/-]+@[0-9a-f]{40} # v\d/), "\(file.path): \(use)")
            }
            #expect(file.lines.contains("permissions: {}"), "\(file.path)")
            #expect(!file.lines.contains { $0.hasPrefix("  pull_request_target") }, "\(file.path)")
            // An expression in a script is replaced before the shell sees it: names go through env.
            #expect(!file.scripts.contains("${{"), "\(file.path)")
        }
    }

    @Test("a pull request's policies are tested, and an apply sees the whole history")
    func pipelines() throws {
        let text = Self.files.reduce(into: [:]) { $0[$1.path] = $1.text }
        let plans = ["github-actions/clara-plan.yaml", "gitlab-ci/clara-plan.gitlab-ci.yml"]
        for path in plans { #expect(text[path]?.contains("clara policy test") == true, "\(path)") }
        let gitlab = try #require(text[plans[1]]?.components(separatedBy: "\nclara-apply:").last)
        #expect(gitlab.contains("GIT_DEPTH: \"0\""))
        #expect(text["github-actions/clara-apply.yaml"]?.contains("fetch-depth: 0") == true)
    }

    @Test("the unit is one that systemd accepts", .enabled(if: DeployFile.hasSystemd))
    func unit() throws {
        let world = try World()
        let run = try Programs.shell(
            // The program need not be installed where the unit is checked.
            "sed 's|^ExecStart=.*|ExecStart=/bin/true|' \"$UNIT\" > clara.service "
                + "&& systemd-analyze verify ./clara.service",
            in: world.root,
            environment: ["UNIT": DeployFile.root + "/systemd/clara.service"]
        )
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    }

    // MARK: The checks catch what they are for

    @Test(
        "a planted command line is caught",
        arguments: [
            ("clara plann --format text", "no subcommand"),
            ("clara plan --formt text", "--formt"),
            ("clara plan --format=text --detailed-exit", "--detailed-exit"),
            ("clara validate --auto-approve", "--auto-approve"),
        ]
    )
    func plantedLine(line: String, problem: String) throws {
        let found = try #require(CommandLineText.all(in: line).first)
        #expect(try found.problem()?.contains(problem) == true)
    }

    @Test("command lines are found in shell, and end where they end")
    func lines() {
        let text = """
            x=1 && clara plan --base "$base" \\
              --format markdown >plan.md || code=$?
            ExecStart=/usr/local/bin/clara run
            run: clara validate --format github
            sudo -u clara clara status | head; id=$(clara tenant new acme --timezone UTC)
            label: [clara]
            user clara
            """
        #expect(
            CommandLineText.all(in: text).map(\.description) == [
                "clara plan --base $base --format markdown", "clara run",
                "clara validate --format github", "clara status",
                "clara tenant new acme --timezone UTC",
            ]
        )
    }
}

/// A file below `deploy/`.
struct DeployFile: Sendable, CustomTestStringConvertible {
    /// The folder, found from where this file was compiled.
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("deploy").path

    static let hasSystemd = FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")

    /// Below `deploy/`.
    let path: String
    let text: String

    var testDescription: String { path }

    static let all: [DeployFile] = {
        let names = FileManager.default.enumerator(atPath: root)?.allObjects ?? []
        return names.compactMap { $0 as? String }.sorted().compactMap { name in
            FileManager.default.contents(atPath: "\(root)/\(name)").map {
                DeployFile(path: name, text: String(decoding: $0, as: UTF8.self))
            }
        }
    }()

    var isCode: Bool { !path.hasSuffix(".md") }
    var lines: [String] { text.components(separatedBy: "\n") }

    /// What is run: in a document what stands in backquotes or a fence, elsewhere all but comments.
    var commandLines: [CommandLineText] {
        if isCode {
            let code = lines.filter { !$0.drop { $0 == " " }.hasPrefix("#") }
            return CommandLineText.all(in: code.joined(separator: "\n"))
        }
        let parts = text.components(separatedBy: "```").enumerated()
        return parts.flatMap { number, part -> [CommandLineText] in
            if number % 2 == 1 { return CommandLineText.all(in: part) }
            return part.matches(of: /`(clara [^`]+)`/).flatMap {
                CommandLineText.all(in: String($0.1))
            }
        }
    }

    /// The shell of a workflow: everything below `run:` that is indented deeper.
    var scripts: String {
        var depth: Int?
        return lines.filter { line in
            let indent = line.prefix { $0 == " " }.count
            if let start = depth, indent > start || line.isEmpty { return true }
            depth = line.contains(/^ *(- )?run:/) ? indent : nil
            return depth != nil
        }.joined(separator: "\n")
    }
}

/// A call of `clara` in a piece of shell.
struct CommandLineText: CustomStringConvertible {
    /// What follows the name.
    let words: [String]

    var description: String { (["clara"] + words).joined(separator: " ") }

    /// Every call in a text: the word `clara`, or a path to it, that a subcommand follows.
    static func all(in text: String) -> [CommandLineText] {
        text.replacing(/\\\n\s*/, with: " ").split(separator: "\n").flatMap { line in
            // What ends a command, or begins one inside another.
            line.split { ";|&()`".contains($0) }.compactMap { call(in: $0) }
        }
    }

    private static func call(in line: Substring) -> CommandLineText? {
        let words = line.split(separator: " ").map { $0.filter { !"\"'".contains($0) } }
        let names = words.indices.dropLast().filter { index in
            let isName = words[index] == "clara" || words[index].hasSuffix("/clara")
            return isName && words[index + 1].wholeMatch(of: /[a-z][a-z-]*/) != nil
        }
        // `sudo -u clara clara status`: the last one is the program.
        guard let name = names.last else { return nil }
        let rest = words[(name + 1)...].prefix { !$0.contains(">") && !$0.contains("<") }
        return CommandLineText(words: Array(rest))
    }

    /// What the built binary's help does not know of it; nil where it knows all.
    func problem() throws -> String? {
        var (path, help) = ([String](), "")
        // Words are subcommands as long as the help of the one before lists them.
        for word in words.prefix(while: { !$0.hasPrefix("-") }) {
            let found = try Self.help(path + [word])
            guard found.contains("USAGE: clara \((path + [word]).joined(separator: " "))") else {
                break
            }
            (path, help) = (path + [word], found)
        }
        guard !path.isEmpty else { return "there is no subcommand \(words[0])" }
        // A group runs its default where none of its subcommands is named.
        if let implied = help.firstMatch(of: /\n +([a-z-]+) \(default\)/)?.1 {
            help += try Self.help(path + [String(implied)])
        }
        let flags = words.filter { $0.hasPrefix("--") }.compactMap {
            $0.split(separator: "=").first
        }
        let unknown = try flags.filter { flag in
            try !help.contains(Regex("(^|[ ,])\(flag)($|[ ,\n])").anchorsMatchLineEndings())
        }
        return unknown.isEmpty ? nil : "clara \(path.joined(separator: " ")) has no \(unknown)"
    }

    private static func help(_ path: [String]) throws -> String {
        try Programs.clara(path + ["--help"], in: "/").output
    }
}
