internal import CGit2

/// The library's one-time start, its settings, and the translation of its errors.
enum LibGit2 {
    /// Starts the library once for the process.
    /// - Throws: ``GitError/Reason/failed(what:)`` if it does not start.
    static func start() throws(GitError) {
        try started.get()
    }

    private static let started: Result<Void, GitError> = {
        guard git_libgit2_init() > 0 else {
            return .failure(failure(.failed(what: "start libgit2")))
        }
        return configure()
    }()

    /// Makes the library behave the same for every user and on every machine.
    private static func configure() -> Result<Void, GitError> {
        // A user's or a system's git configuration may rewrite URLs, name ignore files or turn
        // checks off.
        let levels = [
            GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL,
            GIT_CONFIG_LEVEL_PROGRAMDATA,
        ]
        var codes = levels.map { gitSetSearchPath($0.rawValue, "") }
        // A repository that somebody else owns may be read: `safe.directory` guards against the
        // commands that git runs on behalf of a repository's configuration (hooks, fsmonitor,
        // filters), and libgit2 runs none.
        codes.append(setFlag(GIT_OPT_SET_OWNER_VALIDATION, false))
        // Contents are compared with their id whenever they are read.
        codes.append(setFlag(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, true))
        // A mirror survives a power cut.
        codes.append(setFlag(GIT_OPT_ENABLE_FSYNC_GITDIR, true))
        // Says only that `config.worktree` may exist; nothing in it matters for reading.
        codes.append(
            "worktreeconfig".withCString { name in
                var names: [UnsafePointer<CChar>?] = [name]
                return gitSetExtensions(&names, names.count)
            }
        )
        guard codes.allSatisfy({ $0 == 0 }) else {
            return .failure(failure(.failed(what: "take its settings")))
        }
        return .success(())
    }

    private static func setFlag(_ option: git_libgit2_opt_t, _ value: Bool) -> Int32 {
        gitSetFlag(Int32(option.rawValue), value ? 1 : 0)
    }

    /// Runs one call and turns a negative code into an error with the library's words.
    static func check(
        _ code: Int32,
        _ reason: @autoclosure () -> GitError.Reason
    ) throws(GitError) {
        if code < 0 { throw failure(reason(), code: code) }
    }

    /// The error for a call on this thread that has just failed.
    static func failure(_ reason: GitError.Reason, code: Int32 = -1) -> GitError {
        GitError(reason, cause: lastCause(code))
    }

    /// The library's words for the last failure on this thread.
    static func lastCause(_ code: Int32) -> GitError.Cause {
        let last = git_error_last()
        let message = last?.pointee.message.map { String(cString: $0) } ?? "no message"
        return GitError.Cause(
            library: "libgit2",
            code: Int(code),
            category: Int(last?.pointee.klass ?? 0),
            message: message
        )
    }
}

extension ObjectID {
    init(_ id: git_oid) {
        self = withUnsafeBytes(of: id) { bytes in
            ObjectID(
                high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                middle: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
                low: UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
            )
        }
    }

    /// The library's form of the id.
    var oid: git_oid {
        var id = git_oid()
        withUnsafeMutableBytes(of: &id) { bytes in
            bytes.storeBytes(of: high.bigEndian, as: UInt64.self)
            bytes.storeBytes(of: middle.bigEndian, toByteOffset: 8, as: UInt64.self)
            bytes.storeBytes(of: low.bigEndian, toByteOffset: 16, as: UInt32.self)
        }
        return id
    }
}
