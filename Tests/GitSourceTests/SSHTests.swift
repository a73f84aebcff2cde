import Foundation
import Testing

@testable import GitSource

/// A private `sshd` with a host key and a client key of its own, serving the repositories of this
/// machine.
struct SSHServer {
    let scratch: Scratch
    let port: Int
    private let server: Server

    init(in scratch: Scratch, hostKey: String = "ed25519", clientKey: String = "ed25519") throws {
        self.scratch = scratch
        if getuid() == 0 {
            // sshd of a system that has never started one lacks the folder for its unprivileged
            // half.
            try FileManager.default.createDirectory(
                atPath: "/run/sshd",
                withIntermediateDirectories: true
            )
        }
        try Tool.sshKeygen.run(["-q", "-t", hostKey, "-N", "", "-f", scratch("host")])
        try Tool.sshKeygen.run(["-q", "-t", clientKey, "-N", "", "-f", scratch("client")])
        let port = try Loopback.freePort()
        self.port = port
        let configuration = """
            Port \(port)
            ListenAddress 127.0.0.1
            HostKey \(scratch("host"))
            AuthorizedKeysFile \(scratch("client.pub"))
            PidFile none
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin yes
            """
        let file = try scratch.write(configuration, to: "sshd_config")
        server = try Server(.sshd, ["-D", "-e", "-f", file], log: scratch("sshd.log")) {
            Loopback.accepts(port)
        }
    }

    func address(_ path: String) -> String { "ssh://\(NSUserName())@127.0.0.1:\(port)\(path)" }

    /// A file that knows the server by this key file, or by its own.
    func knownHosts(key: String = "host.pub") throws -> String {
        let line = try String(contentsOfFile: scratch(key), encoding: .utf8)
        return try scratch.write("# known\n[127.0.0.1]:\(port) \(line)", to: "\(key).known")
    }
}

@Suite(
    "A repository over ssh",
    .serialized,
    .enabled(if: Tool.has(.git, .sshd, .sshKeygen), "git or openssh-server is not installed")
)
struct SSHTests {
    private let repository: FixtureRepository
    private var scratch: Scratch { repository.scratch }

    init() throws {
        repository = try FixtureRepository.fleet()
    }

    private func open(
        _ server: SSHServer,
        path: String? = nil,
        _ configure: (inout GitOptions) throws -> Void = { _ in }
    ) async throws -> any SourceTree {
        var options = GitOptions(cacheDirectory: scratch("cache"))
        options.identity = .key(path: scratch("client"), passphrase: nil)
        options.knownHosts = try server.knownHosts()
        try configure(&options)
        let address = try SourceAddress(parsing: server.address(path ?? repository.path))
        return try await GitSource.open(address, options: options)
    }

    @Test(
        "is fetched, and fetched again, with ed25519 and ecdsa keys",
        arguments: ["ed25519", "ecdsa"]
    )
    func fetch(kind: String) async throws {
        let server = try SSHServer(in: scratch, hostKey: kind, clientKey: kind)
        #expect(try await open(server).text("tenants/acme/tenant.yaml") == "kind: Tenant\n")
        let commit = try repository.commit("second")
        #expect(try await open(server).revision == Revision(name: "main", commit: commit))
    }

    @Test("a key with a passphrase is opened by it, and a wrong passphrase is denied")
    func passphrase() async throws {
        let server = try SSHServer(in: scratch)
        try Tool.sshKeygen.run(["-q", "-p", "-P", "", "-N", "open sesame", "-f", scratch("client")])
        _ = try await open(server) {
            $0.identity = .key(path: scratch("client"), passphrase: "open sesame")
        }
        let found = try await reason {
            _ = try await open(server) {
                $0.identity = .key(path: scratch("client"), passphrase: "wrong")
            }
        }
        guard case .denied? = found else {
            Issue.record("gave \(String(describing: found))")
            return
        }
    }

