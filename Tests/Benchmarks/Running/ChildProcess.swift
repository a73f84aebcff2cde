import Foundation

/// A program to run, and what it cost once it has.
struct ChildProcess {
    let program: String
    let arguments: [String]
    var input = "/dev/null"
    var output = "/dev/null"
    var messages = "/dev/null"

    /// Runs the program to its end.
    ///
    /// Peak memory is the kernel's, which counts from the peak of the process that started it: this
    /// one stays small.
    ///
    /// - Parameter code: the exit code that says that the program did what is to be measured.
    /// - Throws: `RunFailure` where it ends otherwise.
    @discardableResult
    func run(expecting code: Int32) throws -> Cost {
        let start = ContinuousClock.now
        let child = try spawn()
        var (status, usage) = (Int32(0), rusage())
        while wait4(child, &status, 0, &usage) < 0 {
            guard errno == EINTR else { throw RunFailure.notStarted(program, errno) }
        }
        let wall = ContinuousClock.now - start
        // The exit code as wait(2) packs it; a signal leaves its number in the low bits.
        guard status & 0x7F == 0, status >> 8 == code else {
            throw RunFailure.ended(command, status: status, messages: messages)
        }
        return Cost(
            wall: wall.seconds,
            cpu: usage.cpuSeconds,
            peakBytes: Int(usage.ru_maxrss) * Self.bytesPerUnit
        )
    }

    /// `ru_maxrss` is in KiB on Linux, see getrusage(2).
    private static let bytesPerUnit = 1024

    private var command: String { ([program] + arguments).joined(separator: " ") }

    private func spawn() throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)
        for (descriptor, path) in [(STDOUT_FILENO, output), (STDERR_FILENO, messages)] {
            posix_spawn_file_actions_addopen(
                &actions,
                descriptor,
                path,
                O_WRONLY | O_CREAT | O_TRUNC,
                0o600
            )
        }
        var words = ([program] + arguments).map { strdup($0) }
        words.append(nil)
        defer { words.forEach { free($0) } }
        var child: pid_t = 0
        let code = posix_spawn(&child, program, &actions, nil, words, environ)
        guard code == 0 else { throw RunFailure.notStarted(program, code) }
        return child
    }
}

/// Why there is nothing to measure.
enum RunFailure: Error, CustomStringConvertible {
    case notStarted(String, Int32)
    case ended(String, status: Int32, messages: String)

    var description: String {
        switch self {
        case .notStarted(let program, let code):
            "\(program) could not be run: \(String(cString: strerror(code)))"
        case .ended(let command, let status, _) where status & 0x7F != 0:
            "`\(command)` was ended by signal \(status & 0x7F)"
        case .ended(let command, let status, let messages):
            "`\(command)` ended with \(status >> 8), so it did not do what is measured here\n"
                + String(
                    decoding: FileManager.default.contents(atPath: messages) ?? Data(),
                    as: UTF8.self
                )
        }
    }
}
