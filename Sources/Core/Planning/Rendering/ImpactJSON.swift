import ClaraModel

extension Impact {
    /// The impact for programs, one entry a tenant.
    var json: JSONValue {
        [
            "from": .string(window.lowerBound.description),
            "until": .string(window.upperBound.description),
            "tenants": .array(tenants.map(\.json)),
        ]
    }
}

extension TenantImpact {
    fileprivate var json: JSONValue {
        [
            "tenant": .string(tenant), "timezone": timezone.json, "paused": .bool(isPaused),
            "next_posts": .array(nextPosts.map(\.json)), "posts": .integer(Int64(posts)),
            "busiest_day": busiestDay?.json ?? .null,
            "posts_per_day_quota": postsPerDayQuota.map { .integer(Int64($0)) } ?? .null,
            "over_quota": .bool(isOverQuota), "collisions": .array(collisions.map(\.json)),
            "documents": documents.json, "monthly": monthly.json,
        ]
    }
}

extension PlannedPost {
    fileprivate var json: JSONValue {
        [
            "schedule": .string(schedule), "timezone": timezone.json,
            "local_time": .string(localTime.description), "fires_at": .string(firesAt.description),
        ]
    }
}

extension BusiestDay {
    fileprivate var json: JSONValue {
        ["date": .string(date.description), "posts": .integer(Int64(posts))]
    }
}

extension SlotCollision {
    fileprivate var json: JSONValue {
        [
            "credential": .string(credential),
            "schedules": .array(schedules.map { .string($0) }),
            "first_local_time": .string(firstLocalTime.description),
            "count": .integer(Int64(count)),
        ]
    }
}

extension DocumentWork {
    fileprivate var json: JSONValue {
        [
            "to_index": .integer(Int64(toIndex)), "bytes": .integer(Int64(bytes)),
            "to_remove": .integer(Int64(toRemove)),
        ]
    }
}

extension MonthlyEstimate {
    fileprivate var json: JSONValue {
        ["posts": .integer(Int64(posts)), "x_cost_in_cents": .integer(Int64(xCostInCents))]
    }
}
