/// A repository that is fetched: its scheme, host and path, with the user information kept apart.
struct RemoteAddress: Sendable, Hashable {
    enum Scheme: String, Sendable {
        case file, https, ssh
    }

    let scheme: Scheme
    /// The host in lower case, an IPv6 address without its brackets; empty for `file`.
    let host: String
    let port: Int?
    /// The path with its leading slash, percent-encoded as it was given.
    let path: String
    let user: String?
    let password: String?

    init(scheme name: String, rest: Substring) throws(AddressProblem) {
        scheme = try Self.scheme(name)
        let authority = scheme == .file ? "" : rest.prefix { $0 != "/" }
        path = scheme == .file ? String(rest) : String(rest.dropFirst(authority.count))
        guard !path.contains("?"), !path.contains("#") else {
            throw AddressProblem(text: "a query is not part of it; name the revision with --ref")
        }
        guard path.hasPrefix("/"), path.count > 1 else {
            throw AddressProblem(
                text: scheme == .file ? "file:// wants an absolute path" : "the path is missing"
            )
        }
        let userInfo = authority.lastIndex(of: "@").map { authority[..<$0] }
        let parts = userInfo?.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        user = parts?.first.map(Self.decoded)
        password = parts?.dropFirst().first.map(Self.decoded)
        let server = userInfo.map { authority.dropFirst($0.count + 1) } ?? authority
        (host, port) = try Self.server(server, of: scheme)
    }

    /// The URL without user information, except the user of ssh, who is part of the place and no
    /// secret.
    var location: String {
        let account = scheme == .ssh ? user.map { "\($0)@" } ?? "" : ""
        return "\(scheme.rawValue)://\(account)\(authority)\(path)"
    }

    /// `host`, or `host:port`, with brackets around an IPv6 address.
    var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port.map { "\(name):\($0)" } ?? name
    }

    private static func scheme(_ name: String) throws(AddressProblem) -> Scheme {
        if let known = Scheme(rawValue: name) { return known }
        switch name {
        case "http", "git":
            throw AddressProblem(
                text: "\(name):// protects neither manifests nor token; use https:// or ssh://"
            )
        default: throw AddressProblem(text: "'\(name)://' is not a known scheme")
        }
    }

    private static func server(
        _ text: Substring,
        of scheme: Scheme
    ) throws(AddressProblem) -> (host: String, port: Int?) {
        if scheme == .file { return ("", nil) }
        let bracketed = text.hasPrefix("[")
        let end = bracketed ? text.firstIndex(of: "]") : text.firstIndex(of: ":") ?? text.endIndex
        guard let end else { throw AddressProblem(text: "a bracket is not closed") }
        let host = bracketed ? text[..<end].dropFirst() : text[..<end]
        // A host that begins with a dash could be taken for an option by what comes after us.
        guard !host.isEmpty, !host.hasPrefix("-") else {
            throw AddressProblem(text: "the host is missing or malformed")
        }
        let rest = bracketed ? text[end...].dropFirst() : text[end...]
        guard !rest.isEmpty else { return (host.lowercased(), nil) }
        guard rest.hasPrefix(":"), let port = UInt16(rest.dropFirst()), port > 0 else {
            throw AddressProblem(text: "what stands behind the host is not a port")
        }
        return (host.lowercased(), Int(port))
    }

    /// Percent-decodes user information (RFC 3986, 2.1); a malformed sequence stands for itself.
    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
