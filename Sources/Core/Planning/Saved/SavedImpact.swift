import ClaraModel

/// A plan's impact, as a saved plan holds it.
extension Impact {
    var saved: JSONValue { ["window": window.saved, "tenants": .array(tenants.map(\.saved))] }

    init(saved: SavedValue) throws(SavedPlanError) {
        window = try Range(saved: saved["window"])
        tenants = try saved["tenants"].list(TenantImpact.init(saved:))
    }
}

extension TenantImpact {
    fileprivate var saved: JSONValue {
        .present([
            "tenant": .string(tenant), "timezone": .text(timezone), "paused": .bool(isPaused),
            "next": nextPosts.saved(\.saved), "posts": .count(posts), "busiest": busiestDay?.saved,
            "quota": postsPerDayQuota.map { .count($0) }, "collisions": collisions.saved(\.saved),
            "documents": .array(
                [documents.toIndex, documents.bytes, documents.toRemove].map { .count($0) }
            ),
            "monthly": .array([monthly.posts, monthly.xCostInCents].map { .count($0) }),
        ])
    }

    fileprivate init(saved: SavedValue) throws(SavedPlanError) {
        let count = { (value: SavedValue) throws(SavedPlanError) in try value.count() }
        let documents = try saved["documents"].list(count)
        let monthly = try saved["monthly"].list(count)
        guard documents.count == 3, monthly.count == 2 else { throw saved.error }
        self.init(
            tenant: try saved["tenant"].text(),
            timezone: try saved["timezone"].parsed(),
            isPaused: try saved["paused"].flag(),
            nextPosts: try saved["next"].list(PlannedPost.init(saved:)),
            posts: try saved["posts"].count(),
            busiestDay: try saved["busiest"].optional(BusiestDay.init(saved:)),
            postsPerDayQuota: try saved["quota"].optional(count),
            collisions: try saved["collisions"].list(SlotCollision.init(saved:)),
            documents: DocumentWork(
                toIndex: documents[0],
                bytes: documents[1],
                toRemove: documents[2]
            ),
            monthly: MonthlyEstimate(posts: monthly[0], xCostInCents: monthly[1])
        )
    }
}

extension PlannedPost {
    fileprivate var saved: JSONValue {
        [
            "schedule": .string(schedule), "timezone": .text(timezone),
            "local_time": .text(localTime), "fires_at": .text(firesAt),
        ]
    }

    fileprivate init(saved: SavedValue) throws(SavedPlanError) {
        self.init(
            schedule: try saved["schedule"].text(),
            timezone: try saved["timezone"].parsed(),
            localTime: try saved["local_time"].parsed(),
            firesAt: try saved["fires_at"].parsed()
        )
    }
}

extension BusiestDay {
    fileprivate var saved: JSONValue { ["date": .text(date), "posts": .count(posts)] }

    fileprivate init(saved: SavedValue) throws(SavedPlanError) {
        self.init(date: try saved["date"].parsed(), posts: try saved["posts"].count())
    }
}

extension SlotCollision {
    fileprivate var saved: JSONValue {
        [
            "credential": .string(credential), "first": .text(firstLocalTime),
            "schedules": .array(schedules.map { .string($0) }), "count": .count(count),
        ]
    }

    fileprivate init(saved: SavedValue) throws(SavedPlanError) {
        self.init(
            credential: try saved["credential"].text(),
            schedules: try saved["schedules"].list { name throws(SavedPlanError) in
                try name.text()
            },
            firstLocalTime: try saved["first"].parsed(),
            count: try saved["count"].count()
        )
    }
}
