extension TextFormat {
    /// A name that is safe in addresses, file names and metric labels: a DNS label (RFC 1123 §2.1).
    public static let resourceName = TextFormat(
        name: "name",
        expected: "a name of lower-case letters, digits and dashes, at most 63 characters",
        examples: ["weekday-mornings"],
        pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",
        hint: "start and end with a letter or a digit",
        accepts: isName
    )

    /// An e-mail address, checked only for what every address has.
    public static let email = TextFormat(
        name: "email",
        expected: "an e-mail address such as ops@acme.example",
        examples: ["ops@acme.example"],
        pattern: "^[^@\\s]+@[^@\\s]+$"
    ) { text in
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !text.contains(" ")
    }

    /// The name of an X account (X: 1 to 15 letters, digits and underscores).
    public static let handle = TextFormat(
        name: "x-handle",
        expected: "an X account such as \"@acmecoffee\", quoted",
        examples: ["@acmecoffee"],
        pattern: "^@[A-Za-z0-9_]{1,15}$"
    ) { text in
        let name = text.utf8.dropFirst()
        return text.utf8.first == UInt8(ascii: "@") && (1...15).contains(name.count)
            && name.allSatisfy(isWord)
    }

    /// A language tag (BCP 47), checked for its shape only.
    public static let language = TextFormat(
        name: "language",
        expected: "a language tag such as en or pt-BR",
        examples: ["en", "pt-BR"],
        pattern: "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
    ) { text in
        let parts = text.utf8.split(separator: dash, omittingEmptySubsequences: false)
        return (2...3).contains(parts[0].count) && parts[0].allSatisfy(\.isLetter)
            && parts.dropFirst().allSatisfy { (2...8).contains($0.count) && $0.allSatisfy(isWord) }
    }

    /// The base address of an OpenAI-compatible service.
    public static let httpsURL = TextFormat(
        name: "https-url",
        expected: "an https address such as https://api.openai.com/v1",
        examples: ["https://api.openai.com/v1"],
        pattern: "^https://[^/\\s@?#]+(/[^\\s@?#]*)?$",
        hint: "a key is sent there, so only https, and nothing secret or variable in the address"
    ) { text in
        text.hasPrefix("https://") && !text.contains { $0.isWhitespace || "@?#".contains($0) }
            && !HostName(ofURL: text).isEmpty
    }

    /// A pattern over paths inside the tenant's folder.
    public static let glob = TextFormat(
        name: "glob",
        expected: "a path pattern inside the tenant's folder, such as knowledge/**/*.md",
        examples: ["knowledge/**/*.md"],
        hint: "a pattern is relative to the tenant's folder and cannot leave it"
    ) { text in
        !text.isEmpty && !text.hasPrefix("/") && !text.split(separator: "/").contains("..")
    }

    private convenience init(
        name: String,
        expected: String,
        examples: [String],
        pattern: String? = nil,
        hint: String? = nil,
        accepts: @escaping @Sendable (String) -> Bool
    ) {
        let problem = FormatError(expected: expected, hint: hint)
        self.init(name: name, expected: expected, examples: examples, pattern: pattern) {
            accepts($0) ? nil : problem
        }
    }

    @Sendable private static func isName(_ text: String) -> Bool {
        let bytes = text.utf8
        guard (1...63).contains(bytes.count), bytes.first != dash, bytes.last != dash else {
            return false
        }
        return bytes.allSatisfy { $0 == dash || isLowerOrDigit($0) }
    }

    private static let dash = UInt8(ascii: "-")

    @Sendable private static func isLowerOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    @Sendable private static func isWord(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_")
    }
}

/// The host of an address, in lower case and without its port.
public struct HostName: Sendable, Hashable {
    /// The host; empty where the address has none.
    public let text: String

    /// Takes the host out of `scheme://host[:port]/…`.
    public init(ofURL url: String) {
        let rest = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        let authority = rest.count > 2 ? rest[2] : ""
        text = authority.prefix { $0 != ":" && $0 != "?" && $0 != "#" }.lowercased()
    }

    /// Whether there was no host.
    public var isEmpty: Bool { text.isEmpty }
}
