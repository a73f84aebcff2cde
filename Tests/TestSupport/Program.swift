import Foundation
import Glibc

/// What a run of a program left behind.
public struct Run: Sendable {
    /// The exit status, or 128 and the signal that ended it.
    public let status: Int32
    /// What it wrote to stdout.
    public let output: String
    /// What it wrote to stderr.
    public let errors: String
}

/// A program that could not be started.
public struct ProgramFailure: Error, CustomStringConvertible {
    /// What failed and why.
    public let description: String

    /// Describes a failure.
    public init(_ description: String) { self.description = description }
}

/// A program to be run to its end, with its output in files: one that prints much never waits for
/// a reader.
///
/// It is started by `posix_spawn` without the files that the test process has open, since a server
/// that inherits them would keep other tests' programs from ever seeming to end.
public struct Program: Sendable {
    private let path: String
    private let environment: [String: String]

    /// - Parameters:
    ///   - path: the executable.
    ///   - environment: all of its environment.
    public init(path: String, environment: [String: String]) {
        self.path = path
        self.environment = environment
    }

    /// Runs it to its end.
    ///
    /// - Parameters:
    ///   - arguments: what follows its name.
    ///   - folder: where it is run.
    /// - Throws: `ProgramFailure` where it cannot be started.
    public func run(_ arguments: [String], in folder: String) throws -> Run {
        let name = NSTemporaryDirectory() + "/clara-run-\(UUID().uuidString)"
        let (output, errors) = ("\(name).out", "\(name).err")
        defer {
            unlink(output)
            unlink(errors)
        }
        let status = try spawn(arguments, in: folder, output: output, errors: errors)
        return Run(
            status: status,
            output: try String(contentsOfFile: output, encoding: .utf8),
            errors: try String(contentsOfFile: errors, encoding: .utf8)
        )
    }

    private func spawn(
        _ arguments: [String],
        in folder: String,
        output: String,
        errors: String
    ) throws -> Int32 {
        Self.keepsInheritedFiles
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        let writing = O_WRONLY | O_CREAT | O_APPEND
        posix_spawn_file_actions_addopen(&actions, 1, output, writing, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, writing, 0o600)
        // The shell changes the folder, since glibc shows its own call for that to C only.
        let shell = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder]
        let words = (shell + [path] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { (words + variables).forEach { free($0) } }
        var id: pid_t = 0
        let code = posix_spawn(&id, shell[0], &actions, nil, words, variables)
        guard code == 0 else {
            throw ProgramFailure("\(path): \(String(cString: strerror(code)))")
        }
        return Self.wait(for: id)
    }

    private static func wait(for id: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
    }

    /// Files that the test process was itself started with.
    private static let keepsInheritedFiles: Void = {
        for descriptor in Int32(3)..<64 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    }()
}
