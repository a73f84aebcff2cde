/// A length of time in whole seconds: `90s`, `15m`, `1h30m`, `14d`, `1w`. A day is 24 hours.
public struct TimeSpan: TextRepresentable, Comparable {
    /// The length in seconds. Only a difference of instants can be negative.
    public let seconds: Int64

    /// No time at all.
    public static let zero = TimeSpan(seconds: 0)

    /// The longest span that a text may name: 100 years. It keeps every sum of instants and spans
    /// far from overflow, and nothing that a manifest describes lasts longer.
    public static let longest = TimeSpan(seconds: 36_525 * 86_400)

    /// The span of this many seconds.
    public init(seconds: Int64) {
        self.seconds = seconds
    }

    /// The span of this many minutes.
    public static func minutes(_ count: Int64) -> TimeSpan { TimeSpan(seconds: count * 60) }

    /// The span of this many hours.
    public static func hours(_ count: Int64) -> TimeSpan { TimeSpan(seconds: count * 3600) }

    /// The span of this many days of 24 hours.
    public static func days(_ count: Int64) -> TimeSpan { TimeSpan(seconds: count * 86_400) }

    /// Reads numbers with units w, d, h, m, s, from the largest unit to the smallest: `1h30m`.
    ///
    /// - Throws: `FormatError` where the form is another or the span is longer than `longest`.
    public init(parsing text: String) throws(FormatError) {
        var cursor = TextCursor(text)
        var units = Self.units[...]
        var total: Int64 = 0
        repeat {
            guard let count = cursor.takeNumber(upTo: Int(Self.longest.seconds)),
                let unit = units.firstIndex(where: { cursor.take($0.letter) })
            else { throw Self.formatError(after: cursor) }
            total += Int64(count) * units[unit].seconds
            units = units[(unit + 1)...]
            guard total <= Self.longest.seconds else { throw Self.tooLong }
        } while !cursor.isAtEnd
        seconds = total
    }

    private static let units: [(letter: Unicode.Scalar, seconds: Int64)] = [
        ("w", 7 * 86_400), ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1),
    ]

    private static let expected = "a duration such as 90s, 15m, 1h30m, 14d or 1w"

    private static let tooLong = FormatError(
        expected: expected,
        hint: "the longest is \(longest)"
    )

    private static func formatError(after cursor: TextCursor) -> FormatError {
        let hint =
            switch cursor.next {
            case nil: "every number needs its unit: w, d, h, m or s"
            case UInt8(ascii: "-"): "a duration cannot be negative"
            case UInt8(ascii: "."): "write whole numbers: 1h30m, not 1.5h"
            default: "units are w, d, h, m and s, each once, the largest first, without spaces"
            }
        return FormatError(expected: expected, hint: hint)
    }

    /// The span in the largest unit of day, hour, minute and second that divides it, so that `14d`,
    /// `90m` and `36h` stay as people write them. A leading `-` for a negative difference.
    public var description: String {
        guard seconds >= 0 else { return "-\(TimeSpan(seconds: 0 - seconds))" }
        let unit = Self.units.dropFirst().first {
            seconds >= $0.seconds && seconds % $0.seconds == 0
        }
        return unit.map { "\(seconds / $0.seconds)\($0.letter)" } ?? "0s"
    }

    /// Shorter spans are less.
    public static func < (a: TimeSpan, b: TimeSpan) -> Bool { a.seconds < b.seconds }
}
