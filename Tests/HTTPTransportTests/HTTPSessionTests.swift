import Synchronization
import Testing

@testable import HTTPTransport

@Suite("A session")
struct HTTPSessionTests {
    private func get(
        _ server: LoopbackServer,
        _ settings: HTTPSettings = HTTPSettings(),
        while goOn: () -> Bool = { true }
    ) throws(HTTPError) -> (head: HTTPHead, body: [UInt8]) {
        let session = try HTTPSession(settings)
        var body: [UInt8] = []
        let request = HTTPRequest(.get, "http://127.0.0.1:\(server.port)/")
        let head = try session.perform(request, while: goOn) { body += $0 }
        return (head, body)
    }

    private func reason(_ work: () throws -> Void) -> HTTPError.Reason? {
        do {
            try work()
            return nil
        } catch {
            return (error as? HTTPError)?.reason
        }
    }

    private func answer(_ head: String, _ body: [UInt8] = []) -> [UInt8] {
        Array(head.replacing("\n", with: "\r\n").utf8) + body
    }

    @Test("takes the status, the fields without their blanks, and the body")
    func simple() throws {
        let text = "HTTP/1.1 404 Not Found\nX-One:  a b \nx-two: c\nContent-Length: 3\n\n"
        let server = try LoopbackServer(.bytes(answer(text, [1, 2, 3])))
        let (head, body) = try get(server)
        #expect(head.status == 404)
        #expect(head["x-one"] == "a b")
        #expect(head["X-TWO"] == "c")
        #expect(head["x-three"] == nil)
        #expect(body == [1, 2, 3])
    }

    @Test("takes the last head where an interim one comes first, and chunks for a body")
    func interim() throws {
        let text =
            "HTTP/1.1 103 Early Hints\nLink: x\n\nHTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n"
        let chunks = Array("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n".utf8)
        let (head, body) = try get(try LoopbackServer(.bytes(answer(text, chunks))))
        #expect(head.status == 200)
        #expect(head["link"] == nil)
        #expect(body == Array("abcde".utf8))
    }

    @Test("an answer without a body is its head")
    func empty() throws {
        let (head, body) = try get(
            try LoopbackServer(.bytes(answer("HTTP/1.1 204 No Content\n\n")))
        )
        #expect(head.status == 204)
        #expect(body.isEmpty)
    }

