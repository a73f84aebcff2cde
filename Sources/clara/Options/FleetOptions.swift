import ArgumentParser
import Foundation
import GitSource

/// The options of every command.
struct CommonOptions: ParsableArguments {
    @Option(help: "The config file. Default: clara.yaml, where there is one.")
    var config: String?

    @Option(
        help:
            "How much is logged to stderr: one of trace, debug, info, notice, warning, error, critical."
    )
    var logLevel: String?

    @Option(help: "How it is logged: text or json.")
    var logFormat: String?

    /// Reads environment and config file, and starts logging.
    func settings() throws -> Settings {
        let settings = try Settings(config: config)
        try Logs.start(
            level: settings.value("log-level", flag: logLevel),
            format: settings.value("log-format", flag: logFormat)
        )
        return settings
    }
}

/// The options that name a fleet.
struct SourceOptions: ParsableArguments {
    @Option(
        help:
            "The fleet: a folder, or a repository's address, with //folder where it is not at the top. Default: ."
    )
    var source: String?

    @Option(
        help: "The branch, tag or commit, with ~2 or ^ to go back from it. Default: HEAD."
    )
    var ref: String?

    @Flag(help: "Read the files as they are on disk, uncommitted ones too.")
    var worktree = false

    @Option(help: "Where remote repositories are mirrored. Default: ~/.cache/clara.")
    var cacheDir: String?

    @Option(help: "PEM certificates that replace the system's authorities for https.")
    var caFile: String?

    @Option(help: "A private key, ed25519 or ecdsa, for ssh. Default: the agent's.")
    var sshKey: String?

    @Option(help: "The file of ssh host keys. Default: ~/.ssh/known_hosts.")
    var knownHosts: String?

    func validate() throws {
        if worktree, ref != nil {
            throw ValidationError(
                "--worktree reads the files on disk; --ref names a commit: give one of them"
            )
        }
    }

    /// Opens the fleet.
    ///
    /// - Parameter revision: the one to open; nil for what `--ref` names.
    func open(_ settings: Settings, at revision: NamedRevision? = nil) async throws
        -> any SourceTree
    {
        do {
            let address = try SourceAddress(
                parsing: settings.value("source", flag: source) ?? "."
            )
            if worktree, revision == nil { return try await GitSource.openWorktree(address) }
            return try await GitSource.open(
                address,
                options: options(settings, at: revision?.text)
            )
        } catch {
            throw CommandFailure.source(error, naming: revision?.flag ?? "--ref")
        }
    }

    /// The fleet as something that is looked at again and again.
    func poller(_ settings: Settings) throws -> any PolledSource {
        do {
            let address = try SourceAddress(
                parsing: settings.value("source", flag: source) ?? "."
            )
            if worktree { return WorktreePoller(address) }
            return GitPoller(address, options: options(settings, at: nil))
        } catch {
            throw CommandFailure.error("\(error)")
        }
    }

    private func options(_ settings: Settings, at revision: String?) -> GitOptions {
        let home = settings.variables["HOME"] ?? "/"
        let key = settings.value("ssh-key", flag: sshKey)
        return GitOptions(
            cacheDirectory: settings.value("cache-dir", flag: cacheDir)
                ?? cacheHome(settings, home),
            reference: revision ?? settings.value("ref", flag: ref),
            token: settings.secret("git-token").map { AccessToken($0) },
            caFile: settings.value("ca-file", flag: caFile),
            identity: key.map { .key(path: $0, passphrase: settings.secret("ssh-passphrase")) }
                ?? .agent,
            knownHosts: settings.value("known-hosts", flag: knownHosts)
                ?? "\(home)/.ssh/known_hosts"
        )
    }

    /// The XDG Base Directory Specification's cache folder.
    private func cacheHome(_ settings: Settings, _ home: String) -> String {
        let base = settings.variables["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (base ?? "\(home)/.cache") + "/clara"
    }
}

/// A revision that a flag other than `--ref` names.
struct NamedRevision {
    let text: String
    let flag: String
}

extension CommandFailure {
    /// A source that cannot be opened; the flag is named where another name would mend it.
    fileprivate static func source(_ error: GitError, naming flag: String) -> CommandFailure {
        switch error.reason {
        case .referenceNotFound, .referenceAmbiguous:
            .error("\(flag): \(error)")
        default: .error("\(error)")
        }
    }
}
