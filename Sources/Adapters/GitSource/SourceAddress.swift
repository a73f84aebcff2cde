/// What `--source` names: `./path`, `/path/to/bare.git`, `file:///…`, `https://host/repo.git`,
/// `ssh://git@host/repo` or `git@host:repo`.
///
/// A `//sub/folder` behind it (the convention of go-getter and Terraform) names the fleet root
/// inside the repository; behind a local path only where that ends with `.git`. For a local path
/// inside a work tree the repository is found upward, and the path itself is the fleet root.
public struct SourceAddress: Sendable, Hashable, CustomStringConvertible {
    enum Place: Sendable, Hashable {
        case local(path: String)
        case remote(RemoteAddress)
    }

    let place: Place
    /// The fleet root inside the repository, without slashes at its ends; empty for the top.
    public let folder: String

    /// Reads an address.
    /// - Throws: ``GitError/Reason/invalidAddress(text:why:)``, without the user information of the
    ///   text.
    public init(parsing text: String) throws(GitError) {
        let (location, folder) = Self.split(text)
        do {
            self.folder = try Self.normalized(folder)
            place = try Self.place(of: location)
        } catch {
            throw GitError(.invalidAddress(text: Self.redacted(text), why: error.text))
        }
    }

    /// The local folder at this path, whatever characters it holds.
    init(path: String) {
        place = .local(path: path)
        folder = ""
    }

    /// The address without password or token.
    public var description: String {
        let suffix = folder.isEmpty ? "" : "//\(folder)"
        return switch place {
        case .local(let path): path + suffix
        case .remote(let address): address.location + suffix
        }
    }
}

/// Why a part of an address is refused.
struct AddressProblem: Error {
    let text: String
}

extension SourceAddress {
    /// Cuts `location//folder` at the first `//` that belongs neither to `scheme://` nor to the
    /// root folder.
    private static func split(_ text: String) -> (location: String, folder: String) {
        let start = text.firstRange(of: "://")?.upperBound ?? text.startIndex
        let body = text[start...].drop { $0 == "/" }
        guard let cut = body.firstRange(of: "//") else { return (text, "") }
        let isLocal = start == text.startIndex && shorthand(text) == nil
        // In a path on disk a doubled slash is a slash, unless a bare repository stands before it.
        if isLocal, !text[..<cut.lowerBound].hasSuffix(".git") { return (text, "") }
        return (String(text[..<cut.lowerBound]), String(text[cut.upperBound...]))
    }

    private static func normalized(_ folder: String) throws(AddressProblem) -> String {
        let names = folder.split(separator: "/").filter { $0 != "." }
        for name in names {
            if let why = PathRules.refusal(of: Array(name.utf8)) {
                throw AddressProblem(text: "the folder part '\(folder)' is refused, \(why)")
            }
        }
        return names.joined(separator: "/")
    }

    private static func place(of location: String) throws(AddressProblem) -> Place {
        guard !location.isEmpty else { throw AddressProblem(text: "it is empty") }
        guard location.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
            throw AddressProblem(text: "it holds a control character")
        }
        if let scheme = location.firstRange(of: "://") {
            return .remote(
                try RemoteAddress(
                    scheme: location[..<scheme.lowerBound].lowercased(),
                    rest: location[scheme.upperBound...]
                )
            )
        }
        guard let (host, path) = shorthand(location) else {
            if location.prefix(while: { $0 != "/" }).hasSuffix(":") {
                throw AddressProblem(text: "an address needs two slashes behind its scheme")
            }
            return .local(path: location)
        }
        return .remote(try RemoteAddress(scheme: "ssh", rest: "\(host)/\(path)"))
    }

    /// `git@host:path`: as for git, a colon before the first slash makes it a host, unless it
    /// begins like a path.
    private static func shorthand(_ location: String) -> (host: Substring, path: Substring)? {
        guard let colon = location.firstIndex(of: ":"), !location.hasPrefix(".") else { return nil }
        let host = location[..<colon]
        guard !host.isEmpty, !host.contains("/") else { return nil }
        // `https:/me:token@host` is a URL with a slash too few, and no host named https.
        guard !["file", "git", "http", "https", "ssh"].contains(host.lowercased()) else {
            return nil
        }
        return (host, location[location.index(after: colon)...].drop { $0 == "/" })
    }

    /// The text without what may be a password or a token: everything before the last `@` and
    /// everything behind a `?` or `#`, as the shape of a text that was refused is not known.
    private static func redacted(_ text: String) -> String {
        let start = text.firstRange(of: "://")?.upperBound ?? text.startIndex
        let place = text[start...].prefix { $0 != "?" && $0 != "#" }
        let query = place.endIndex < text.endIndex ? "\(text[place.endIndex])<hidden>" : ""
        guard let at = place.lastIndex(of: "@") else {
            return text[..<start] + hidingPort(of: place) + query
        }
        return text[..<start] + "<hidden>" + place[at...] + query
    }

    /// A port that is no number may be a password whose `@` was forgotten.
    private static func hidingPort(of place: Substring) -> String {
        let authority = place.prefix { $0 != "/" }
        guard let colon = authority.lastIndex(of: ":"), !authority.hasPrefix("["),
            !authority[colon...].dropFirst().allSatisfy(\.isNumber)
        else { return String(place) }
        return authority[...colon] + "<hidden>" + place[authority.endIndex...]
    }
}
