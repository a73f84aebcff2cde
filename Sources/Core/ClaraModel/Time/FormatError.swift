/// A text that is not in the form its field asks for.
///
/// The error says what was expected and never repeats the text: a secret pasted into the wrong
/// field must not reach a log through its error. The caller knows the text's place and adds it.
public struct FormatError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What the field accepts, to be read after the word "expected": "a date such as 2026-11-23".
    public let expected: String
    /// What to do about this particular mistake, as a sentence of its own without a full stop.
    public let hint: String?

    /// Makes an error from what was expected and, where one helps, a hint.
    public init(expected: String, hint: String? = nil) {
        self.expected = expected
        self.hint = hint
    }

    /// "expected …", with the hint after a semicolon.
    public var description: String {
        guard let hint else { return "expected \(expected)" }
        return "expected \(expected); \(hint)"
    }
}

/// A value that people write as one scalar, and that has one canonical text.
///
/// `init(parsing: value.description) == value` for every value that `init(parsing:)` can make.
public protocol TextRepresentable: Sendable, Hashable, CustomStringConvertible {
    /// Reads the value from the whole of `text`.
    ///
    /// - Throws: `FormatError` with what is accepted.
    init(parsing text: String) throws(FormatError)
}
