/// How a source is to be opened. Everything that the environment decides is an argument here: this
/// target reads no variable and no configuration of the user.
public struct GitOptions: Sendable {
    /// The branch, tag or commit to read; nil for the repository's HEAD.
    public var reference: String?
    /// The folder that holds the mirrors of remote repositories; created when needed, readable by
    /// its owner only.
    public var cacheDirectory: String
    /// The credential for `https://`; nil for what the address itself holds, or none.
    public var token: AccessToken?
    /// A file of PEM certificates that replaces the system's authorities for `https://`.
    public var caFile: String?
    /// Who to be for `ssh://`.
    public var identity: SSHIdentity
    /// The file of host keys for `ssh://`, in the format of `sshd(8)`; nil means that no host is
    /// known.
    public var knownHosts: String?
    /// How long to wait.
    public var patience: Patience

    /// Options with the defaults of each field.
    public init(
        cacheDirectory: String,
        reference: String? = nil,
        token: AccessToken? = nil,
        caFile: String? = nil,
        identity: SSHIdentity = .agent,
        knownHosts: String? = nil,
        patience: Patience = Patience()
    ) {
        self.cacheDirectory = cacheDirectory
        self.reference = reference
        self.token = token
        self.caFile = caFile
        self.identity = identity
        self.knownHosts = knownHosts
        self.patience = patience
    }
}

/// A forge's access token, sent as the password of HTTP basic authentication (RFC 7617). Its text
/// never appears in a description or a dump.
public struct AccessToken: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// The user name that goes with it. GitHub and GitLab accept any; Bitbucket wants
    /// `x-token-auth`.
    public let username: String
    let secret: String

    /// Wraps a token.
    public init(_ secret: String, username: String = "x-access-token") {
        self.username = username
        self.secret = secret
    }

    /// The user name and a placeholder.
    public var description: String { "\(username):<hidden>" }
    /// A mirror without the secret.
    public var customMirror: Mirror { Mirror(self, children: ["username": username]) }
}

/// The key that an SSH server is to accept.
public enum SSHIdentity: Sendable, Equatable {
    /// Whatever the running agent (`SSH_AUTH_SOCK`) offers.
    case agent
    /// A private key file, ed25519 or ecdsa. (RSA keys do not work: this libssh2 signs with SHA-1
    /// only, which servers no longer accept.)
    case key(path: String, passphrase: String?)
}

/// How long to wait for another host or process.
public struct Patience: Sendable, Equatable {
    /// For a connection over https. Over ssh the kernel's own limit holds, about two minutes.
    public var connect: Duration
    /// For the next byte of an answer.
    public var stall: Duration
    /// For the whole fetch, the wait for another process's fetch included.
    public var total: Duration

    /// Ten seconds cover a far host and a slow resolver; a minute without a byte is longer than a
    /// forge needs to prepare a pack of a fleet; fifteen minutes bound a first fetch over a poor
    /// line.
    public init(
        connect: Duration = .seconds(10),
        stall: Duration = .seconds(60),
        total: Duration = .seconds(900)
    ) {
        self.connect = connect
        self.stall = stall
        self.total = total
    }
}
