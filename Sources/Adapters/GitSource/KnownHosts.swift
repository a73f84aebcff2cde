import Glibc

/// The host keys that the operator trusts: a file in the format of `sshd(8)`, "SSH_KNOWN_HOSTS FILE
/// FORMAT".
///
/// libgit2 looks only into the home folder's file and only at the host's name; this looks where it
/// is told, and takes hashed names, patterns, ports and revocations into account. Lines for
/// certificate authorities are passed over, as libssh2 knows no host certificates.
struct KnownHosts {
    /// What the file says about a key.
    enum Verdict: Equatable {
        case trusted
        /// The host is not there; `otherKinds` are the kinds of key that are known of it.
        case unknown(otherKinds: [String])
        /// The host has another key of this kind, or the key is revoked, by this line.
        case changed(line: Int)
    }

    private struct Entry {
        let line: Int
        let isRevoked: Bool
        let hosts: Substring
        let kind: String
        let key: [UInt8]
    }

    private let entries: [Entry]

    /// Reads the lines of a file; lines that are not understood trust nobody and are passed over.
    init(parsing text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        entries = lines.enumerated().compactMap { Self.entry($1, line: $0 + 1) }
    }

    /// A larger file is some other file: this is about 20,000 hosts.
    private static let bytesOfFile = 8 << 20

    /// Reads a file; one that does not exist trusts nobody.
    init(at path: String) throws(GitError) {
        guard access(path, F_OK) == 0 else {
            self.init(parsing: "")
            return
        }
        // The file itself may be a link, as it is in many homes.
        let real = try FilePath.resolved(path)
        let bytes = try DiskFile(at: real, shownAs: path).contents(limit: Self.bytesOfFile)
        self.init(parsing: String(decoding: bytes, as: UTF8.self))
    }

    /// What the file says about the key that a host has shown.
    func verdict(host: String, port: Int?, kind: String, key: [UInt8]) -> Verdict {
        let name = port.map { $0 == 22 ? host : "[\(host)]:\($0)" } ?? host
        let known = entries.filter { HostPattern.list($0.hosts, contains: name) }
        if let revoked = known.first(where: { $0.isRevoked && $0.key == key }) {
            return .changed(line: revoked.line)
        }
        let valid = known.filter { !$0.isRevoked }
        if valid.contains(where: { $0.key == key }) { return .trusted }
        if let other = valid.first(where: { $0.kind == kind }) { return .changed(line: other.line) }
        return .unknown(otherKinds: Set(valid.map(\.kind)).sorted())
    }

    private static func entry(_ line: Substring, line number: Int) -> Entry? {
        var fields = line.split { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\r\n" }[...]
        guard let first = fields.first, !first.hasPrefix("#") else { return nil }
        if first.hasPrefix("@"), first != "@revoked" { return nil }
        if first == "@revoked" { fields = fields.dropFirst() }
        guard fields.count >= 3, let key = Base64.decoded(fields[fields.startIndex + 2]) else {
            return nil
        }
        return Entry(
            line: number,
            isRevoked: first == "@revoked",
            hosts: fields[fields.startIndex],
            kind: String(fields[fields.startIndex + 1]),
            key: key
        )
    }
}

/// The names of a line: patterns with `*` and `?`, exceptions with `!`, or one name that is hashed.
private enum HostPattern {
    static func list(_ list: Substring, contains host: String) -> Bool {
        if list.hasPrefix("|1|") { return hashed(list, matches: host) }
        let patterns = list.split(separator: ",")
        let excluded = patterns.contains {
            $0.hasPrefix("!") && glob(Array($0.dropFirst().lowercased()), matches: Array(host)[...])
        }
        return !excluded
            && patterns.contains { glob(Array($0.lowercased()), matches: Array(host)[...]) }
    }

    /// `|1|salt|hash`: the HMAC-SHA-1 of the name under the salt, as `ssh-keygen -H` writes it.
    private static func hashed(_ field: Substring, matches host: String) -> Bool {
        let parts = field.split(separator: "|", omittingEmptySubsequences: false)
        guard parts.count == 4, let salt = Base64.decoded(parts[2]),
            let hash = Base64.decoded(parts[3])
        else { return false }
        return SHA1.authenticationCode(of: Array(host.utf8), key: salt) == hash
    }

    /// Matches with one point of return, so that no pattern takes more than the product of the
    /// lengths.
    private static func glob(_ pattern: [Character], matches text: ArraySlice<Character>) -> Bool {
        var (at, position) = (0, text.startIndex)
        var back: (pattern: Int, text: Int)?
        while position < text.endIndex {
            if at < pattern.count, pattern[at] == "*" {
                back = (at + 1, position)
                at += 1
            } else if at < pattern.count, pattern[at] == "?" || pattern[at] == text[position] {
                at += 1
                position += 1
            } else if let (after, start) = back {
                back = (after, start + 1)
                (at, position) = (after, start + 1)
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == "*" }
    }
}

/// Base64 with padding (RFC 4648, 4).
enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )

    /// The bytes; nil for a character outside the alphabet.
    static func decoded(_ text: some StringProtocol) -> [UInt8]? {
        var (bytes, bits, count): ([UInt8], UInt32, Int) = ([], 0, 0)
        for character in text.utf8 where character != UInt8(ascii: "=") {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }

    /// The text without padding, as OpenSSH shows fingerprints.
    static func encodedWithoutPadding(_ bytes: [UInt8]) -> String {
        var (text, bits, count): ([UInt8], UInt32, Int) = ([], 0, 0)
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 6 {
                count -= 6
                text.append(alphabet[Int(bits >> UInt32(count) & 63)])
            }
        }
        if count > 0 { text.append(alphabet[Int(bits << UInt32(6 - count) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }
}
