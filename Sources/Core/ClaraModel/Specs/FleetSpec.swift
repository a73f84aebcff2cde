/// What holds for all tenants of a fleet.
public struct FleetSpec: SpecObject {
    /// Values that tenants inherit.
    public var defaults: FleetDefaults?
    /// How far ahead slots are materialised.
    public var horizon: TimeSpan?
    /// How the reconcile loop behaves.
    public var loop: LoopSettings?
    /// How much one apply may change.
    public var limits: ChangeLimits?
    /// When nothing is applied.
    public var freeze: [FreezeWindow]?
    /// Which secrets manifests may name.
    public var secrets: SecretRules?
    /// Which hosts credentials may be sent to.
    public var hosts: [String]?

    /// How far ahead slots are materialised where the fleet does not say: two weeks, the span that
    /// account managers plan in.
    public static let defaultHorizon = TimeSpan(seconds: 14 * 86_400)

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<FleetSpec>] = [
        .optional("defaults", \.defaults, "Values that tenants inherit."),
        .optional(
            "horizon",
            \.horizon,
            "How far ahead slots are materialised, at most 366d.",
            fallback: defaultHorizon.description
        ),
        .optional(
            "loop",
            \.loop,
            "How the reconcile loop behaves. This version checks it and does not act on it."
        ),
        .optional(
            "limits",
            \.limits,
            "How much one apply may change before it is refused. This version checks it and does not act on it."
        ),
        .optional(
            "freeze",
            \.freeze,
            "When nothing is applied. This version checks it and does not act on it."
        ),
        .optional("secrets", \.secrets, "Which secrets manifests may name."),
        .optional(
            "hosts",
            \.hosts,
            "Hosts that a credential's `baseURL` may name.",
            fallback: "api.openai.com"
        ),
    ]

    /// The rules over several fields that the value breaks.
    public func problems() -> [SpecProblem] {
        guard let horizon, !(86_400...366 * 86_400).contains(horizon.seconds) else { return [] }
        return [SpecProblem(["horizon"], "`horizon` must be between 1d and 366d")]
    }
}

/// Values that tenants inherit.
public struct FleetDefaults: SpecObject {
    /// The time zone.
    public var timezone: TimeZoneName?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<FleetDefaults>] = [
        .optional(
            "timezone",
            \.timezone,
            "The zone of tenants that name none.",
            fallback: "UTC"
        )
    ]
}

/// How the reconcile loop behaves.
public struct LoopSettings: SpecObject {
    /// The time between two looks.
    public var interval: TimeSpan?
    /// What it does about drift.
    public var drift: DriftMode?

    /// What the loop does about drift.
    public enum DriftMode: String, SpecChoice {
        case report, heal
    }

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<LoopSettings>] = [
        .optional("interval", \.interval, "The time between two looks.", fallback: "60s"),
        .optional(
            "drift",
            \.drift,
            "Whether drift is reported only, or healed.",
            fallback: "report"
        ),
    ]
}

/// How much one apply may change before it is refused.
public struct ChangeLimits: SpecObject {
    /// Deletions in the whole fleet.
    public var deletions: ChangeLimit?
    /// Updates in the whole fleet.
    public var updates: ChangeLimit?
    /// Within each tenant.
    public var perTenant: TenantChangeLimits?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<ChangeLimits>] = [
        .optional("deletions", \.deletions, "Deletions in the whole fleet."),
        .optional("updates", \.updates, "Updates in the whole fleet."),
        .optional("perTenant", \.perTenant, "The same, within each tenant."),
    ]
}

/// How much of one tenant an apply may change.
public struct TenantChangeLimits: SpecObject {
    /// Deletions.
    public var deletions: ChangeLimit?
    /// Updates.
    public var updates: ChangeLimit?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<TenantChangeLimits>] = [
        .optional("deletions", \.deletions, "Deletions."),
        .optional("updates", \.updates, "Updates."),
    ]
}

/// A bound on changes, as a share of what is live and as a count; the smaller one holds.
public struct ChangeLimit: SpecObject {
    /// The share.
    public var share: Double?
    /// The count.
    public var count: Int?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<ChangeLimit>] = [
        .optional("share", \.share, "The share of live resources, 0 to 1.", as: .number(0...1)),
        .optional("count", \.count, "The number of resources."),
    ]
}

/// A recurring time in which nothing is applied.
public struct FreezeWindow: SpecObject {
    /// When it begins.
    public var cron: CronExpression?
    /// How long it lasts.
    public var duration: TimeSpan?
    /// Which tenants.
    public var tenants: [String]?
    /// What is allowed all the same.
    public var allow: [Exemption]?
    /// Why.
    public var reason: String?

    /// What a freeze lets through.
    public enum Exemption: String, SpecChoice {
        case pause
    }

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<FreezeWindow>] = [
        .optional("cron", \.cron, "When it begins, in the fleet's default time zone."),
        .optional("for", \.duration, "How long it lasts."),
        .optional("tenants", \.tenants, "Names or patterns of tenants.", fallback: "all"),
        .optional("allow", \.allow, "What is allowed all the same.", fallback: "nothing"),
        .optional("reason", \.reason, "What the refusal says."),
    ]

    /// The rules over several fields that the value breaks.
    public func problems() -> [SpecProblem] {
        [("cron", cron == nil), ("for", duration == nil)].filter(\.1).map {
            SpecProblem([], "a freeze window needs `\($0.0)`")
        }
    }
}

/// Which environment variables manifests may name.
public struct SecretRules: SpecObject {
    /// For every tenant.
    public var env: [String]?
    /// For one tenant.
    public var perTenant: [String: [String]]?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<SecretRules>] = [
        .optional(
            "env",
            \.env,
            "Variables that every tenant may name; `*` stands for any characters."
        ),
        .optional(
            "perTenant",
            \.perTenant,
            "Variables that one tenant may name.",
            fallback: "those that begin with the tenant's name: `acme-coffee` → `ACME_COFFEE_*`"
        ),
    ]
}
