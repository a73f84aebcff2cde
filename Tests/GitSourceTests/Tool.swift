import Foundation
import Glibc

/// A program that the tests need, and that a machine may lack.
enum Tool: String {
    case git, openssl, nginx, fcgiwrap, sshd
    case sshKeygen = "ssh-keygen"

    /// Where it is; servers are often outside the PATH of a user.
    var path: String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return (folders.map(String.init) + ["/usr/sbin", "/usr/local/sbin", "/usr/bin"])
            .map { "\($0)/\(rawValue)" }
            .first(where: FileManager.default.isExecutableFile(atPath:))
    }

    /// Whether all of these can be run.
    static func has(_ tools: Tool...) -> Bool {
        tools.allSatisfy { $0.path != nil }
    }

    /// A command that could not be run, or that ended with a status other than 0.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Runs to the end and returns what was printed, without the last newline.
    /// - Parameter input: A file to read from.
    @discardableResult
    func run(
        _ arguments: [String],
        input: String = "/dev/null"
    ) throws -> String {
        let scratch = try Scratch()
        let child = try start(
            arguments,
            input: input,
            output: scratch("output"),
            errors: scratch("errors")
        )
        let status = child.wait()
        guard status == 0 else {
            let words = try String(contentsOfFile: scratch("errors"), encoding: .utf8)
            throw Failure(
                description: "\(rawValue) \(arguments.joined(separator: " ")): \(status) \(words)"
            )
        }
        let text = try String(contentsOfFile: scratch("output"), encoding: .utf8)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    /// What the test process itself was started with is not handed on: a server that outlived it
    /// would keep a pipe or a lock of whoever runs the tests.
    private static let keepsInheritedFiles: Void = {
        for descriptor in Int32(3)..<64 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    }()

    /// Starts it as the leader of a process group of its own.
    func start(
        _ arguments: [String],
        input: String = "/dev/null",
        output: String,
        errors: String
    ) throws -> Child {
        guard let path else { throw Failure(description: "\(rawValue) is not installed") }
        Self.keepsInheritedFiles
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let writing = O_WRONLY | O_CREAT | O_APPEND
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, writing, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, writing, 0o600)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        let variables = Self.environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { (words + variables).forEach { free($0) } }
        var id: pid_t = 0
        let code = posix_spawn(&id, path, &actions, &attributes, words, variables)
        guard code == 0 else {
            throw Failure(description: "\(path): \(String(cString: strerror(code)))")
        }
        return Child(id: id)
    }

    /// Nothing of the user's configuration, and the same author and dates each time.
    private static let environment: [String: String] = [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
        "HOME": "/nonexistent", "LC_ALL": "C", "TZ": "UTC",
        "GIT_CONFIG_GLOBAL": "/nonexistent/gitconfig", "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org",
        "GIT_AUTHOR_DATE": "2026-01-02T03:04:05Z",
        "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org",
        "GIT_COMMITTER_DATE": "2026-01-02T03:04:05Z",
    ]
}

/// A process that a test has started.
struct Child {
    let id: pid_t

    /// Waits for its end: the exit status, or 128 and the signal.
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
    }

    /// Whether it has ended. Only asked of one that nobody waits for.
    var hasEnded: Bool {
        var information = siginfo_t()
        return waitid(P_PID, id_t(id), &information, WEXITED | WNOHANG | WNOWAIT) != 0
            || information.si_signo != 0
    }

    /// Kills it and what it has started, and waits for its end.
    func kill() {
        Glibc.kill(-id, SIGKILL)
        _ = wait()
    }
}
