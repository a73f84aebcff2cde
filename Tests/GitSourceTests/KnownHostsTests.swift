import Foundation
import Testing

@testable import GitSource

@Suite("The known-hosts file")
struct KnownHostsTests {
    private static let key = Array("a key".utf8)
    private static let other = Array("another key".utf8)
    private static let text = Data(key).base64EncodedString()

    private func verdict(
        _ file: String,
        host: String = "git.example.org",
        port: Int? = nil,
        kind: String = "ssh-ed25519",
        key: [UInt8] = key
    ) -> KnownHosts.Verdict {
        KnownHosts(parsing: file).verdict(host: host, port: port, kind: kind, key: key)
    }

    @Test(
        "trusts a host by name, list, pattern, comment or not",
        arguments: [
            "git.example.org", "other,git.example.org", "*.example.org", "git.example.???",
            "*", "GIT.example.org", "git.*,!www.*",
        ]
    )
    func trusted(hosts: String) {
        let file = "# comment\n\n\(hosts) ssh-ed25519 \(Self.text) me@host\r\n"
        #expect(verdict(file) == .trusted)
    }

    @Test(
        "does not know a host of another name, or one that is excepted",
        arguments: [
            "example.org", "git.example.orgs", "*,!git.example.org", "?.example.org",
            "[git.example.org]:2222", "@cert-authority *",
        ]
    )
    func unknown(hosts: String) {
        #expect(verdict("\(hosts) ssh-ed25519 \(Self.text)\n") == .unknown(otherKinds: []))
    }

    @Test("a port other than 22 is a host of its own")
    func port() {
        let file = "[git.example.org]:2222 ssh-ed25519 \(Self.text)\n"
        #expect(verdict(file, port: 2222) == .trusted)
        #expect(verdict(file, port: 2223) == .unknown(otherKinds: []))
        #expect(verdict("git.example.org ssh-ed25519 \(Self.text)", port: 22) == .trusted)
        #expect(
            verdict("git.example.org ssh-ed25519 \(Self.text)", port: 2222)
                == .unknown(otherKinds: [])
        )
    }

    @Test("another key of the same kind is a change, at its line")
    func changed() {
        let file = "x ssh-rsa AAAA\ngit.example.org ssh-ed25519 \(Self.text)\n"
        #expect(verdict(file, key: Self.other) == .changed(line: 2))
    }

    @Test("a second line for the host may hold its next key")
    func rotated() {
        let next = Data(Self.other).base64EncodedString()
        let file = "git.example.org ssh-ed25519 \(next)\ngit.example.org ssh-ed25519 \(Self.text)\n"
        #expect(verdict(file) == .trusted)
    }

    @Test("a key of another kind is unknown, and the kinds that are known are named")
    func otherKind() {
        let file = "git.example.org ssh-ed25519 \(Self.text)\n"
        let found = verdict(file, kind: "ecdsa-sha2-nistp256", key: Self.other)
        #expect(found == .unknown(otherKinds: ["ssh-ed25519"]))
    }

    @Test("a revoked key is refused, even where another line trusts it")
    func revoked() {
        let file = "git.example.org ssh-ed25519 \(Self.text)\n@revoked * ssh-ed25519 \(Self.text)\n"
        #expect(verdict(file) == .changed(line: 2))
    }

    @Test(
        "a hashed name is found",
        .enabled(if: Tool.has(.sshKeygen), "ssh-keygen is not installed")
    )
    func hashed() throws {
        let scratch = try Scratch()
        try Tool.sshKeygen.run(["-q", "-t", "ed25519", "-N", "", "-f", scratch("key")])
        let fields = try String(contentsOfFile: scratch("key.pub"), encoding: .utf8).split(
            separator: " "
        )
        let lines =
            ["git.example.org", "[git.example.org]:2222"]
            .map { "\($0) \(fields[0]) \(fields[1])\n" }.joined()
        let file = try scratch.write(lines, to: "known_hosts")
        try Tool.sshKeygen.run(["-q", "-H", "-f", file])
        let known = try KnownHosts(at: file)
        #expect(try !String(contentsOfFile: file, encoding: .utf8).contains("example"))
        let key = try #require(Data(base64Encoded: String(fields[1])))
        for port in [nil, 22, 2222] {
            let found = known.verdict(
                host: "git.example.org",
                port: port,
                kind: "ssh-ed25519",
                key: Array(key)
            )
            #expect(found == .trusted)
        }
        let found = known.verdict(
            host: "example.org",
            port: nil,
            kind: "ssh-ed25519",
            key: Array(key)
        )
        #expect(found == .unknown(otherKinds: []))
    }

    @Test("a file that is not there trusts nobody")
    func absent() throws {
        let known = try KnownHosts(at: "/nonexistent/known_hosts")
        #expect(known.verdict(host: "x", port: nil, kind: "y", key: []) == .unknown(otherKinds: []))
    }

    @Test("lines that make no sense trust nobody and hide nothing after them")
    func nonsense() {
        let file =
            "@\n|1|x ssh-ed25519 \(Self.text)\ngit.example.org\ngit.example.org ssh-ed25519 !!!\n"
        #expect(verdict(file) == .unknown(otherKinds: []))
        #expect(verdict(file + "git.example.org ssh-ed25519 \(Self.text)") == .trusted)
    }

    @Test("SHA-1 and its HMAC give the published results (FIPS 180-2, RFC 2202)")
    func hashes() {
        let digest = SHA1.digest(of: Array("abc".utf8))
        #expect(ObjectID(bytes: digest)?.description == "a9993e364706816aba3e25717850c26c9cd0d89d")
        let code = SHA1.authenticationCode(
            of: Array("what do ya want for nothing?".utf8),
            key: Array("Jefe".utf8)
        )
        #expect(ObjectID(bytes: code)?.description == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")
        let long = SHA1.authenticationCode(
            of: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            key: [UInt8](repeating: 0xaa, count: 80)
        )
        #expect(ObjectID(bytes: long)?.description == "aa4ae5e15272d00e95705637ce8a3b55ed402112")
    }
}
