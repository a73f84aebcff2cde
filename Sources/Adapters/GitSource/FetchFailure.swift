internal import CGit2

/// Sorts libgit2's failures during a fetch by what the operator can do. libgit2 has one code for
/// most of them, so that its class and, at last, its words must tell.
enum FetchFailure {
    static func error(
        for cause: GitError.Cause,
        of remote: RemoteAddress,
        mirror: String?
    ) -> GitError {
        GitError(reason(cause, remote, mirror), cause: cause)
    }

    private static func reason(
        _ cause: GitError.Cause,
        _ remote: RemoteAddress,
        _ mirror: String?
    ) -> GitError.Reason {
        switch git_error_code(rawValue: Int32(cause.code)) {
        case GIT_EAUTH: return .denied(location: remote.location, why: "it does not accept the key")
        case GIT_ECERTIFICATE:
            return .certificateRefused(host: remote.authority, why: cause.message)
        default: break
        }
        switch git_error_t(rawValue: UInt32(cause.category)) {
        case GIT_ERROR_OS, GIT_ERROR_FILESYSTEM, GIT_ERROR_REFERENCE, GIT_ERROR_REPOSITORY:
            return mirror.map { .cacheUnusable(path: $0, why: cause.message) }
                ?? opening(cause, remote)
        case GIT_ERROR_ODB, GIT_ERROR_ZLIB, GIT_ERROR_OBJECT, GIT_ERROR_INDEXER:
            return .corrupt(what: "an object of \(remote.location), or of its mirror,")
        case GIT_ERROR_SSH: return ssh(cause, remote)
        default: return opening(cause, remote)
        }
    }

    private static func ssh(_ cause: GitError.Cause, _ remote: RemoteAddress) -> GitError.Reason {
        let words = cause.message.lowercased()
        let aboutKeys = ["authenticat", "public key", "publickey", "agent", "credential"]
        if aboutKeys.contains(where: words.contains) {
            return .denied(location: remote.location, why: cause.message)
        }
        return opening(cause, remote)
    }

    private static func opening(
        _ cause: GitError.Cause,
        _ remote: RemoteAddress
    ) -> GitError.Reason {
        let words = cause.message.lowercased()
        // What a git server says over SSH about a path that is not there, or not to be seen.
        let absent = ["not found", "does not exist", "does not appear to be a git repository"]
        if remote.scheme == .ssh, absent.contains(where: words.contains) {
            return .repositoryNotFound(location: remote.location)
        }
        if remote.scheme == .file { return .notARepository(path: remote.path) }
        return .unreachable(host: remote.authority, why: cause.message)
    }
}
