/// When a tenant posts, with which prompt and to which account.
public struct ScheduleSpec: SpecObject {
    /// The zone in which all its times are read.
    public var timezone: TimeZoneName?
    /// Weekly times.
    public var slots: [WeeklySlot]?
    /// Times by cron expression.
    public var cron: CronExpression?
    /// How far after its slot a post may go out.
    public var jitter: TimeSpan?
    /// Hours without posts.
    public var quietHours: [QuietHours]?
    /// Days and intervals without posts.
    public var blackout: [Blackout]?
    /// The first moment.
    public var start: LocalBoundary?
    /// The last moment.
    public var end: LocalBoundary?
    /// The prompt that writes.
    public var prompt = ""
    /// The X credential that posts.
    public var credential = ""
    /// Whether a person must approve.
    public var approval: Approval?
    /// What happens to a slot that was missed.
    public var misfire: MisfirePolicy?

    /// Whether a person must approve a post before it goes out.
    public enum Approval: String, SpecChoice {
        case required, none
    }

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<ScheduleSpec>] = [
        .optional(
            "timezone",
            \.timezone,
            "The zone in which all times of the schedule are read.",
            fallback: "the tenant's"
        ),
        .optional("slots", \.slots, "Weekly times. Either `slots` or `cron`."),
        .optional(
            "cron",
            \.cron,
            "Times by a cron expression of five fields. Either `slots` or `cron`."
        ),
        .optional(
            "jitter",
            \.jitter,
            "A post goes out up to this long after its slot.",
            fallback: "0s"
        ),
        .optional("quietHours", \.quietHours, "Hours without posts; they may cross midnight."),
        .optional("blackout", \.blackout, "Days and intervals without posts."),
        .optional("start", \.start, "No post before this date or local time."),
        .optional("end", \.end, "No post after this date or local time."),
        .required("prompt", \.prompt, "The `Prompt` that writes.", as: .text(.resourceName)),
        .required(
            "credential",
            \.credential,
            "The X `Credential` that posts.",
            as: .text(.resourceName)
        ),
        .optional(
            "approval",
            \.approval,
            "Whether a person must approve each post.",
            fallback: "none"
        ),
        .optional("misfire", \.misfire, "What happens to a slot that was missed."),
    ]

    /// The rules over several fields that the value breaks.
    public func problems() -> [SpecProblem] {
        if (slots == nil) == (cron == nil) {
            return [
                SpecProblem(
                    cron == nil ? [] : ["cron"],
                    "a schedule needs exactly one of `slots` and `cron`"
                )
            ]
        }
        if slots?.isEmpty == true {
            return [SpecProblem(["slots"], "`slots` is empty", hint: "name at least one time")]
        }
        return []
    }
}

/// What happens to a slot whose moment passed while nobody could post.
public struct MisfirePolicy: SpecObject {
    /// How late a post may still go out.
    public var grace: TimeSpan?
    /// Which missed slots are made up for.
    public var catchUp: CatchUp?

    /// Which missed slots are made up for.
    public enum CatchUp: String, SpecChoice {
        case none, latest, all
    }

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<MisfirePolicy>] = [
        .optional("grace", \.grace, "How late a post may still go out.", fallback: "15m"),
        .optional(
            "catchUp",
            \.catchUp,
            "Which slots missed beyond the grace are made up for.",
            fallback: "none"
        ),
    ]
}
