import ClaraModel
import Scheduling

/// Looks ahead over the horizon with a tenant's desired resources.
public struct TenantForecast: Sendable {
    /// As many next posts as fit a glance.
    static let nextPostsShown = 3
    /// X's price of a post without a link in US cents, times ten (pay per use, 2026: $0.015).
    private static let tenthsOfCentPerPost = 15
    private static let daysPerMonth: Int64 = 30

    /// What it comes to.
    public let impact: TenantImpact

    init(
        _ tenant: String,
        _ resources: [DesiredResource],
        _ steps: [Step],
        in window: Range<Instant>
    ) {
        let settings = resources.tenantSpec
        let timezone = settings?.timezone ?? .utc
        let zone = ZoneCatalogue.rules(of: timezone)
        let posts = resources.flatMap { Self.posts(of: $0, in: window) }.sorted {
            ($0.post.firesAt, $0.post.schedule) < ($1.post.firesAt, $1.post.schedule)
        }
        let monthly = Self.monthly(posts.map(\.scheduledAt), in: window)
        impact = TenantImpact(
            tenant: tenant,
            timezone: timezone,
            isPaused: settings?.state == .paused,
            nextPosts: posts.prefix(Self.nextPostsShown).map(\.post),
            posts: posts.count,
            busiestDay: zone.flatMap { Self.busiestDay(posts.map(\.post), in: $0) },
            postsPerDayQuota: resources.postsPerDayQuota,
            collisions: zone.map { Self.collisions(posts, in: $0) } ?? [],
            documents: Self.documents(steps),
            monthly: MonthlyEstimate(
                posts: monthly,
                xCostInCents: (monthly * Self.tenthsOfCentPerPost + 5) / 10
            )
        )
    }

    private typealias Post = (post: PlannedPost, scheduledAt: Instant, credential: String)

    private static func posts(of resource: DesiredResource, in window: Range<Instant>) -> [Post] {
        let address = resource.address
        guard case .schedule(let spec) = resource.spec,
            let pattern = SchedulePattern(spec, tenant: address.tenant, name: address.name)
        else { return [] }
        return pattern.slots(in: window).map { slot in
            let post = PlannedPost(
                schedule: address.name,
                timezone: spec.timezone ?? .utc,
                localTime: slot.localTime,
                firesAt: slot.firesAt
            )
            return (post, slot.scheduledAt ?? slot.firesAt, spec.credential)
        }
    }

    /// Posts in thirty days, from the last whole weeks of the window, so that the rest of today and
    /// a week cut in two do not count; a window of less than a week is taken as it is.
    private static func monthly(_ posts: [Instant], in window: Range<Instant>) -> Int {
        let week: Int64 = 7 * 86_400
        let length = (window.upperBound - window.lowerBound).seconds
        let span = length >= week ? length / week * week : max(length, 1)
        let start = window.upperBound - TimeSpan(seconds: span)
        let count = Int64(posts.count { $0 >= start })
        return Int((count * daysPerMonth * 86_400 + span / 2) / span)
    }

    private static func busiestDay(_ posts: [PlannedPost], in zone: ZoneRules) -> BusiestDay? {
        let counts = Dictionary(grouping: posts) { zone.local(at: $0.firesAt).date }
            .mapValues(\.count)
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
            .map { BusiestDay(date: $0.key, posts: $0.value) }
    }

    private struct Moment: Hashable {
        let credential: String
        let instant: Instant
    }

    private static func collisions(_ posts: [Post], in zone: ZoneRules) -> [SlotCollision] {
        let byMoment = Dictionary(grouping: posts) {
            Moment(credential: $0.credential, instant: $0.scheduledAt)
        }
        let clashes = byMoment.filter { $0.value.count > 1 }.map { moment, posts in
            (moment, Set(posts.map(\.post.schedule)).sorted())
        }
        struct Pair: Hashable {
            let credential: String
            let schedules: [String]
        }
        return Dictionary(grouping: clashes) { Pair(credential: $0.0.credential, schedules: $0.1) }
            .compactMap { pair, clashes in
                clashes.map(\.0.instant).min().map { first in
                    SlotCollision(
                        credential: pair.credential,
                        schedules: pair.schedules,
                        firstLocalTime: zone.local(at: first),
                        count: clashes.count
                    )
                }
            }
            .sorted { ($0.firstLocalTime, $0.credential) < ($1.firstLocalTime, $1.credential) }
    }

    private static func documents(_ steps: [Step]) -> DocumentWork {
        steps.flatMap(\.documentChanges).reduce(into: DocumentWork()) { work, change in
            if let bytes = change.sizeAfter {
                work.toIndex += 1
                work.bytes += bytes
            } else {
                work.toRemove += 1
            }
        }
    }
}

extension [DesiredResource] {
    fileprivate var tenantSpec: TenantSpec? {
        lazy.compactMap { if case .tenant(let spec) = $0.spec { spec } else { nil } }.first
    }

    fileprivate var postsPerDayQuota: Int? {
        lazy.compactMap { if case .quota(let spec) = $0.spec { spec.posts?.perDay } else { nil } }
            .first
    }
}

/// A document whose content a step changes.
struct DocumentChange {
    let path: String
    /// The size afterwards; nil where the document goes.
    let sizeAfter: Int?
}

extension Step {
    /// The documents whose content changes; a change of metadata alone needs no indexing, and a
    /// change of how documents are cut or embedded needs all of them again.
    var documentChanges: [DocumentChange] {
        guard address.kind == .knowledgeBase else { return [] }
        let before = rebuildsIndex ? [:] : Self.documents(before)
        let after = Self.documents(after)
        return Set(before.keys).union(after.keys).sorted().compactMap { path in
            let (old, new) = (before[path], after[path])
            guard old?["contentHash"] != new?["contentHash"] else { return nil }
            guard case .integer(let size) = new?["size"] else {
                return DocumentChange(path: path, sizeAfter: nil)
            }
            return DocumentChange(path: path, sizeAfter: Int(size))
        }
    }

    private var rebuildsIndex: Bool {
        before != nil && after != nil
            && changes.contains { change in
                [.member("chunking"), .member("embedding")].contains(change.path.components.first)
            }
    }

    private static func documents(_ content: CanonicalJSON?) -> [String: JSONValue] {
        content?.lenientValue[ResourceContent.documentsKey]?.members ?? [:]
    }
}
