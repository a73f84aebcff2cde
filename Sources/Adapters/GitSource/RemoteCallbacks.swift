internal import CGit2

extension RemoteSession {
    /// The callbacks for libgit2, which carry this object as their payload. The caller keeps it
    /// alive.
    func callbacks() -> git_remote_callbacks {
        var callbacks = git_remote_callbacks()
        git_remote_init_callbacks(&callbacks, UInt32(GIT_REMOTE_CALLBACKS_VERSION))
        callbacks.payload = Unmanaged.passUnretained(self).toOpaque()
        callbacks.transfer_progress = { _, payload in
            RemoteSession.of(payload)?.mayGoOn() ?? GIT_EUSER.rawValue
        }
        callbacks.sideband_progress = { _, _, payload in
            RemoteSession.of(payload)?.mayGoOn() ?? GIT_EUSER.rawValue
        }
        switch remote.scheme {
        case .https: callbacks.transport = httpsTransport
        case .ssh:
            callbacks.credentials = { out, _, user, allowed, payload in
                RemoteSession.of(payload)?.offerKey(out, user, allowed) ?? GIT_EUSER.rawValue
            }
            callbacks.certificate_check = { certificate, _, _, payload in
                RemoteSession.of(payload)?.checkHostKey(certificate) ?? GIT_EUSER.rawValue
            }
        case .file: break
        }
        return callbacks
    }

    /// The session that a payload stands for.
    static func of(_ payload: UnsafeMutableRawPointer?) -> RemoteSession? {
        payload.map { Unmanaged<RemoteSession>.fromOpaque($0).takeUnretainedValue() }
    }

    private func mayGoOn() -> Int32 {
        watch.notice()
        return watch.ending(of: remote.authority).map(fail) ?? 0
    }
}
