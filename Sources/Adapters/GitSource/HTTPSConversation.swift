internal import HTTPTransport

/// The requests of one fetch over HTTPS, as `gitprotocol-http(5)` has them.
///
/// Redirects: only the first request may be redirected, and only to another path of the same host
/// and port, as a forge does for a renamed repository. Any other redirect is an error, so that a
/// token never goes to another host.
final class HTTPSConversation {
    // A session lives as long as the conversation does, and the conversation is freed by libgit2
    // inside of its fetch.
    unowned let session: RemoteSession
    private let http: HTTPSession
    private var base: String

    init(_ session: RemoteSession) throws(GitError) {
        self.session = session
        base = session.remote.location
        let patience = session.options.patience
        let settings = HTTPSettings(
            connectTimeout: patience.connect,
            stallTimeout: patience.stall,
            caFile: session.options.caFile,
            userAgent: Self.userAgent
        )
        do {
            http = try HTTPSession(settings)
        } catch {
            throw Self.translate(error, session)
        }
    }

    /// Some forges tell git from a browser by how this begins.
    private static let userAgent = "git/2.0 (clara)"
    /// A repository that was renamed more often has an owner who can give its address.
    private static let mostRedirects = 3

    /// Asks for the references and blocks until the answer begins.
    func requestRefs() throws(GitError) {
        for _ in 0...Self.mostRedirects {
            let head = try send(.get, Self.refsPath, accept: nil)
            if head.status == 200 { return try expect(head, "upload-pack-advertisement") }
            guard (301...308).contains(head.status), let target = head["Location"] else {
                throw refusal(head)
            }
            base = try redirected(to: target)
        }
        throw unexpected("it redirects more than \(Self.mostRedirects) times")
    }

    /// Sends a request for objects and blocks until the answer begins.
    func requestPack(_ body: [UInt8]) throws(GitError) {
        let head = try send(.post(body), "/git-upload-pack", accept: "upload-pack-result")
        guard head.status == 200 else { throw refusal(head) }
        try expect(head, "upload-pack-result")
    }

    /// The next bytes of the answer; 0 at its end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(GitError) -> Int {
        do {
            return try http.read(into: buffer) { session.watch.goesOn }
        } catch {
            throw Self.translate(error, session)
        }
    }

    private static let refsPath = "/info/refs?service=git-upload-pack"

    private func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        accept: String?
    ) throws(GitError) -> HTTPHead {
        var fields: [HTTPField] = []
        if let accept {
            fields.append(HTTPField("Accept", "application/x-git-\(accept)"))
            fields.append(HTTPField("Content-Type", "application/x-git-upload-pack-request"))
        }
        let request = HTTPRequest(method, base + path, fields: fields, credential: credential)
        do {
            return try http.begin(request) { session.watch.goesOn }
        } catch {
            throw Self.translate(error, session)
        }
    }

    /// The token of the options, or else what the address itself holds.
    private var credential: HTTPCredential? {
        if let token = session.options.token {
            return HTTPCredential(username: token.username, password: token.secret)
        }
        guard let user = session.remote.user else { return nil }
        return HTTPCredential(username: user, password: session.remote.password ?? "")
    }

    private func expect(_ head: HTTPHead, _ kind: String) throws(GitError) {
        let type = head["Content-Type"]?.split(separator: ";").first.map(String.init)
        guard type?.lowercased() == "application/x-git-\(kind)" else {
            throw unexpected(
                "it sent \(type ?? "an answer of no type") where git sends x-git-\(kind)"
            )
        }
    }

    private func redirected(to target: String) throws(GitError) -> String {
        let origin = "https://\(session.remote.authority)"
        let absolute = target.hasPrefix("/") && !target.hasPrefix("//") ? origin + target : target
        guard absolute.hasPrefix(origin + "/"), absolute.hasSuffix(Self.refsPath) else {
            throw unexpected("it redirects to another place; use the address of that place")
        }
        return String(absolute.dropLast(Self.refsPath.count))
    }

    private func refusal(_ head: HTTPHead) -> GitError {
        let location = session.remote.location
        switch head.status {
        case 401:
            let why =
                credential == nil
                ? "it wants a token, and none was given" : "it does not accept the token"
            return GitError(.denied(location: location, why: "\(why) (HTTP 401)"))
        case 403:
            return GitError(
                .denied(
                    location: location,
                    why: "this account may not read the repository (HTTP 403)"
                )
            )
        case 404, 410: return GitError(.repositoryNotFound(location: location))
        case 429, 500...599:
            let why = "it answers with HTTP \(head.status), which usually passes"
            return GitError(.unreachable(host: session.remote.authority, why: why))
        default: return unexpected("it answers with HTTP \(head.status)")
        }
    }

    private func unexpected(_ why: String) -> GitError {
        GitError(.unexpectedAnswer(location: session.remote.location, why: why))
    }

    private static func translate(_ error: HTTPError, _ session: RemoteSession) -> GitError {
        let host = session.remote.authority
        let reason: GitError.Reason =
            switch error.reason {
            case .nameNotResolved: .dnsFailure(host: session.remote.host)
            case .unreachable: .unreachable(host: host, why: "no connection")
            case .interrupted: .unreachable(host: host, why: "the connection broke")
            case .notTrusted: .certificateRefused(host: host, why: error.message)
            case .caFileUnusable:
                .unreadable(path: session.options.caFile ?? "the CA file", why: error.message)
            case .timedOut: .timedOut(host: host, why: error.message)
            case .cancelled: session.watch.ending(of: host)?.reason ?? .cancelled
            case .tooLarge, .malformed:
                .unexpectedAnswer(location: session.remote.location, why: error.message)
            }
        let cause = GitError.Cause(
            library: "libcurl",
            code: error.code,
            category: 0,
            message: error.message
        )
        return GitError(reason, cause: error.code == 0 ? nil : cause)
    }
}

/// One request of the conversation, as libgit2 writes and reads it.
final class HTTPSExchange {
    let conversation: HTTPSConversation
    private let asksForRefs: Bool
    private var body: [UInt8] = []
    private var isSent = false

    init(in conversation: HTTPSConversation, asksForRefs: Bool) {
        self.conversation = conversation
        self.asksForRefs = asksForRefs
    }

    /// Takes a part of the request; it is sent when the answer is first read.
    func write(_ bytes: UnsafeRawBufferPointer) {
        body.append(contentsOf: bytes)
    }

    /// The next bytes of the answer; 0 at its end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(GitError) -> Int {
        if !isSent {
            isSent = true
            try asksForRefs ? conversation.requestRefs() : conversation.requestPack(body)
        }
        return try conversation.read(into: buffer)
    }
}
