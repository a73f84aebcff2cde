/// A client of the agency: whose account it is, where its day begins, and whether it posts at all.
public struct TenantSpec: SpecObject {
    /// The client's name as people write it.
    public var displayName = ""
    /// The client's own time zone.
    public var timezone: TimeZoneName?
    /// Whether the engine posts for it.
    public var state: State?
    /// The profile that its resources extend.
    public var profile: String?
    /// Whom to write to.
    public var owners: [String]?
    /// How long its live state is kept after the folder is gone.
    public var retention: TimeSpan?

    /// How long a retired tenant is kept where its manifest does not say: a month, the time in
    /// which a client who left by mistake, or a folder that was, is missed.
    public static let defaultRetention = TimeSpan.days(30)

    /// The shortest retention: a day, so that a folder that was removed by mistake is missed before
    /// anything is deleted for good.
    public static let shortestRetention = TimeSpan.days(1)

    /// Whether the engine posts for a tenant.
    public enum State: String, SpecChoice {
        case active, paused
    }

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<TenantSpec>] = [
        .required("displayName", \.displayName, "The client's name as people write it."),
        .optional(
            "timezone",
            \.timezone,
            "The client's own time zone; every schedule inherits it.",
            fallback: "`defaults.timezone` of the fleet"
        ),
        .optional(
            "state",
            \.state,
            "`paused` keeps everything and posts nothing.",
            fallback: "active"
        ),
        .optional(
            "profile",
            \.profile,
            "The `Profile` that this tenant's resources extend.",
            as: .text(.resourceName)
        ),
        .optional(
            "owners",
            \.owners,
            "Whom to write to about this tenant.",
            as: .list(of: .text(.email))
        ),
        .optional(
            "retention",
            \.retention,
            "How long live state is kept, paused, once the tenant's folder is gone; at least \(shortestRetention).",
            fallback: defaultRetention.description
        ),
    ]

    /// The rules over several fields that the value breaks.
    public func problems() -> [SpecProblem] {
        guard let retention, retention < Self.shortestRetention else { return [] }
        return [
            SpecProblem(
                ["retention"],
                "`retention` must be \(Self.shortestRetention) or longer",
                hint: "what is deleted for good within a day is missed too late"
            )
        ]
    }
}
