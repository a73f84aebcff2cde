import Foundation
import TestSupport
import Testing

@testable import GitSource

@Suite(
    "A repository over https",
    .serialized,
    .enabled(
        if: Tool.has(.git, .nginx, .fcgiwrap, .openssl),
        "git, nginx, fcgiwrap or openssl is not installed"
    )
)
struct HTTPSTests {
    private let repository: FixtureRepository
    private let server: HTTPSServer
    private var scratch: Scratch { repository.scratch }

    init() throws {
        repository = try FixtureRepository.fleet()
        server = try HTTPSServer(serving: repository.scratch.path, in: repository.scratch)
    }

    private func open(
        _ path: String,
        reference: String? = nil,
        _ configure: (inout GitOptions) -> Void = { _ in }
    ) async throws -> any SourceTree {
        try await openSource(server.address(path), scratch, reference: reference) {
            $0.caFile = server.caFile
            configure(&$0)
        }
    }

    @Test("is fetched, and fetched again when it has changed, forced or not")
    func fetch() async throws {
        #expect(try await open("open/fleet").text("tenants/acme/tenant.yaml") == "kind: Tenant\n")
        try repository.write("kind: Fleet # 2\n", to: "fleet.yaml")
        try repository.commit("second")
        #expect(try await open("open/fleet").text("fleet.yaml") == "kind: Fleet # 2\n")
        try repository.git("commit", "-q", "--amend", "-m", "rewritten")
        let commit = try repository.id("HEAD")
        #expect(try await open("open/fleet", reference: "main").revision.commit == commit)
    }

    @Test("a history of many packs' worth of text arrives whole")
    func large() async throws {
        var generator = SplitMix64(seed: 7)
        for index in 0..<40 {
            let words = (0..<8_000).map { _ in String(generator.next(), radix: 36) }
            try repository.write(
                words.joined(separator: " "),
                to: "tenants/acme/knowledge/\(index).txt"
            )
        }
        try repository.commit("much")
        let tree = try await open("open/fleet")
        let files = try await tree.read("tenants/acme").first?.get()
        #expect(files?.count == 42)
        #expect(try await tree.entry("tenants/acme")?.id == repository.id("HEAD:tenants/acme"))
    }

    @Test("a token is sent as basic authentication, from the options or the address")
    func token() async throws {
        let tree = try await open("private/fleet") { $0.token = AccessToken(HTTPSServer.token) }
        #expect(try await tree.list("tenants").count == 3)
        let address =
            "https://x-access-token:\(HTTPSServer.token)@localhost:\(server.port)/private/fleet"
        let same = try await openSource(address, scratch) { $0.caFile = server.caFile }
        #expect(same.revision == tree.revision)
    }

    @Test("a missing token, a wrong one and one without rights are denied, each in its words")
    func denied() async throws {
        let address = server.address("private/fleet")
        let missing = try await reason { _ = try await open("private/fleet") }
        #expect(
            missing
                == .denied(
                    location: address,
                    why: "it wants a token, and none was given (HTTP 401)"
                )
        )
        let wrong = try await reason {
            _ = try await open("private/fleet") { $0.token = AccessToken("hunter2") }
        }
        #expect(wrong == .denied(location: address, why: "it does not accept the token (HTTP 401)"))
        let forbidden = try await reason { _ = try await open("forbidden/fleet") }
        guard case .denied(_, let why)? = forbidden, why.contains("403") else {
            Issue.record("gave \(String(describing: forbidden))")
            return
        }
    }

    @Test("no error shows the token")
    func redaction() async throws {
        for path in ["private/fleet", "page/fleet", "away/fleet", "broken/fleet", "open/none"] {
            let address = "https://x:hunter2@localhost:\(server.port)/\(path)"
            let error = await #expect(throws: GitError.self) {
                _ = try await openSource(address, scratch) { $0.caFile = server.caFile }
            }
            #expect(error.map { "\($0)\(String(reflecting: $0))".contains("hunter2") } == false)
        }
        let stored = FileManager.default.enumerator(atPath: scratch("cache"))?.compactMap {
            $0 as? String
        }
        for name in stored ?? [] {
            let bytes = FileManager.default.contents(atPath: scratch("cache/\(name)")) ?? Data()
            #expect(bytes.firstRange(of: Data("hunter2".utf8)) == nil, "\(name) holds the token")
        }
    }

    @Test("a repository that is not there is not found")
    func missing() async throws {
        let found = try await reason { _ = try await open("open/none") }
        #expect(found == .repositoryNotFound(location: server.address("open/none")))
    }

    @Test("a certificate of a stranger, or for another name, is refused", arguments: [true, false])
    func certificate(ofStranger: Bool) async throws {
        let host = ofStranger ? "localhost" : "127.0.0.2"
        let found = try await reason {
            _ = try await openSource("https://\(host):\(server.port)/open/fleet", scratch) {
                $0.caFile = ofStranger ? scratch("stranger.pem") : server.caFile
            }
        }
        guard ofStranger else { return #expect(found != nil) }
        guard case .certificateRefused("localhost:\(server.port)", _)? = found else {
            Issue.record("gave \(String(describing: found))")
            return
        }
    }

    @Test(
        "the system's authorities do not know the server, and a CA file that is not there is named"
    )
    func noCAFile() async throws {
        let found = try await reason { _ = try await open("open/fleet") { $0.caFile = nil } }
        guard case .certificateRefused? = found else {
            Issue.record("gave \(String(describing: found))")
            return
        }
        let absent = try await reason {
            _ = try await open("open/fleet") { $0.caFile = "/nonexistent.pem" }
        }
        guard case .unreadable("/nonexistent.pem", _)? = absent else {
            Issue.record("gave \(String(describing: absent))")
            return
        }
    }

    @Test("a redirect is followed on the same host, and nowhere else")
    func redirects() async throws {
        #expect(try await open("moved/fleet").list("tenants").count == 3)
        for path in ["away/fleet", "circle/fleet"] {
            let found = try await reason { _ = try await open(path) }
            guard case .unexpectedAnswer? = found else {
                Issue.record("\(path) gave \(String(describing: found))")
                return
            }
        }
    }

    @Test("a web page is not git, and a server in trouble is not reached")
    func notGit() async throws {
        let page = try await reason { _ = try await open("page/fleet") }
        guard case .unexpectedAnswer(_, let why)? = page, why.contains("text/html") else {
            Issue.record("gave \(String(describing: page))")
            return
        }
        let broken = try await reason { _ = try await open("broken/fleet") }
        guard case .unreachable(_, let trouble)? = broken, trouble.contains("503") else {
            Issue.record("gave \(String(describing: broken))")
            return
        }
    }

    @Test("nobody listening, a name without address, and silence are different errors")
    func unreachable() async throws {
        let port = try Loopback.freePort()
        let closed = try await reason {
            _ = try await openSource("https://localhost:\(port)/x", scratch)
        }
        guard case .unreachable("localhost:\(port)", _)? = closed else {
            Issue.record("gave \(String(describing: closed))")
            return
        }
        let name = try await reason {
            _ = try await openSource("https://nonexistent.invalid/x", scratch)
        }
        #expect(name == .dnsFailure(host: "nonexistent.invalid"))
        let listener = try Loopback.Listener()
        let silent = try await reason {
            _ = try await openSource("https://localhost:\(listener.port)/x", scratch) {
                $0.patience.connect = .milliseconds(300)
            }
        }
        guard case .timedOut("localhost:\(listener.port)", _)? = silent else {
            Issue.record("gave \(String(describing: silent))")
            return
        }
    }
}
