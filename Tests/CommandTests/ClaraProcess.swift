import Foundation
import TestSupport

/// The programs that these tests run, with nothing of the caller's environment but the paths.
enum Programs {
    /// The `clara` that was built beside these tests.
    static let claraPath: String = {
        let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        return bundle.deletingLastPathComponent().appendingPathComponent("clara").path
    }()

    /// Runs `clara`.
    static func clara(
        _ arguments: [String],
        in folder: String,
        environment: [String: String] = [:]
    ) throws -> Run {
        let environment = base.merging(environment) { _, given in given }
        return try Program(path: claraPath, environment: environment).run(arguments, in: folder)
    }

    /// Runs a line of shell.
    static func shell(
        _ command: String,
        in folder: String,
        environment: [String: String] = [:]
    ) throws -> Run {
        let environment = base.merging(environment) { _, given in given }
        return try Program(path: "/bin/sh", environment: environment)
            .run(["-c", command], in: folder)
    }

    private static let base: [String: String] = {
        let inherited = ProcessInfo.processInfo.environment
        return [
            "PATH": inherited["PATH"] ?? "/usr/bin:/bin", "HOME": NSTemporaryDirectory(),
            "LANG": "C.UTF-8", "LD_LIBRARY_PATH": inherited["LD_LIBRARY_PATH"] ?? "",
            "GIT_CONFIG_GLOBAL": "/nonexistent/gitconfig", "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Test", "GIT_AUTHOR_EMAIL": "test@clara.example",
            "GIT_COMMITTER_NAME": "Test", "GIT_COMMITTER_EMAIL": "test@clara.example",
        ]
    }()
}

extension Run {
    /// The output as JSON; nil where it is none.
    var json: Any? {
        do {
            return try JSONSerialization.jsonObject(with: Data(output.utf8))
        } catch {
            return nil
        }
    }
}
