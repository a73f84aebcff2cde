import Dispatch
import Glibc

/// Ends an SSH connection that stalls.
///
/// This libssh2 waits without a limit, and libgit2 hands neither its socket nor a timeout out. So a
/// timer looks at the fetch's progress, and shuts down this process's connections to that host and
/// port when the patience is at its end; the blocked read then fails. Another SSH fetch from the
/// same host at the same moment would fail with it, and be tried again.
final class ConnectionGuard {
    private let timer: any DispatchSourceTimer

    /// How often to look, in seconds.
    private static let interval = 1

    /// Watches connections to a host.
    /// - Throws: ``GitError/Reason/dnsFailure(host:)``.
    init(host: String, port: Int, _ watch: FetchWatch) throws(GitError) {
        let peers = try Self.addresses(of: host, port: port)
        timer = DispatchSource.makeTimerSource(queue: .global())
        timer.schedule(
            deadline: .now() + .seconds(Self.interval),
            repeating: .seconds(Self.interval)
        )
        timer.setEventHandler {
            if watch.hasStalled || !watch.goesOn { Self.shutDown(peers) }
        }
        timer.resume()
    }

    deinit {
        timer.cancel()
    }

    private static func addresses(of host: String, port: Int) throws(GitError) -> Set<[UInt8]> {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &first)
        guard code == 0 else {
            let cause = GitError.Cause(
                library: "getaddrinfo",
                code: Int(code),
                category: 0,
                message: String(cString: gai_strerror(code))
            )
            throw GitError(.dnsFailure(host: host), cause: cause)
        }
        defer { freeaddrinfo(first) }
        return Set(
            sequence(first: first) { $0?.pointee.ai_next }.compactMap { item in
                guard let item, let address = item.pointee.ai_addr else { return nil }
                return key(address, Int(item.pointee.ai_addrlen))
            }
        )
    }

    private static func shutDown(_ peers: Set<[UInt8]>) {
        // Without /proc nothing is found, and the connection ends when the host or the kernel ends
        // it.
        let names = (try? DiskFolder.names(at: "/proc/self/fd", shownAs: "/proc/self/fd")) ?? []
        for case let descriptor? in names.map({ Int32(String(decoding: $0, as: UTF8.self)) }) {
            var address = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let peer = withUnsafeMutablePointer(to: &address) { storage in
                storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    getpeername(descriptor, address, &length) == 0
                        ? key(UnsafeMutablePointer(address), Int(length)) : nil
                }
            }
            if let peer, peers.contains(peer) { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    /// The family, port and address: the parts of a socket address that name its host.
    private static func key(_ address: UnsafeMutablePointer<sockaddr>, _ length: Int) -> [UInt8]? {
        let bytes = [UInt8](UnsafeRawBufferPointer(start: address, count: length))
        switch Int32(address.pointee.sa_family) {
        case AF_INET: return Array(bytes.prefix(8))
        case AF_INET6: return Array(bytes.prefix(4) + bytes.dropFirst(8).prefix(16))
        default: return nil
        }
    }
}
