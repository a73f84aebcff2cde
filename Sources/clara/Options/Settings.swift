import Foundation
import YAMLSyntax

/// Where options come from: the flag itself, else `CLARA_` + its name in the environment, else the
/// config file, else the default.
struct Settings {
    private let environment: [String: String]
    private let file: [String: String]

    /// The config file that is read where none is named.
    private static let defaultFile = "clara.yaml"
    /// Options that a config file may set. Tokens and passphrases are not among them: a file is
    /// shared, and the environment is not.
    private static let fileOptions: Set<String> = [
        "source", "store", "ref", "cache-dir", "ca-file", "known-hosts", "ssh-key", "log-level",
        "log-format", "actor", "lock-timeout", "interval", "stop-deadline",
    ]

    /// Reads the config file.
    ///
    /// - Parameter path: what `--config` names; it must exist.
    init(
        config path: String?,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        self.environment = environment
        let named = path ?? Self.value(environment, "config")
        file = try Self.read(named ?? Self.defaultFile, mustExist: named != nil)
    }

    /// The value of an option that has no default.
    func value(_ name: String, flag: String?) -> String? {
        flag ?? Self.value(environment, name) ?? file[name]
    }

    /// A value that may only come from the environment, such as a token.
    func secret(_ name: String) -> String? { Self.value(environment, name) }

    /// A value for tests, which no person types and no file sets.
    func variable(_ name: String) -> String? { Self.value(environment, name) }

    /// The environment itself.
    var variables: [String: String] { environment }

    private static func value(_ environment: [String: String], _ name: String) -> String? {
        let variable = "CLARA_" + name.uppercased().replacingOccurrences(of: "-", with: "_")
        return environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func read(_ path: String, mustExist: Bool) throws -> [String: String] {
        guard mustExist || FileManager.default.fileExists(atPath: path) else { return [:] }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure.error("\(path): the config file cannot be read")
        }
        let stream = YAMLParser.parse(SourceText(path: path, bytes: Array(data)))
        if let error = stream.errors.first { throw CommandFailure.error("\(error)") }
        guard let document = stream.documents.first else { return [:] }
        return try options(of: document)
    }

    private static func options(of document: YAMLNode) throws -> [String: String] {
        guard case .mapping(let entries) = document.value else {
            throw CommandFailure.error(
                "\(document.location): a config file is a mapping of options"
            )
        }
        var options: [String: String] = [:]
        for entry in entries {
            guard fileOptions.contains(entry.key), case .string(let text) = entry.value.value else {
                let known = fileOptions.sorted().joined(separator: ", ")
                throw CommandFailure.error(
                    "\(entry.keyLocation): a config file sets, as text, any of \(known)"
                )
            }
            options[entry.key] = text
        }
        return options
    }
}
