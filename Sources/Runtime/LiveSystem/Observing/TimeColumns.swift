import ClaraModel
import SQLDatabase

/// Times as they lie in columns, read from bytes: an observation reads hundreds of thousands.
extension SQLRow {
    /// `2026-11-23T14:00:00Z`; nil where the column holds anything else.
    borrowing func instant(_ column: Int) -> Instant? {
        withText(column) { text in
            guard text.count == 20, text[19] == UInt8(ascii: "Z"), text[16] == UInt8(ascii: ":"),
                let minute = text.localTime, let second = text.digits(17, 2), second < 60
            else { return nil }
            return Instant(seconds: Int64(minute.minutes) * 60 + Int64(second))
        } ?? nil
    }

    /// `2026-11-23T09:00`; nil where the column holds anything else.
    borrowing func localTime(_ column: Int) -> LocalDateTime? {
        withText(column) { $0.count == 16 ? $0.localTime : nil } ?? nil
    }
}

extension Span<UInt8> {
    /// The local time that the first 16 bytes spell.
    fileprivate var localTime: LocalDateTime? {
        guard self[4] == UInt8(ascii: "-"), self[7] == UInt8(ascii: "-"),
            self[10] == UInt8(ascii: "T"), self[13] == UInt8(ascii: ":"),
            let year = digits(0, 4), let month = digits(5, 2), let day = digits(8, 2),
            let hour = digits(11, 2), let minute = digits(14, 2),
            let date = CivilDate(year: year, month: month, day: day),
            let time = TimeOfDay(hour: hour, minute: minute)
        else { return nil }
        return LocalDateTime(date, time)
    }

    fileprivate func digits(_ start: Int, _ count: Int) -> Int? {
        var number = 0
        for index in start..<start + count {
            let digit = Int(self[index]) - Int(UInt8(ascii: "0"))
            guard 0...9 ~= digit else { return nil }
            number = number * 10 + digit
        }
        return number
    }
}
