import ClaraModel

/// The name of an operation: when it began, and a number that tells it from others of that second.
///
/// Names sort by time, and are short enough to be typed.
public struct OperationID: TextRepresentable {
    /// The text form.
    public let description: String

    /// Names an operation.
    ///
    /// - Parameters:
    ///   - moment: when it begins.
    ///   - random: 32 random bits.
    public init(at moment: Instant, random: UInt32) {
        let time = moment.description.filter { $0 != "-" && $0 != ":" }
        let digits = String(random, radix: 16)
        description = "\(time)-\(String(repeating: "0", count: 8 - digits.count))\(digits)"
    }

    /// Reads a name: `20261123T140000Z-3fa9c1d2`.
    ///
    /// - Throws: `FormatError` where it is none.
    public init(parsing text: String) throws(FormatError) {
        guard text.wholeMatch(of: /[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}/) != nil else {
            throw FormatError(expected: "an operation such as 20261123T140000Z-3fa9c1d2")
        }
        description = text
    }
}
