import Foundation
import Glibc

/// A server program of a test's own, on a port of the loopback interface; it is killed when the
/// test lets it go.
final class Server: Sendable {
    private let child: Child

    /// Starts it and waits until `isReady`, for ten seconds at most.
    init(_ tool: Tool, _ arguments: [String], log: String, isReady: () -> Bool) throws {
        child = try tool.start(arguments, output: log, errors: log)
        let end = ContinuousClock.now + .seconds(10)
        while !isReady() {
            guard !child.hasEnded, ContinuousClock.now < end else {
                child.kill()
                let words = try String(contentsOfFile: log, encoding: .utf8)
                throw Tool.Failure(description: "\(tool) did not start: \(words)")
            }
            usleep(10_000)
        }
    }

    deinit {
        child.kill()
    }
}

/// TCP on the loopback interface.
enum Loopback {
    /// A port that nothing listens on, below those that the kernel gives to whoever asks for any
    /// (from 32768 on): no listener of another test can take it before the server does.
    static func freePort() throws -> Int {
        for _ in 0..<100 {
            let port = Int.random(in: 20_000..<32_000)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(descriptor) }
            if withAddress(port, { bind(descriptor, $0, $1) }) == 0 { return port }
        }
        throw Tool.Failure(description: "no port between 20000 and 32000 is free")
    }

    /// Whether something accepts connections there.
    static func accepts(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        return withAddress(port) { connect(descriptor, $0, $1) } == 0
    }

    /// Listens, and never answers: whoever connects waits.
    final class Listener: Sendable {
        let port: Int
        private let descriptor: Int32

        init() throws {
            let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            let bound = Loopback.withAddress(0) { bind(socket, $0, $1) }
            guard bound == 0, listen(socket, 16) == 0 else {
                throw Tool.Failure(description: "no port on the loopback interface")
            }
            descriptor = socket
            port = Loopback.port(of: socket)
        }

        deinit { close(descriptor) }
    }

    private static func port(of descriptor: Int32) -> Int {
        var (address, length) = (sockaddr_in(), socklen_t(MemoryLayout<sockaddr_in>.size))
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = getsockname(descriptor, $0, &length)
            }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    private static func withAddress(
        _ port: Int,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
