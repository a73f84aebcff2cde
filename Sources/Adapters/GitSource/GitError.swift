/// Why a source could not be opened or read. The text says what happened, where, and what to do.
///
/// No case holds a credential: addresses are kept without their user information.
public struct GitError: Error, Sendable, Equatable {
    /// What happened, for code that decides by it.
    public enum Reason: Sendable, Equatable {
        /// The text does not name a source.
        case invalidAddress(text: String, why: String)
        /// There is no repository at this path or above it.
        case notARepository(path: String)
        /// The repository has no commit yet.
        case emptyRepository(location: String)
        /// No branch, tag or commit has this name; `near` are the names most like it.
        case referenceNotFound(name: String, near: [String])
        /// More than one object begins with this short id.
        case referenceAmbiguous(name: String)
        /// The fleet root is not in this revision.
        case folderNotFound(path: String, revision: Revision)
        /// The host could not be connected to, or the connection broke.
        case unreachable(host: String, why: String)
        /// The host's name has no address.
        case dnsFailure(host: String)
        /// The host did not answer within the time allowed.
        case timedOut(host: String, why: String)
        /// The host refused the credential, or asked for one that was not given.
        case denied(location: String, why: String)
        /// The host has no such repository, or hides it from this credential.
        case repositoryNotFound(location: String)
        /// The host's TLS certificate is not to be trusted.
        case certificateRefused(host: String, why: String)
        /// The SSH host is not in the known-hosts file.
        case hostKeyUnknown(host: String, key: String, file: String?)
        /// The SSH host shows another key than the known-hosts file holds.
        case hostKeyChanged(host: String, key: String, file: String, line: Int)
        /// The host answered with something that is not git.
        case unexpectedAnswer(location: String, why: String)
        /// A path in the fleet that is never read.
        case refusedPath(path: String, why: String)
        /// A file or folder that exists and cannot be read.
        case unreadable(path: String, why: String)
        /// A file of the work tree that changed between being listed and being read.
        case changedWhileReading(path: String)
        /// An object that is missing or damaged.
        case corrupt(what: String)
        /// The cache directory cannot be used.
        case cacheUnusable(path: String, why: String)
        /// Another process holds the mirror.
        case cacheBusy(path: String)
        /// The caller gave up.
        case cancelled
        /// libgit2 refused for a reason that has no case of its own.
        case failed(what: String)
    }

    /// The library's own words, kept for the log and for a search engine.
    public struct Cause: Sendable, Equatable, CustomStringConvertible {
        /// `libgit2`, `libcurl`, `getaddrinfo` or `errno`.
        public var library: String
        /// The code that the call returned.
        public var code: Int
        /// libgit2's error class (`git_error_t`); 0 elsewhere.
        public var category: Int
        /// The library's message.
        public var message: String

        /// `libgit2 -3/9: object not found`.
        public var description: String {
            let number = category == 0 ? "\(code)" : "\(code)/\(category)"
            return "\(library) \(number): \(message)"
        }
    }

    /// What happened.
    public let reason: Reason
    /// What the library said; nil where Clara itself refused.
    public let cause: Cause?

    /// Describes a failure.
    public init(_ reason: Reason, cause: Cause? = nil) {
        self.reason = reason
        self.cause = cause
    }
}

extension GitError: CustomStringConvertible {
    /// What happened, where, and what to do; then the library's own words in parentheses.
    public var description: String {
        cause.map { "\(reason.sentence) (\($0))" } ?? reason.sentence
    }
}

extension GitError.Reason {
    fileprivate var sentence: String {
        sourceSentence ?? remoteSentence ?? contentSentence
    }

    /// Failures to find what was asked for.
    private var sourceSentence: String? {
        switch self {
        case .invalidAddress(let text, let why):
            """
            '\(text)' does not name a source: \(why). Name a folder (./fleet), a bare \
            repository, file:///…, https://host/repository.git, ssh://git@host/repository or \
            git@host:repository, with //folder behind it where the fleet is not at the top
            """
        case .notARepository(let path):
            """
            \(path) is no git repository, nor is any folder above it. Check the path, run 'git \
            init' there, or read the files as they are with --worktree
            """
        case .emptyRepository(let location):
            """
            \(location) has no commit yet. Commit the fleet and push it, or read the files as \
            they are with --worktree
            """
        case .referenceNotFound(let name, let near):
            "no branch, tag or commit is called '\(name)'. " + Self.suggestion(near)
        case .referenceAmbiguous(let name):
            "more than one object begins with '\(name)'. Give more digits of the commit's id"
        case .folderNotFound(let path, let revision):
            "there is no folder '\(path)' in \(revision). Check the part behind // and the revision"
        default: nil
        }
    }

    /// Failures between here and another host.
    private var remoteSentence: String? {
        switch self {
        case .unreachable(let host, let why):
            "cannot reach \(host): \(why). Check the address, the network and the proxy variables"
        case .dnsFailure(let host):
            "the name \(host) has no address. Check its spelling and this machine's DNS"
        case .timedOut(let host, let why):
            "\(host) did not answer in time: \(why). Try again, or allow more time"
        case .denied(let location, let why):
            """
            \(location) refused access: \(why). Check that the token or key is valid and may \
            read this repository
            """
        case .repositoryNotFound(let location):
            """
            \(location) was not found. Check the address; a forge also answers so where the \
            token may not see a private repository
            """
        case .certificateRefused(let host, let why):
            """
            the certificate of \(host) is not trusted: \(why). If the host has a certificate \
            authority of its own, name its file as the CA file
            """
        case .hostKeyUnknown, .hostKeyChanged: hostKeySentence
        case .unexpectedAnswer(let location, let why):
            """
            \(location) did not answer as a git server does: \(why). Check that the address is \
            the repository's own
            """
        default: nil
        }
    }

    private var hostKeySentence: String? {
        switch self {
        case .hostKeyUnknown(let host, let key, let file):
            """
            the SSH host \(host) is not known; it shows \(key). Compare that with the \
            fingerprint that the host's owner publishes, then add the key to \
            \(Self.place(file)), for example with ssh-keyscan
            """
        case .hostKeyChanged(let host, let key, let file, let line):
            """
            THE KEY OF THE SSH HOST \(host) HAS CHANGED: it shows \(key), and \(file):\(line) \
            says otherwise. Somebody may be posing as this host. Ask its owner; only if the \
            change is meant, replace that line
            """
        default: nil
        }
    }

    private static func place(_ knownHosts: String?) -> String {
        knownHosts ?? "a known-hosts file and name that file"
    }

    /// Failures with what was found.
    private var contentSentence: String {
        switch self {
        case .refusedPath(let path, let why): "\(path) is refused: \(why)"
        case .unreadable(let path, let why):
            "cannot read \(path): \(why). Check its permissions"
        case .changedWhileReading(let path):
            "\(path) changed while it was being read. Run again when nothing writes to it"
        case .corrupt(let what):
            "\(what) is missing or damaged. Run 'git fsck' there, and fetch or clone it again"
        case .cacheUnusable(let path, let why):
            """
            cannot use the cache \(path): \(why). Make it writable, free some space, or name \
            another cache directory
            """
        case .cacheBusy(let path):
            """
            another process has held \(path) for too long. Wait for it to finish, or name \
            another cache directory
            """
        case .cancelled: "the source was not read, because the work was cancelled"
        case .failed(let what): "git could not \(what)"
        default: "the source cannot be read"
        }
    }

    private static func suggestion(_ near: [String]) -> String {
        near.isEmpty
            ? "Check its name"
            : "Did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?"
    }
}