    @Test("a host that is not known is refused, with its fingerprint and what to do")
    func unknownHost() async throws {
        let server = try SSHServer(in: scratch)
        let print = try Tool.sshKeygen.run(["-l", "-f", scratch("host.pub")]).split(separator: " ")[
            1
        ]
        let host = "127.0.0.1:\(server.port)"
        let empty = try scratch.write("", to: "empty")
        for file in [nil, empty, scratch("none")] {
            let found = try await reason { _ = try await open(server) { $0.knownHosts = file } }
            let key = "ssh-ed25519 \(print)"
            #expect(found == .hostKeyUnknown(host: host, key: key, file: file))
        }
    }

    @Test("a host that is known only by a key of another kind says so")
    func otherKind() async throws {
        let server = try SSHServer(in: scratch)
        try Tool.sshKeygen.run(["-q", "-t", "ecdsa", "-N", "", "-f", scratch("other")])
        let found = try await reason {
            _ = try await open(server) { $0.knownHosts = try server.knownHosts(key: "other.pub") }
        }
        guard case .hostKeyUnknown(_, let key, _)? = found else {
            Issue.record("gave \(String(describing: found))")
            return
        }
        #expect(key.contains("known only by ecdsa-sha2-nistp256"))
    }

    @Test("a host whose key has changed is refused loudly, with the line")
    func changedHost() async throws {
        let server = try SSHServer(in: scratch)
        try Tool.sshKeygen.run(["-q", "-t", "ed25519", "-N", "", "-f", scratch("other")])
        let file = try server.knownHosts(key: "other.pub")
        let found = try await reason {
            _ = try await open(server) { $0.knownHosts = file }
        }
        guard case .hostKeyChanged(_, _, file, 2)? = found else {
            Issue.record("gave \(String(describing: found))")
            return
        }
    }

    @Test("a key that the host does not accept is denied, and one that is not there is named")
    func wrongKey() async throws {
        let server = try SSHServer(in: scratch)
        try Tool.sshKeygen.run(["-q", "-t", "ed25519", "-N", "", "-f", scratch("wrong")])
        let found = try await reason {
            _ = try await open(server) {
                $0.identity = .key(path: scratch("wrong"), passphrase: nil)
            }
        }
        let why = "it does not accept the key \(scratch("wrong"))"
        #expect(found == .denied(location: server.address(repository.path), why: why))
        let absent = try await reason {
            _ = try await open(server) { $0.identity = .key(path: scratch("no"), passphrase: nil) }
        }
        #expect(absent == .unreadable(path: scratch("no"), why: "No such file or directory"))
    }

    @Test("without a running agent, the agent is the error")
    func noAgent() async throws {
        let server = try SSHServer(in: scratch)
        let found = try await reason { _ = try await open(server) { $0.identity = .agent } }
        guard case .denied? = found else {
            Issue.record("gave \(String(describing: found))")
            return
        }
    }

    @Test("a repository that the host does not have is not found")
    func missingRepository() async throws {
        let server = try SSHServer(in: scratch)
        let found = try await reason { _ = try await open(server, path: "/nonexistent/x.git") }
        #expect(found == .repositoryNotFound(location: server.address("/nonexistent/x.git")))
    }

    @Test("nobody listening, and a name without address, are different errors")
    func unreachable() async throws {
        let port = try Loopback.freePort()
        let found = try await reason {
            _ = try await openSource("ssh://git@127.0.0.1:\(port)/x", scratch)
        }
        guard case .unreachable("127.0.0.1:\(port)", _)? = found else {
            Issue.record("gave \(String(describing: found))")
            return
        }
        let name = try await reason {
            _ = try await openSource("git@nonexistent.invalid:x", scratch)
        }
        #expect(name == .dnsFailure(host: "nonexistent.invalid"))
    }

    @Test("a host that accepts and says nothing is given up on")
    func stalled() async throws {
        let listener = try Loopback.Listener()
        let found = try await reason {
            _ = try await openSource("ssh://git@127.0.0.1:\(listener.port)/x", scratch) {
                $0.patience.stall = .seconds(1)
            }
        }
        guard case .timedOut("127.0.0.1:\(listener.port)", _)? = found else {
            Issue.record("gave \(String(describing: found))")
            return
        }
    }
}
