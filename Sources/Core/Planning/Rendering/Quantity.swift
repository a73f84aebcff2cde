import ClaraModel

/// A count with its noun: `1 slot`, `9,950 tenants`.
struct Quantity: CustomStringConvertible {
    let count: Int
    let noun: String

    init(_ count: Int, _ noun: String) {
        self.count = count
        self.noun = noun
    }

    var description: String { "\(Self.grouped(count)) \(noun)\(count == 1 ? "" : "s")" }

    /// A number with its thousands apart.
    static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        let grouped = digits.enumerated().reduce(into: "") { text, digit in
            if digit.offset > 0, (digits.count - digit.offset) % 3 == 0 { text += "," }
            text.append(digit.element)
        }
        return number < 0 ? "-\(grouped)" : grouped
    }

    /// A size as people read it: `812 B`, `12.3 kB`, `4.0 MB`.
    static func bytes(_ count: Int) -> String {
        var (rest, unit) = (count, 0)
        let units = ["kB", "MB", "GB"]
        if count < 1000 { return "\(count) B" }
        while rest >= 1_000_000, unit < units.count - 1 {
            rest /= 1000
            unit += 1
        }
        return "\(grouped(rest / 1000)).\(rest % 1000 / 100) \(units[unit])"
    }

    /// An amount of US cents: `$4.05`.
    static func dollars(cents: Int) -> String {
        "$\(grouped(cents / 100)).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
    }
}

extension Instant {
    /// `2026-11-24 09:00 UTC`, to the minute, as people plan by it.
    var inWords: String {
        let text = description
        guard text.utf8.count == 20 else { return text }
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
    }
}

extension LocalDateTime {
    /// `2026-11-24 09:00`.
    var spaced: String { "\(date) \(time)" }
}