    @Test("a body much larger than the buffer arrives whole, in the order sent, to a slow reader")
    func backpressure() throws {
        let body = (0..<20_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 7) }
        let server = try LoopbackServer(
            .bytes(answer("HTTP/1.1 200 OK\nContent-Length: \(body.count)\n\n", body))
        )
        let session = try HTTPSession(HTTPSettings())
        _ = try session.begin(HTTPRequest(.get, "http://127.0.0.1:\(server.port)/"))
        var (received, piece): ([UInt8], [UInt8]) = ([], [UInt8](repeating: 0, count: 70_001))
        while true {
            let count = try piece.withUnsafeMutableBytes { try session.read(into: $0) }
            if count == 0 { break }
            received += piece[..<count]
        }
        #expect(received == body)
    }

    @Test("a connection is used again, and an answer that was not read does not get in the way")
    func reuse() throws {
        let bytes = answer("HTTP/1.1 200 OK\nContent-Length: 5\n\n", Array("hello".utf8))
        let server = try LoopbackServer(.each(bytes))
        let session = try HTTPSession(HTTPSettings())
        let request = HTTPRequest(.get, "http://127.0.0.1:\(server.port)/")
        for _ in 0..<3 { _ = try session.begin(request) }
        for _ in 0..<3 {
            var body: [UInt8] = []
            _ = try session.perform(request) { body += $0 }
            #expect(body == Array("hello".utf8))
        }
    }

    @Test("a redirect is an answer like any other")
    func redirect() throws {
        let server = try LoopbackServer(
            .bytes(answer("HTTP/1.1 302 Found\nLocation: http://127.0.0.1:1/\n\n"))
        )
        let (head, _) = try get(server)
        #expect(head.status == 302)
        #expect(head["location"] == "http://127.0.0.1:1/")
    }

    @Test("a body over the limit, announced or not, is an error")
    func tooLarge() throws {
        let body = [UInt8](repeating: 7, count: 1_001)
        for head in ["HTTP/1.1 200 OK\nContent-Length: 1001\n\n", "HTTP/1.1 200 OK\n\n"] {
            let server = try LoopbackServer(.bytes(answer(head, body)))
            #expect(reason { _ = try get(server, HTTPSettings(largestBody: 1_000)) } == .tooLarge)
            #expect(try get(server, HTTPSettings(largestBody: 1_001)).body == body)
        }
    }

    @Test("an endless head is an error")
    func endlessHead() throws {
        let lines = (0..<20_000).map { "X-\($0): \(String(repeating: "x", count: 20))\n" }.joined()
        let server = try LoopbackServer(.bytes(answer("HTTP/1.1 200 OK\n\(lines)\n")))
        #expect(reason { _ = try get(server) } == .malformed)
    }

    @Test("an answer that ends early is interrupted")
    func interrupted() throws {
        let server = try LoopbackServer(
            .bytes(answer("HTTP/1.1 200 OK\nContent-Length: 9\n\n", [1]))
        )
        #expect(reason { _ = try get(server) } == .interrupted)
        #expect(reason { _ = try get(try LoopbackServer(.bytes([]))) } == .interrupted)
    }

    @Test("something that is not HTTP is malformed")
    func notHTTP() throws {
        let server = try LoopbackServer(.bytes(answer("SSH-2.0-OpenSSH_9.2\n")))
        #expect(reason { _ = try get(server) } == .malformed)
    }

    @Test("silence before the head, or within the body, ends after the stall limit")
    func stall() throws {
        for bytes in [[], answer("HTTP/1.1 200 OK\nContent-Length: 9\n\n", [1])] {
            let server = try LoopbackServer(.thenSilence(bytes))
            let settings = HTTPSettings(stallTimeout: .seconds(1))
            #expect(reason { _ = try get(server, settings) } == .timedOut)
        }
    }

    @Test("the caller can give up while nothing comes")
    func cancelled() throws {
        let server = try LoopbackServer(.thenSilence([]))
        var asked = 0
        let found = reason {
            _ = try get(server) {
                asked += 1
                return asked < 3
            }
        }
        #expect(found == .cancelled)
    }

    @Test("a name without address, and a port where nobody listens, are different errors")
    func unreachable() throws {
        let session = try HTTPSession(HTTPSettings())
        let name = reason {
            _ = try session.begin(HTTPRequest(.get, "http://nonexistent.invalid/"))
        }
        #expect(name == .nameNotResolved)
        let port = try LoopbackServer(.bytes([])).port
        let closed = reason {
            _ = try session.begin(HTTPRequest(.get, "http://127.0.0.1:\(port)/"))
        }
        #expect(closed == .unreachable)
    }

    @Test(
        "a URL of another kind, or a field that holds a line break, is not sent",
        arguments: ["file:///etc/passwd", "ftp://127.0.0.1/", "not a url"]
    )
    func refused(url: String) throws {
        let session = try HTTPSession(HTTPSettings())
        #expect(reason { _ = try session.begin(HTTPRequest(.get, url)) } == .malformed)
        let field = HTTPField("X-A", "b\r\nX-C: d")
        let request = HTTPRequest(.get, "http://127.0.0.1:1/", fields: [field])
        #expect(reason { _ = try session.begin(request) } == .malformed)
    }

    @Test("a credential is not in a description or a dump")
    func credential() {
        let credential = HTTPCredential(username: "me", password: "hunter2")
        var dumped = ""
        dump(HTTPRequest(.get, "http://x/", credential: credential), to: &dumped)
        #expect(!"\(dumped)\(credential)\(String(reflecting: credential))".contains("hunter2"))
    }
}
