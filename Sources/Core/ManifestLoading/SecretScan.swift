/// Finds text that looks like a key, so that it is refused in manifests and hidden in messages.
///
/// It errs towards refusing: a key in git is public for ever, a rewritten sentence costs a minute.
/// Hexadecimal text is not taken for a key, since git's ids and digests look the same.
public enum SecretScan {
    /// The shortest run of letters and digits that is judged by its look. X's consumer keys have 25
    /// characters, OpenAI's more than 40; words that people join without a separator are shorter.
    static let shortestKey = 24
    /// The least number of different characters in such a run. In 24 random letters and digits
    /// fewer than 12 hardly ever occur (one in 10 million); joined words repeat their letters.
    static let leastVariety = 12
    /// The least share of neighbours that are of different sorts (small, capital, digit). Random
    /// letters and digits have 0.62, or 0.5 without digits, camel case and paths below 0.35.
    static let leastAlternation = 0.4
    /// The shortest run with `-_+/=` in it that is judged as base 64: 24 bytes. A shorter one could
    /// as well be a path.
    static let shortestBase64 = 32

    /// Whether the text holds something that looks like a key.
    public static func looksLikeKey(_ text: String) -> Bool {
        var text = text
        return text.withUTF8(mayHoldKey) && !keyRanges(in: text, stoppingAtFirst: true).isEmpty
    }

    /// Whether any run of characters is long enough to be looked at. Nearly all texts have none,
    /// and every text of a fleet comes by here.
    private static func mayHoldKey(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var start = 0
        for (index, byte) in bytes.enumerated() where !CharacterSort.isKeyByte(byte) {
            if isWorthALook(bytes[start..<index]) { return true }
            start = index + 1
        }
        return isWorthALook(bytes[start...])
    }

    private static func isWorthALook(_ run: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        run.count >= KeyPrefix.shortestKey
            || (run.count >= pemMark.utf8.count && run.first == UInt8(ascii: "-"))
    }

    /// Where the text holds something that looks like a key, in order and without overlap.
    static func keyRanges(in text: String) -> [Range<String.Index>] {
        keyRanges(in: text, stoppingAtFirst: false)
    }

    /// The text with everything hidden that looks like a key.
    static func hiding(_ text: String) -> String {
        keyRanges(in: text).reversed().reduce(into: text) { text, range in
            text.replaceSubrange(range, with: Excerpt.mask)
        }
    }

    private static func keyRanges(
        in text: String,
        stoppingAtFirst: Bool
    ) -> [Range<String.Index>] {
        let bytes = text.utf8
        if holdsPEM(bytes) { return [text.startIndex..<text.endIndex] }
        var ranges: [Range<String.Index>] = []
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex { !CharacterSort.isKeyByte($0) } ?? bytes.endIndex
            if isKey(bytes[start..<end]) {
                ranges.append(start..<end)
                if stoppingAtFirst { break }
            }
            start = end < bytes.endIndex ? bytes.index(after: end) : end
        }
        return ranges
    }

    /// The first line of a key in PEM (RFC 7468); it makes everything beside it suspect.
    private static let pemMark = "-----BEGIN"

    /// By bytes: whatever follows the mark and joins its last letter, it is one.
    private static func holdsPEM(_ bytes: String.UTF8View) -> Bool {
        var rest = bytes[...]
        while let dash = rest.firstIndex(of: UInt8(ascii: "-")) {
            rest = rest[dash...]
            if rest.starts(with: pemMark.utf8) { return true }
            rest.removeFirst()
        }
        return false
    }

    private static func isKey(_ run: Substring.UTF8View) -> Bool {
        guard run.count >= KeyPrefix.shortestKey else { return false }
        if KeyPrefix.all.contains(where: { $0.begins(run) }) { return true }
        if run.count >= shortestBase64, isMixed(run), alternation(of: run) >= leastAlternation {
            return true
        }
        return run.split(whereSeparator: CharacterSort.isSeparator).contains { isRandomWord($0) }
    }

    /// Whether a run of letters and digits is more likely drawn than written.
    private static func isRandomWord(_ word: Substring.UTF8View) -> Bool {
        guard word.count >= shortestKey, Set(word).count >= leastVariety else { return false }
        return isMixed(word) || (isMixedCase(word) && alternation(of: word) >= leastAlternation)
    }

    /// Whether small letters, capitals and digits all occur, as in nearly every base-62 key.
    private static func isMixed(_ run: Substring.UTF8View) -> Bool {
        Set(run.lazy.map(CharacterSort.init)).isSuperset(of: [.small, .capital, .digit])
    }

    /// Whether small letters and capitals both occur, which they do not in hexadecimal text.
    private static func isMixedCase(_ run: Substring.UTF8View) -> Bool {
        Set(run.lazy.map(CharacterSort.init)).isSuperset(of: [.small, .capital])
    }

    /// The share of neighbours that are of different sorts; separators part neighbours.
    private static func alternation(of run: Substring.UTF8View) -> Double {
        let sorts = run.map(CharacterSort.init)
        let pairs = zip(sorts, sorts.dropFirst()).filter { $0 != .separator && $1 != .separator }
        guard !pairs.isEmpty else { return 0 }
        return Double(pairs.count { $0 != $1 }) / Double(pairs.count)
    }
}

/// A beginning that a service gives its keys.
private struct KeyPrefix {
    let text: String
    /// How many letters and digits must follow without a separator, at least one of them a digit:
    /// enough that a hyphenated word with the same beginning is let through.
    let least: Int

    /// OpenAI, GitHub, GitLab, Slack, AWS, Google, JSON Web Tokens, age.
    static let all = [
        KeyPrefix("sk-", 20), KeyPrefix("sk_live_", 12), KeyPrefix("ghp_", 20),
        KeyPrefix("gho_", 20), KeyPrefix("ghs_", 20), KeyPrefix("github_pat_", 20),
        KeyPrefix("glpat-", 12), KeyPrefix("xoxb-", 10), KeyPrefix("xoxp-", 10),
        KeyPrefix("AKIA", 12), KeyPrefix("AIza", 20), KeyPrefix("eyJ", 16),
        KeyPrefix("AGE-SECRET-KEY-", 20),
    ]

    /// The length of the shortest key that any prefix announces.
    static let shortestKey = all.map { $0.text.utf8.count + $0.least }.min() ?? 0

    private init(_ text: String, _ least: Int) {
        self.text = text
        self.least = least
    }

    func begins(_ run: Substring.UTF8View) -> Bool {
        guard run.starts(with: text.utf8) else { return false }
        return run.dropFirst(text.utf8.count).split(whereSeparator: CharacterSort.isSeparator)
            .contains { $0.count >= least && $0.contains { CharacterSort($0) == .digit } }
    }
}

/// What a byte of a key can be.
private enum CharacterSort: Hashable {
    case small, capital, digit, separator

    init(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): self = .small
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): self = .capital
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self = .digit
        default: self = .separator
        }
    }

    static func isSeparator(_ byte: UInt8) -> Bool { CharacterSort(byte) == .separator }

    /// The characters of base 64 in both of its alphabets (RFC 4648).
    static func isKeyByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="):
            true
        default: false
        }
    }
}
