import ClaraModel

/// What a tenant's plan stands on: its live rows, marks, slots and orders as they were observed,
/// each by a keyed fingerprint, so that the file gives nothing away of what it was made from.
///
/// All rows of the tenant count, also those without a step: a step may lean on a row that it does
/// not touch.
struct TenantFooting: Sendable, Hashable {
    /// Every row or mark that there was.
    let rows: [ResourceAddress: RowFooting]
    /// What people did to slots, by the name of the schedule, where the plan changes its slots.
    let slots: [String: Fingerprint]
    let protections: Fingerprint
    let overrides: Fingerprint
    let retirement: Fingerprint

    /// - Parameters:
    ///   - schedules: those whose slots the plan changes.
    ///   - plannedAt: the moment of planning; slots that fired before are nobody's business.
    init(
        _ live: LiveTenant,
        schedules: some Sequence<String>,
        at plannedAt: Instant,
        key: AuthenticationKey
    ) {
        rows = live.resources.mapValues { RowFooting($0, key: key) }
        let touched = schedules.map { name in
            (name, Fingerprint(of: live.slots[name] ?? LiveSlots(), from: plannedAt, key: key))
        }
        slots = Dictionary(touched) { first, _ in first }
        protections = Fingerprint(of: live.protections, key: key)
        overrides = Fingerprint(of: live.overrides, key: key)
        retirement = Fingerprint(
            of: live.retirement.map { ["\($0.since)", "\($0.purgeAfter)"] } ?? [],
            key: key
        )
    }

    /// What is otherwise now, sorted by address.
    func misfits(of tenant: String, with now: TenantFooting) -> [Misfit] {
        let moved = Set(rows.keys).union(now.rows.keys).sorted().flatMap { address in
            let was = rows[address] ?? .none
            return was.movements(to: now.rows[address] ?? .none).map { Misfit(address, $0) }
        }
        return moved + handwork(in: tenant, with: now) + orders(of: tenant, with: now)
    }

    private func handwork(in tenant: String, with now: TenantFooting) -> [Misfit] {
        slots.keys.sorted().filter { slots[$0] != now.slots[$0] }.map { name in
            Misfit(ResourceAddress(tenant: tenant, kind: .schedule, name: name), .slotsMoved)
        }
    }

    private func orders(of tenant: String, with now: TenantFooting) -> [Misfit] {
        let address = ResourceAddress(tenant: tenant, kind: .tenant, name: tenant)
        let orders: [(Bool, Misfit.Movement)] = [
            (protections == now.protections, .protectionsChanged),
            (overrides == now.overrides, .overridesChanged),
            (retirement == now.retirement, .retirementChanged),
        ]
        return orders.filter { !$0.0 }.map { Misfit(address, $0.1) }
    }
}

/// What one row was: its content and its mark, each nil where there was none.
struct RowFooting: Sendable, Hashable {
    let content: Fingerprint?
    let mark: Fingerprint?

    static let none = RowFooting(content: nil, mark: nil)

    init(content: Fingerprint?, mark: Fingerprint?) {
        self.content = content
        self.mark = mark
    }

    init(_ row: LiveResource, key: AuthenticationKey) {
        content = row.content.map { Fingerprint(of: [$0.text], key: key) }
        mark = row.applied.map {
            Fingerprint(of: [$0.fleet, $0.revision, $0.content.text], key: key)
        }
    }

    fileprivate func movements(to now: RowFooting) -> [Misfit.Movement] {
        switch (content, now.content) {
        case (nil, _?): return [.appeared]
        case (_?, nil): return [.gone]
        case (let was, let content) where was != content: return [.changed]
        default: return mark == now.mark ? [] : [.reapplied]
        }
    }
}

/// A keyed fingerprint, as 32 hexadecimal digits: half of an authentication code, which is as short
/// as RFC 2104 §5 lets one be, and halves what a saved plan says of rows that it does not change.
struct Fingerprint: Sendable, Hashable {
    let text: String

    static let digits = 32
    private static let purpose = "clara live state"

    init(of texts: [String], key: AuthenticationKey) {
        let code = key.code(over: texts, for: Self.purpose).description
        text = String(code.prefix(Self.digits))
    }

    init?(parsing text: String) {
        let isHex = text.utf8.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
        guard text.utf8.count == Self.digits, isHex else { return nil }
        self.text = text
    }

    /// Slots that nobody touched follow from what was applied, and from the time that has passed.
    /// Where somebody did, every row counts that had not fired when the plan was made.
    fileprivate init(of slots: LiveSlots, from plannedAt: Instant, key: AuthenticationKey) {
        let rows = slots.isTouched ? slots.rows.filter { $0.firesAt >= plannedAt } : []
        let state = slots.isTouched ? "touched" : "untouched"
        self.init(of: [state] + rows.map { "\($0.key) \($0.firesAt)" }, key: key)
    }

    fileprivate init(of protections: [ResourceAddress: Protection], key: AuthenticationKey) {
        let texts = protections.keys.sorted().flatMap { address -> [String] in
            guard let protection = protections[address] else { return [] }
            return [address.description, CanonicalJSON(protection.saved).text]
        }
        self.init(of: texts, key: key)
    }

    fileprivate init(of overrides: [Override], key: AuthenticationKey) {
        self.init(of: overrides.map { CanonicalJSON($0.saved).text }.sorted(), key: key)
    }
}

// MARK: - Saved

extension TenantFooting {
    var saved: JSONValue {
        let byName = rows.map { ($0.description, $1.saved) }
        return [
            "rows": .object(Dictionary(byName) { first, _ in first }),
            "slots": .object(slots.mapValues { .string($0.text) }),
            "protections": .string(protections.text), "overrides": .string(overrides.text),
            "retirement": .string(retirement.text),
        ]
    }

    init(saved: SavedValue) throws(SavedPlanError) {
        let rowsByName = try saved["rows"].members { name, row throws(SavedPlanError) in
            guard let address = ResourceAddress(parsing: name) else { throw row.error }
            return (address, try RowFooting(saved: row))
        }
        let slotsByName = try saved["slots"].members { name, slots throws(SavedPlanError) in
            (name, try Fingerprint(saved: slots))
        }
        rows = Dictionary(rowsByName) { first, _ in first }
        slots = Dictionary(slotsByName) { first, _ in first }
        protections = try Fingerprint(saved: saved["protections"])
        overrides = try Fingerprint(saved: saved["overrides"])
        retirement = try Fingerprint(saved: saved["retirement"])
    }
}

extension RowFooting {
    fileprivate var saved: JSONValue {
        .present([
            "content": content.map { .string($0.text) }, "mark": mark.map { .string($0.text) },
        ])
    }

    fileprivate init(saved: SavedValue) throws(SavedPlanError) {
        content = try saved["content"].optional(Fingerprint.init(saved:))
        mark = try saved["mark"].optional(Fingerprint.init(saved:))
    }
}

extension Fingerprint {
    init(saved: SavedValue) throws(SavedPlanError) {
        guard let fingerprint = Fingerprint(parsing: try saved.text()) else { throw saved.error }
        self = fingerprint
    }
}
