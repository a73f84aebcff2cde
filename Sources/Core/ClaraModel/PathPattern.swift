/// A pattern over paths or names: `*` and `?` stay within one part of a path, `**` crosses parts.
///
/// It follows gitignore's patterns (git-scm.com/docs/gitignore) without negation and without
/// character classes.
public struct PathPattern: Sendable, Hashable {
    /// The pattern as written.
    public let text: String
    private let parts: [ArraySlice<UInt8>]

    /// Compiles a pattern.
    public init(_ text: String) {
        self.text = text
        parts = Self.parts(of: text)
    }

    /// Whether the whole path fits. Takes time in proportion to pattern × path, never more.
    public func matches(_ path: String) -> Bool {
        Self.fits(
            parts[...],
            Self.parts(of: path)[...],
            isAny: { $0.elementsEqual("**".utf8) },
            one: Self.partFits
        )
    }

    private static func parts(of path: String) -> [ArraySlice<UInt8>] {
        Array(path.utf8).split(separator: UInt8(ascii: "/"))
    }

    private static func partFits(_ pattern: ArraySlice<UInt8>, _ part: ArraySlice<UInt8>) -> Bool {
        fits(pattern, part, isAny: { $0 == UInt8(ascii: "*") }) {
            $0 == UInt8(ascii: "?") || $0 == $1
        }
    }

    /// Matching with one wildcard that stands for any run of elements. On a mismatch it goes back
    /// to the last wildcard only: giving an earlier one more could not reach anything that the last
    /// one cannot, so the time is bounded by pattern × text.
    private static func fits<Element>(
        _ pattern: ArraySlice<Element>,
        _ text: ArraySlice<Element>,
        isAny: (Element) -> Bool,
        one: (Element, Element) -> Bool
    ) -> Bool {
        var (p, t) = (pattern.startIndex, text.startIndex)
        var retry: (pattern: Int, text: Int)?
        while t < text.endIndex {
            if p < pattern.endIndex, isAny(pattern[p]) {
                retry = (p + 1, t)
                p += 1
            } else if p < pattern.endIndex, one(pattern[p], text[t]) {
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
