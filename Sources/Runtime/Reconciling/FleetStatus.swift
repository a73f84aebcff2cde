import Applying
import ClaraModel
import LiveSystem
import Planning

/// What the store says of every tenant.
public struct FleetStatus: Sendable {
    /// What was last applied, by the fleet's name.
    public let fleets: [String: FleetMark]
    /// Where fleets stay by order, by the fleet's name.
    public let pins: [String: Pin]
    /// Who writes at the moment.
    public let lock: LockHolder?
    /// What the fleet as a whole was warned of since it was last applied, the latest first.
    public let warnings: [StoreEvent]
    /// The tenants, sorted by name.
    public let tenants: [TenantStatus]

    /// Reads the store.
    ///
    /// - Parameter now: posts before it are past.
    public static func read(
        _ store: LiveStore,
        now: Instant
    ) async throws(StoreError) -> FleetStatus {
        let live = try await store.observe(now: now)
        let conditions = try await store.conditions()
        let fleets = try await store.fleets()
        let names = Set(live.tenants.keys).union(conditions.keys)
        let tenants = names.sorted().map { name in
            TenantStatus(
                name,
                live.tenants[name] ?? LiveTenant(),
                conditions[name] ?? [],
                now: now
            )
        }
        let applied = fleets.values.map(\.appliedAt).max()
        let events = try await store.fleetEvents(limit: Self.events, since: applied)
        return FleetStatus(
            fleets: fleets,
            pins: try await store.pins(),
            lock: try await store.lockHolder(),
            warnings: events.filter { $0.note.type == .warning },
            tenants: tenants
        )
    }

    /// So many events are looked at for warnings; older ones are in the list of events.
    private static let events = 20

    /// The part that targets cover.
    public func restricted(to targets: TargetSelection) -> FleetStatus {
        FleetStatus(
            fleets: fleets,
            pins: pins,
            lock: lock,
            warnings: warnings,
            tenants: tenants.filter { targets.mayCover($0.tenant) }
        )
    }
}

/// What the store says of one tenant.
public struct TenantStatus: Sendable {
    /// Its name.
    public let tenant: String
    /// `active` or `paused`; nil where the tenant has no row, such as one that was always blocked.
    public let state: String?
    /// Its conditions, sorted by type; `Drifted` as of now.
    public let conditions: [Condition]
    /// Resources whose live row is not what was applied.
    public let drifted: [ResourceAddress]
    /// The revision that was last looked at.
    public let revision: String?
    /// The next planned post.
    public let nextPost: NextPost?
    /// Set while it is retired and kept.
    public let retirement: Retirement?
    /// The overrides that stand.
    public let overrides: [Override]
    /// What must not go away, by order.
    public let protections: [ResourceAddress: Protection]

    /// A post to come.
    public struct NextPost: Sendable {
        /// Its schedule.
        public let schedule: String
        /// Its local time in the schedule's zone, before jitter.
        public let localTime: LocalDateTime
        /// The schedule's zone.
        public let timezone: String
        /// When it fires, jitter included.
        public let firesAt: Instant
    }

    init(_ tenant: String, _ live: LiveTenant, _ conditions: [Condition], now: Instant) {
        self.tenant = tenant
        retirement = live.retirement
        overrides = live.overrides.filter { $0.isActive(at: now) }
        protections = live.protections
        let row = live.resources.values.first { $0.address.kind == .tenant }
        state = row?.content.map { $0.member("state") ?? TenantSpec.State.active.rawValue }
        drifted = live.driftedAddresses
        let drift = drifted
        let known = live.settlement == nil ? conditions : conditions.settled(row?.applied, now: now)
        self.conditions = known.map { $0.type == .drifted ? $0.updated(drift, now: now) : $0 }
            .sorted { $0.type.rawValue < $1.type.rawValue }
        revision = conditions.first?.observedRevision ?? row?.applied?.revision
        nextPost = state == TenantSpec.State.paused.rawValue ? nil : Self.next(in: live, now: now)
    }

    private static func next(in live: LiveTenant, now: Instant) -> NextPost? {
        let upcoming = live.slots.compactMap { schedule, slots in
            slots.rows.filter { $0.isPlanned && $0.firesAt >= now }
                .min { $0.firesAt < $1.firesAt }.map { (schedule, $0) }
        }
        guard let (schedule, slot) = upcoming.min(by: { $0.1.firesAt < $1.1.firesAt }) else {
            return nil
        }
        let row = live.resources.values.first {
            $0.address.kind == .schedule && $0.address.name == schedule
        }
        return NextPost(
            schedule: schedule,
            localTime: slot.key.localTime,
            timezone: row?.content?.member("timezone") ?? TimeZoneName.utc.identifier,
            firesAt: slot.firesAt
        )
    }
}

extension LiveTenant {
    fileprivate var driftedAddresses: [ResourceAddress] {
        resources.values.filter { resource in
            guard let applied = resource.applied else { return false }
            let hasTouchedSlots =
                resource.address.kind == .schedule
                && slots[resource.address.name]?.isTouched == true
            return applied.content != resource.content || hasTouchedSlots
        }.map(\.address).sorted()
    }
}

extension [Condition] {
    /// The conditions of a tenant that is settled. An apply that was stopped before it could write
    /// them has settled the tenant all the same, in the transaction of its steps.
    fileprivate func settled(_ mark: AppliedMark?, now: Instant) -> [Condition] {
        let wanted: [(Condition.Kind, Condition.Status)] = [
            (.drifted, .no), (.ready, .yes), (.reconciling, .no), (.stalled, .no),
        ]
        return wanted.map { type, status in
            first { $0.type == type && $0.status == status }
                ?? Condition(
                    type: type,
                    status: status,
                    reason: Reason.applied.rawValue,
                    message: "everything that git says is applied",
                    lastTransitionTime: now,
                    observedRevision: mark?.revision ?? ""
                )
        }
    }
}

extension Condition {
    /// The condition as of now: drift is seen the moment that somebody looks.
    fileprivate func updated(_ drifted: [ResourceAddress], now: Instant) -> Condition {
        if drifted.isEmpty == (status == .no) { return self }
        let names = drifted.map(\.description).joined(separator: ", ")
        return Condition(
            type: type,
            status: drifted.isEmpty ? .no : .yes,
            reason: "Observed",
            message: drifted.isEmpty ? "live is as it was applied" : "changed by hand: \(names)",
            lastTransitionTime: now,
            observedRevision: observedRevision
        )
    }
}

extension CanonicalJSON {
    /// The text of a member; nil where the content has none, or is no object after an edit.
    fileprivate func member(_ name: String) -> String? {
        do {
            return try value()[name]?.text
        } catch {
            return nil
        }
    }
}
