import Dispatch
import Glibc

/// A server on the loopback interface that answers each connection with bytes the test has written
/// down, so that answers no well-behaved server would give can be given.
final class LoopbackServer: Sendable {
    /// What is done with a connection.
    enum Answer: Sendable {
        /// Reads one request, sends this, and closes.
        case bytes([UInt8])
        /// Reads one request after another, and sends this to each.
        case each([UInt8])
        /// Reads one request, sends this, and keeps the connection open without a word.
        case thenSilence([UInt8])
    }

    let port: Int
    private let listener: Int32

    init(_ answer: Answer) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard code, listen(listener, 16) == 0 else { throw Failure() }
        port = Int(UInt16(bigEndian: address.sin_port))
        self.listener = listener
        Thread.start { Self.serve(listener, answer) }
    }

    deinit {
        // Wakes the thread that accepts; closing alone would not.
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// There was no port to be had.
    struct Failure: Error {}

    private static func serve(_ listener: Int32, _ answer: Answer) {
        while true {
            let connection = accept(listener, nil, nil)
            if connection < 0 { return }
            Thread.start { serve(connection: connection, answer) }
        }
    }

    private static func serve(connection: Int32, _ answer: Answer) {
        defer { close(connection) }
        switch answer {
        case .bytes(let bytes):
            if readRequest(connection) { send(bytes, to: connection) }
        case .each(let bytes):
            while readRequest(connection) { send(bytes, to: connection) }
        case .thenSilence(let bytes):
            if readRequest(connection) { send(bytes, to: connection) }
            _ = readRequest(connection)
        }
    }

    /// Reads up to the end of a head without a body; false at the end of the connection.
    private static func readRequest(_ connection: Int32) -> Bool {
        var (tail, byte): ([UInt8], UInt8) = ([], 0)
        while recv(connection, &byte, 1, 0) == 1 {
            tail = tail.suffix(3) + [byte]
            if tail == Array("\r\n\r\n".utf8) { return true }
        }
        return false
    }

    private static func send(_ bytes: [UInt8], to connection: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return }
            rest = rest.dropFirst(count)
        }
    }

    private enum Thread {
        static func start(_ work: @escaping @Sendable () -> Void) {
            DispatchQueue(label: "loopback").async(execute: work)
        }
    }
}
