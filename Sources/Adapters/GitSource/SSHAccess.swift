internal import CGit2
import Glibc

// What an SSH connection asks of us: whether the host is who it should be, and who we are.

extension RemoteSession {
    /// Compares the key that the host shows with the known-hosts file.
    func checkHostKey(_ certificate: UnsafeMutablePointer<git_cert>?) -> Int32 {
        guard let certificate, certificate.pointee.cert_type == GIT_CERT_HOSTKEY_LIBSSH2 else {
            return fail(GitError(.hostKeyUnknown(host: remote.authority, key: "no key", file: nil)))
        }
        let shown = UnsafeMutableRawPointer(certificate)
            .assumingMemoryBound(to: git_cert_hostkey.self).pointee
        do {
            try check(HostKey(shown))
            watch.notice()
            return 0
        } catch {
            return fail(error)
        }
    }

    private func check(_ key: HostKey) throws(GitError) {
        let file = options.knownHosts
        let known = if let file { try KnownHosts(at: file) } else { KnownHosts(parsing: "") }
        let host = remote.authority
        switch known.verdict(host: remote.host, port: remote.port, kind: key.kind, key: key.bytes) {
        case .trusted: return
        case .changed(let line):
            throw GitError(
                .hostKeyChanged(host: host, key: key.description, file: file ?? "", line: line)
            )
        case .unknown(let kinds):
            let others =
                kinds.isEmpty ? "" : " (it is known only by \(kinds.joined(separator: ", ")))"
            throw GitError(
                .hostKeyUnknown(host: host, key: key.description + others, file: file)
            )
        }
    }

    /// Hands libgit2 the key of the options, once: it asks again when the host has refused it.
    func offerKey(
        _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_credential>?>?,
        _ user: UnsafePointer<CChar>?,
        _ allowed: UInt32
    ) -> Int32 {
        watch.notice()
        let name = user.map { String(cString: $0) } ?? remote.user ?? Self.usualUser
        // Asked when the address names no user.
        if allowed & GIT_CREDENTIAL_USERNAME.rawValue != 0 {
            return git_credential_username_new(out, name)
        }
        guard allowed & GIT_CREDENTIAL_SSH_KEY.rawValue != 0 else {
            return fail(denied("it does not take keys"))
        }
        if hasOfferedKey { return fail(denied("it does not accept \(options.identity.words)")) }
        hasOfferedKey = true
        return key(out, name)
    }

    /// Every forge has its repositories under this account.
    private static let usualUser = "git"

    private func key(
        _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_credential>?>?,
        _ user: String
    ) -> Int32 {
        switch options.identity {
        case .agent: return git_credential_ssh_key_from_agent(out, user)
        case .key(let path, let passphrase):
            guard access(path, R_OK) == 0 else { return fail(FilePath.unreadable(path)) }
            return git_credential_ssh_key_new(out, user, nil, path, passphrase)
        }
    }

    private func denied(_ why: String) -> GitError {
        GitError(.denied(location: remote.location, why: why))
    }
}

extension SSHIdentity {
    fileprivate var words: String {
        switch self {
        case .agent: "any key of the agent"
        case .key(let path, _): "the key \(path)"
        }
    }
}

/// The public key of a host, as SSH sends it (RFC 4253, 6.6): the name of its kind comes first.
struct HostKey: CustomStringConvertible {
    let kind: String
    let bytes: [UInt8]
    private let fingerprint: String

    init(_ shown: git_cert_hostkey) {
        let raw = UnsafeRawBufferPointer(
            start: shown.hostkey,
            count: shown.hostkey == nil ? 0 : shown.hostkey_len
        )
        bytes = [UInt8](raw)
        let length = bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        kind = String(decoding: bytes.dropFirst(4).prefix(length), as: UTF8.self)
        fingerprint = Base64.encodedWithoutPadding(
            withUnsafeBytes(of: shown.hash_sha256, Array.init)
        )
    }

    /// `ssh-ed25519 SHA256:…`, the fingerprint as `ssh-keygen -l` shows it.
    var description: String { "\(kind) SHA256:\(fingerprint)" }
}
