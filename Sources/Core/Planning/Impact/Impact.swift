import ClaraModel

/// What a plan means in the words of the domain, for the tenants that it changes.
public struct Impact: Sendable, Hashable {
    /// One entry a tenant, sorted by name.
    public let tenants: [TenantImpact]
    /// What was looked at: from the moment of planning to the end of the horizon.
    public let window: Range<Instant>

    /// Gathers tenants.
    init(_ forecasts: [TenantForecast], in window: Range<Instant>) {
        self.init(forecasts.map(\.impact), in: window)
    }

    /// Describes what changes mean.
    public init(_ tenants: [TenantImpact], in window: Range<Instant>) {
        self.tenants = tenants
        self.window = window
    }

    /// What it means for some of the tenants.
    func restricted(to names: Set<String>) -> Impact {
        Impact(tenants.filter { names.contains($0.tenant) }, in: window)
    }
}

/// What a plan means for one tenant.
public struct TenantImpact: Sendable, Hashable {
    /// The tenant.
    public let tenant: String
    /// The tenant's time zone, in which its days are counted.
    public let timezone: TimeZoneName
    /// Whether the tenant is paused, so that nothing of this goes out.
    public let isPaused: Bool
    /// The next posts, at most `TenantForecast.nextPostsShown`.
    public let nextPosts: [PlannedPost]
    /// How many posts fall within the horizon.
    public let posts: Int
    /// The day within the horizon with the most posts.
    public let busiestDay: BusiestDay?
    /// The quota's posts in a day.
    public let postsPerDayQuota: Int?
    /// Slots of one account at one moment.
    public let collisions: [SlotCollision]
    /// Documents to index.
    public let documents: DocumentWork
    /// Posts in thirty days at this pace, and what X charges for them.
    public let monthly: MonthlyEstimate

    /// Whether the busiest day has more posts than the quota allows.
    public var isOverQuota: Bool {
        guard let busiestDay, let postsPerDayQuota else { return false }
        return busiestDay.posts > postsPerDayQuota
    }
}

/// A post to come.
public struct PlannedPost: Sendable, Hashable {
    /// The schedule.
    public let schedule: String
    /// The schedule's zone.
    public let timezone: TimeZoneName
    /// When, in that zone, before jitter.
    public let localTime: LocalDateTime
    /// When it fires, jitter included.
    public let firesAt: Instant
}

/// A day and its posts.
public struct BusiestDay: Sendable, Hashable {
    /// The day in the tenant's zone.
    public let date: CivilDate
    /// Its posts.
    public let posts: Int
}

/// Two or more schedules that post to one account at one moment.
public struct SlotCollision: Sendable, Hashable {
    /// The account's credential.
    public let credential: String
    /// The schedules, sorted.
    public let schedules: [String]
    /// The first time it happens, in the tenant's zone.
    public let firstLocalTime: LocalDateTime
    /// How often within the horizon.
    public let count: Int
}

/// Documents that a plan adds to, changes in or removes from knowledge bases.
public struct DocumentWork: Sendable, Hashable {
    /// New or changed documents.
    public var toIndex = 0
    /// Their size in bytes.
    public var bytes = 0
    /// Documents that go.
    public var toRemove = 0
}

/// What a month costs at the pace of the horizon.
public struct MonthlyEstimate: Sendable, Hashable {
    /// Posts in thirty days.
    public let posts: Int
    /// What X charges for them in US cents, without links (a post with a link costs more).
    public let xCostInCents: Int
}
