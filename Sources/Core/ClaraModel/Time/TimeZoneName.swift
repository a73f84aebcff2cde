/// The name of an IANA time zone, in the form `Area/Location`, or `UTC`: `Europe/Paris`.
///
/// This checks the form only; whether the zone exists is for the zone table in Scheduling to say.
/// Abbreviations and bare offsets ("EST", "GMT+3") are refused: they name no zone whose clock
/// changes are known, and most of them mean several.
public struct TimeZoneName: TextRepresentable, Comparable {
    /// The identifier as written.
    public let identifier: String

    /// Coordinated Universal Time.
    public static let utc = TimeZoneName(unchecked: "UTC")

    /// The longest identifier that is looked at. The longest in use has 32 characters.
    public static let longest = 64

    private init(unchecked identifier: String) {
        self.identifier = identifier
    }

    /// Reads an identifier in the form `Area/Location`, or `UTC`.
    ///
    /// - Throws: `FormatError` where the form is another.
    public init(parsing text: String) throws(FormatError) {
        guard text == "UTC" || Self.isAreaAndLocation(text) else {
            throw FormatError(
                expected: "an IANA time zone such as Europe/Paris, America/New_York or UTC",
                hint: Self.hint(for: text)
            )
        }
        identifier = text
    }

    private static func isAreaAndLocation(_ text: String) -> Bool {
        guard text.utf8.count <= longest else { return false }
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return (2...3).contains(parts.count)
            && parts.allSatisfy { part in
                part.first?.isLetter == true && part.allSatisfy(isIdentifierByte)
            }
    }

    private static func isIdentifierByte(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "+")
    }

    private static func hint(for text: String) -> String? {
        guard !text.isEmpty, text.utf8.count <= 8, !text.utf8.contains(UInt8(ascii: "/")) else {
            return nil
        }
        return "abbreviations, countries and offsets are ambiguous; name a city"
    }

    /// The identifier.
    public var description: String { identifier }

    /// By identifier.
    public static func < (a: TimeZoneName, b: TimeZoneName) -> Bool { a.identifier < b.identifier }
}
