extension TimeSpan: SpecText {
    /// What people are told about the format.
    public static let format = TextDescription(
        "duration",
        "a duration such as 90s, 15m, 1h30m, 14d or 1w",
        examples: ["15m", "14d"],
        pattern: "^([0-9]+[smhdw])+$"
    )
}

extension TimeZoneName: SpecText {
    /// What people are told about the format.
    public static let format = TextDescription(
        "time-zone",
        "an IANA time zone such as Europe/Paris",
        examples: ["Europe/Paris"]
    )
}

extension WeeklySlot: SpecText {
    /// What people are told about the format.
    public static let format = TextDescription(
        "weekly-slot",
        "weekdays and times such as \"Mon-Fri 09:00\" or \"daily 08:00,17:30\"",
        examples: ["Mon-Fri 09:00", "daily 08:00,17:30"]
    )
}

extension CronExpression: SpecText {
    /// What people are told about the format.
    public static let format = TextDescription(
        "cron",
        "a cron expression of five fields such as \"30 9 * * 1-5\"",
        examples: ["30 9 * * 1-5", "@daily"]
    )
}

extension QuietHours: SpecText {
    /// What people are told about the format.
    public static let format = TextDescription(
        "quiet-hours",
        "hours such as \"22:00-07:00\" or \"Sat,Sun 00:00-10:00\"",
        examples: ["22:00-07:00"]
    )
}

extension Blackout: SpecText {
    /// What people are told about the format.
    public static let format = TextDescription(
        "blackout",
        "a day such as 2026-12-25, or an interval such as 2026-12-24T12:00/2026-12-26",
        examples: ["2026-12-25", "2026-12-24T12:00/2026-12-26"]
    )
}

extension LocalBoundary: SpecText {
    /// What people are told about the format.
    public static let format = TextDescription(
        "local-time",
        "a date such as 2026-11-23, or a local time such as 2026-11-23T09:00",
        examples: ["2026-11-23", "2026-11-23T09:00"]
    )
}
