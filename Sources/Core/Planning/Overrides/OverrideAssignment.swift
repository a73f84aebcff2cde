import ClaraModel

/// What `--set` says: a field and its value, as `posts.perDay=2`, `slots=["Mon 09:00"]`,
/// `state=paused`, or `jitter=` to take the field away.
public struct OverrideAssignment: Sendable, Hashable {
    /// The field, from the outside in.
    public let path: [String]
    /// Its value; nil takes the field away.
    public let value: JSONValue?

    /// Reads an assignment. What reads as JSON is JSON; everything else is text, so that only text
    /// that looks like a number, such as `"42"`, needs quotation marks.
    ///
    /// - Throws: `FormatError` where there is no `=`, the path has an empty part, or the value
    ///   begins as a JSON list, mapping or text and is none.
    public init(parsing text: String) throws(FormatError) {
        guard let equals = text.firstIndex(of: "=") else { throw Self.problem("there is no `=`") }
        path = text[..<equals].split(separator: ".", omittingEmptySubsequences: false)
            .map(String.init)
        guard path.allSatisfy(Self.isName) else {
            throw Self.problem("write names with dots between them before the `=`")
        }
        value = try Self.value(String(text[text.index(after: equals)...]))
    }

    private static func isName(_ part: String) -> Bool {
        !part.isEmpty && part.utf8.count <= longestName
            && part.utf8.allSatisfy { $0 > UInt8(ascii: " ") && $0 < 0x7F }
    }

    /// Longer than any field, and short enough to be shown in a message.
    private static let longestName = 100

    private static func value(_ text: String) throws(FormatError) -> JSONValue? {
        if text.isEmpty { return nil }
        do {
            return try CanonicalJSON(trusting: text).value()
        } catch {
            guard let first = text.first, "[{\"".contains(first) else { return .string(text) }
            throw problem("the value begins like JSON and is none")
        }
    }

    private static func problem(_ hint: String) -> FormatError {
        FormatError(
            expected: "a field and its value, such as posts.perDay=2 or slots=[\"Mon 09:00\"]",
            hint: hint
        )
    }
}
