/// Where something starts or ends in local time: a date, or a date and time.
///
/// A date means the whole day: as a start from its 00:00, as an end until its 24:00. A date-time is
/// that minute: as a start it is inside, as an end it is not.
public enum LocalBoundary: TextRepresentable {
    /// A whole day.
    case date(CivilDate)
    /// A minute.
    case dateTime(LocalDateTime)

    /// Reads `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`.
    ///
    /// - Throws: `FormatError` where it is neither.
    public init(parsing text: String) throws(FormatError) {
        do {
            self =
                text.utf8.count <= 10
                ? .date(try CivilDate(parsing: text)) : .dateTime(try LocalDateTime(parsing: text))
        } catch {
            throw FormatError(
                expected: "a date such as 2026-11-23, or a local date and time such as"
                    + " 2026-11-23T09:00",
                hint: error.hint
            )
        }
    }

    /// The first minute inside, where this is a start.
    public var start: LocalDateTime {
        switch self {
        case .date(let date): LocalDateTime(date, .midnight)
        case .dateTime(let time): time
        }
    }

    /// The first minute outside, where this is an end.
    public var end: LocalDateTime {
        switch self {
        case .date(let date): LocalDateTime(date, .endOfDay)
        case .dateTime(let time): time
        }
    }

    /// `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`, as it was written.
    public var description: String {
        switch self {
        case .date(let date): date.description
        case .dateTime(let time): time.description
        }
    }
}
