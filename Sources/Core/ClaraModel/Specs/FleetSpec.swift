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

    /// The zone of tenants that name none.
    public var timezone: TimeZoneName { defaults?.timezone ?? .utc }

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
            "How `clara run` behaves."
        ),
        .optional(
            "limits",
            \.limits,
            "How much one apply may change before it is refused as a whole; a limit that names only a share or only a count has no other bound."
        ),
        .optional(
            "freeze",
            \.freeze,
            "Recurring times at which an apply is refused; a plan can be made all the same.",
            fallback: "never"
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
        .optional(
            "deletions",
            \.deletions,
            """
            Deletions in the whole fleet; retiring or purging a tenant counts as one, and the \
            tenants that leave are held against all tenants in the same way.
            """,
            fallback: defaultDeletions.text
        ),
        .optional(
            "updates",
            \.updates,
            "Updates in the whole fleet; putting back what was changed by hand counts too.",
            fallback: defaultUpdates.text
        ),
        .optional("perTenant", \.perTenant, "The same, within each tenant."),
    ]

    /// Deletions that surprise nobody: a tenth of the fleet, and as many as a person reads one by
    /// one in a plan before saying yes.
    public static let defaultDeletions = ChangeLimit(share: 0.1, count: 10)
    /// Updates of half the fleet: more is a change of a profile or of the fleet's settings, which
    /// somebody should have announced.
    public static let defaultUpdates = ChangeLimit(share: 0.5)
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
        .optional(
            "deletions",
            \.deletions,
            "Deletions of a tenant that stays.",
            fallback: defaultDeletions.text
        ),
        .optional("updates", \.updates, "Updates.", fallback: "no limit"),
    ]

    /// Deletions of half a tenant: more looks like a folder that lost its files. Updates have no
    /// default here, as one changed profile rightly reaches all that a tenant has.
    public static let defaultDeletions = ChangeLimit(share: 0.5)
}

/// A bound on changes, as a share of what is live and as a count; the smaller one holds.
public struct ChangeLimit: SpecObject {
    /// The share.
    public var share: Double?
    /// The count.
    public var count: Int?

    /// A blank value, for the reader to fill.
    public init() { self.init(share: nil, count: nil) }

    /// The table that defines every field.
    public static let fields: [Field<ChangeLimit>] = [
        .optional(
            "share",
            \.share,
            "The share of live resources, 0 to 1; what it allows is rounded down.",
            as: .number(0...1)
        ),
        .optional("count", \.count, "The number of resources."),
    ]

    /// Sets a bound; nil for none.
    public init(share: Double? = nil, count: Int? = nil) {
        self.share = share
        self.count = count
    }

    /// As it stands in a manifest: `{share: 0.1, count: 10}`.
    var text: String {
        let parts = [share.map { "share: \($0)" }, count.map { "count: \($0)" }]
        return "{\(parts.compactMap(\.self).joined(separator: ", "))}"
    }
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
        .optional("cron", \.cron, "When it begins, in the fleet's default time zone; required."),
        .optional(
            "for",
            \.duration,
            "How long it lasts, clock changes or not; longer than 0s; required."
        ),
        .optional(
            "tenants",
            \.tenants,
            "Names of tenants; `*` stands for any characters, `?` for one.",
            fallback: "all"
        ),
        .optional(
            "allow",
            \.allow,
            "What is allowed all the same: `pause` sets a tenant's `state` to `paused`.",
            fallback: "nothing"
        ),
        .optional("reason", \.reason, "What the refusal says."),
    ]

    /// The rules over several fields that the value breaks.
    public func problems() -> [SpecProblem] {
        let missing = [("cron", cron == nil), ("for", duration == nil)].filter(\.1).map {
            SpecProblem([], "a freeze window needs `\($0.0)`")
        }
        guard let duration, duration <= .zero else { return missing }
        return missing + [SpecProblem(["for"], "a freeze must last longer than `\(duration)`")]
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
