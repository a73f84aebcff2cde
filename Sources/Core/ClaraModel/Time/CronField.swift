/// One field of a cron expression: the set of its values, and whether it began with `*`.
public struct CronField: Hashable, Sendable {
    /// Bit `n` is set where the value `n` is in the field.
    public let bits: UInt64
    /// Whether the text began with `*`. Debian's cron then takes the field for unrestricted.
    public let isStar: Bool

    /// Whether `value` is in the field.
    public func contains(_ value: Int) -> Bool { bits >> UInt64(value) & 1 == 1 }

    /// The values, ascending.
    public var values: [Int] { (0..<64).filter(contains) }

    init(bits: UInt64, isStar: Bool) {
        self.bits = bits
        self.isStar = isStar
    }

    init(parsing text: Substring, as kind: CronFieldKind) throws(FormatError) {
        var cursor = TextCursor(text)
        isStar = cursor.next == UInt8(ascii: "*")
        var bits: UInt64 = 0
        repeat {
            bits |= try kind.readItem(&cursor)
        } while cursor.take(",")
        guard cursor.isAtEnd else { throw kind.formatError() }
        self.bits = kind.folded(bits)
    }
}

/// The five fields: their ranges and names, and the reading of one item of their lists.
enum CronFieldKind {
    case minute, hour, dayOfMonth, month, dayOfWeek

    var title: String {
        switch self {
        case .minute: "minute"
        case .hour: "hour"
        case .dayOfMonth: "day of month"
        case .month: "month"
        case .dayOfWeek: "day of week"
        }
    }

    /// The numbers that may be written. Sunday may be written 0 or 7.
    var range: ClosedRange<Int> {
        switch self {
        case .minute: 0...59
        case .hour: 0...23
        case .dayOfMonth: 1...31
        case .month: 1...12
        case .dayOfWeek: 0...7
        }
    }

    private var names: [String] {
        switch self {
        case .minute, .hour, .dayOfMonth: []
        case .month:
            ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        case .dayOfWeek: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
        }
    }

    func formatError(hint: String? = nil) -> FormatError {
        let named =
            switch self {
            case .minute, .hour, .dayOfMonth: ""
            case .month: " or Jan to Dec"
            case .dayOfWeek: " or Sun to Sat"
            }
        return FormatError(
            expected: "in the field \"\(title)\" numbers from \(range.lowerBound) to"
                + " \(range.upperBound)\(named), as a list, range or step",
            hint: hint
        )
    }

    /// Moves Sunday's 7 to 0.
    func folded(_ bits: UInt64) -> UInt64 {
        guard self == .dayOfWeek else { return bits }
        return (bits | bits >> 7) & 0b111_1111
    }

    /// Reads `*`, `a` or `a-b`, the first and last with an optional `/step`.
    func readItem(_ cursor: inout TextCursor) throws(FormatError) -> UInt64 {
        if cursor.take("*") { return Self.bits(range, by: try readStep(&cursor)) }
        let first = try readValue(&cursor)
        guard cursor.take("-") else {
            if cursor.next == UInt8(ascii: "/") {
                throw formatError(hint: "a step follows * or a range, such as 10-40/5")
            }
            return 1 << UInt64(first)
        }
        let last = try readValue(&cursor)
        guard first <= last else { throw formatError(hint: reversedHint) }
        return Self.bits(first...last, by: try readStep(&cursor))
    }

    private var reversedHint: String {
        self == .dayOfWeek
            ? "a range goes upwards; Sunday is 7 at the end of one, such as 5-7"
            : "a range goes upwards; write two ranges, such as \(range.lowerBound)-5,10-15"
    }

    private func readValue(_ cursor: inout TextCursor) throws(FormatError) -> Int {
        if let name = cursor.takeWord() {
            guard let index = names.firstIndex(of: name) else { throw formatError() }
            return index + (self == .month ? 1 : 0)
        }
        guard let value = cursor.takeNumber(upTo: range.upperBound), range.contains(value) else {
            throw formatError()
        }
        return value
    }

    private func readStep(_ cursor: inout TextCursor) throws(FormatError) -> Int {
        guard cursor.take("/") else { return 1 }
        guard let step = cursor.takeNumber(upTo: range.upperBound), step > 0 else {
            throw formatError(hint: "a step is a number from 1 to \(range.upperBound)")
        }
        return step
    }

    static func bits(_ range: ClosedRange<Int>, by step: Int) -> UInt64 {
        stride(from: range.lowerBound, through: range.upperBound, by: step)
            .reduce(0) { $0 | 1 << UInt64($1) }
    }
}

// The canonical text of a field.
extension CronField {
    /// The shortest usual text: `*`, `*/n`, a range with a step, or numbers and ranges in a list. A
    /// field that began with `*` begins with it here too, because that is part of its meaning.
    func text(as kind: CronFieldKind) -> String {
        guard isStar else { return Self.listText(writtenValues(as: kind)) }
        let steps = 1...kind.range.upperBound
        guard let step = steps.first(where: { starBits($0, kind) & ~bits == 0 }) else { return "*" }
        let rest = bits & ~starBits(step, kind)
        let star = step == 1 ? "*" : "*/\(step)"
        return rest == 0
            ? star : star + "," + Self.listText(CronField(bits: rest, isStar: false).values)
    }

    private func starBits(_ step: Int, _ kind: CronFieldKind) -> UInt64 {
        kind.folded(CronFieldKind.bits(kind.range, by: step))
    }

    /// The values, with Sunday written 7 where it closes a range that Saturday belongs to.
    private func writtenValues(as kind: CronFieldKind) -> [Int] {
        guard kind == .dayOfWeek, contains(0), contains(6), values.count < 7 else { return values }
        return values.filter { $0 != 0 } + [7]
    }

    private static func listText(_ values: [Int]) -> String {
        if let step = step(of: values), let first = values.first, let last = values.last {
            return "\(first)-\(last)/\(step)"
        }
        return runs(values).map { run in
            switch run.count {
            case 1: "\(run.lowerBound)"
            case 2: "\(run.lowerBound),\(run.upperBound)"
            default: "\(run.lowerBound)-\(run.upperBound)"
            }
        }.joined(separator: ",")
    }

    /// The common difference of four values and more, where there is one above 1. Three are as
    /// short in a list.
    private static func step(of values: [Int]) -> Int? {
        guard values.count > 3 else { return nil }
        let step = values[1] - values[0]
        guard step > 1, zip(values.dropFirst(), values).allSatisfy({ $0 - $1 == step }) else {
            return nil
        }
        return step
    }

    private static func runs(_ values: [Int]) -> [ClosedRange<Int>] {
        values.reduce(into: []) { runs, value in
            if let last = runs.last, last.upperBound == value - 1 {
                runs[runs.count - 1] = last.lowerBound...value
            } else {
                runs.append(value...value)
            }
        }
    }
}
