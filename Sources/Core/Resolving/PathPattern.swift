/// A pattern over paths or names: `*` and `?` stay within one part of a path, `**` crosses parts.
///
/// It follows gitignore's patterns (git-scm.com/docs/gitignore) without negation and without
/// character classes.
public struct PathPattern: Sendable, Hashable {
    /// The pattern as written.
    public let text: String
    private let parts: [[UInt8]]

    /// Compiles a pattern.
    public init(_ text: String) {
        self.text = text
        parts = text.split(separator: "/").map { Array($0.utf8) }
    }

    /// Whether the whole path fits. Takes time in proportion to pattern × path, never more.
    public func matches(_ path: String) -> Bool {
        let path = path.split(separator: "/").map { Array($0.utf8) }
        return Self.fits(parts, path, isAny: { $0 == Self.anyParts }, one: Self.partFits)
    }

    private static let anyParts = Array("**".utf8)

    private static func partFits(_ pattern: [UInt8], _ part: [UInt8]) -> Bool {
        fits(pattern, part, isAny: { $0 == UInt8(ascii: "*") }) {
            $0 == UInt8(ascii: "?") || $0 == $1
        }
    }

    /// Matching with one wildcard that stands for any run of elements. On a mismatch it goes back
    /// to the last wildcard only: giving an earlier one more could not reach anything that the last
    /// one cannot, so the time is bounded by pattern × text.
    private static func fits<Element>(
        _ pattern: [Element],
        _ text: [Element],
        isAny: (Element) -> Bool,
        one: (Element, Element) -> Bool
    ) -> Bool {
        var (p, t) = (0, 0)
        var retry: (pattern: Int, text: Int)?
        while t < text.count {
            if p < pattern.count, isAny(pattern[p]) {
                retry = (p + 1, t)
                p += 1
            } else if p < pattern.count, one(pattern[p], text[t]) {
                (p, t) = (p + 1, t + 1)
            } else if let back = retry {
                retry = (back.pattern, back.text + 1)
                (p, t) = (back.pattern, back.text + 1)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy(isAny)
    }
}
