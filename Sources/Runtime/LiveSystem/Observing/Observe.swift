import ClaraModel
import SQLDatabase

extension LiveStore {
    /// Reads everything live, as it was at one moment.
    ///
    /// - Parameter now: slots that fired more than `slotMemory` before it are left out.
    /// - Throws: `StoreError` where the database cannot be read. No value in it is an error.
    public func observe(now: Instant) async throws(StoreError) -> LiveState {
        try await read(orEmpty: LiveState()) { (snapshot) throws(SQLError) in
            try snapshot.observe([.everything], now: now)
        }
    }

    /// Reads everything live of some tenants, as it was at one moment. What it costs depends on
    /// them alone.
    ///
    /// - Parameter now: slots that fired more than `slotMemory` before it are left out.
    /// - Returns: the tenants; one of which there is nothing is absent.
    /// - Throws: `StoreError` where the database cannot be read. No value in it is an error.
    public func observe(
        tenants: Set<String>,
        now: Instant
    ) async throws(StoreError) -> LiveState {
        try await read(orEmpty: LiveState()) { (snapshot) throws(SQLError) in
            try snapshot.observe(tenants.sorted().map(ObservationScope.tenant), now: now)
        }
    }
}

extension SQLSnapshot {
    /// Reads what scopes cover.
    func observe(_ scopes: [ObservationScope], now: Instant) throws(SQLError) -> LiveState {
        var observation = Observation()
        var slots = SlotCollector(now: now)
        for scope in scopes {
            try observation.read(scope, self, collecting: &slots)
        }
        slots.finish(into: &observation)
        return observation.finish()
    }
}

extension Observation {
    fileprivate mutating func read(
        _ scope: ObservationScope,
        _ snapshot: any SQLSnapshot,
        collecting slots: inout SlotCollector
    ) throws(SQLError) {
        let documents = try DocumentReader.read(scope, snapshot)
        for kind in Kind.allCases where kind != .schedule {
            try readRows(of: kind, scope, snapshot, documents)
        }
        try readSchedules(scope, snapshot, collecting: &slots)
        try readMarks(scope, snapshot)
        try readSettlements(scope, snapshot)
        try readOrders(scope, snapshot)
        try slots.readRows(scope, snapshot, of: &self)
    }

    fileprivate mutating func readRows(
        of kind: Kind,
        _ scope: ObservationScope,
        _ snapshot: any SQLSnapshot,
        _ documents: [DocumentReader.Base: String]
    ) throws(SQLError) {
        let members = TableLayout.of(kind).members
        var writer = ContentWriter()
        try snapshot.forEachRow(scope.query(TableSQL.of(kind).select)) { row in
            let position = position(of: row, 0)
            let address = ResourceAddress(
                tenant: name(position),
                kind: kind,
                name: row.text(1) ?? ""
            )
            let spelled =
                kind == .knowledgeBase
                ? documents[DocumentReader.Base(tenant: address.tenant, name: address.name)] : nil
            let content = writer.spell(
                row,
                members,
                from: Self.keyCount,
                documents: spelled ?? "{}"
            )
            add(address, content: content, at: position)
        }
    }

    fileprivate mutating func readSchedules(
        _ scope: ObservationScope,
        _ snapshot: any SQLSnapshot,
        collecting slots: inout SlotCollector
    ) throws(SQLError) {
        let layout = TableLayout.of(.schedule)
        let engine = Self.keyCount + layout.columns.count
        var writer = ContentWriter()
        try snapshot.forEachRow(scope.query(TableSQL.of(.schedule).select)) { row in
            let position = position(of: row, 0)
            let address = ResourceAddress(
                tenant: name(position),
                kind: .schedule,
                name: row.text(1) ?? ""
            )
            add(
                address,
                content: writer.spell(row, layout.members, from: Self.keyCount),
                at: position
            )
            slots.expect(
                SlotCollector.Owner(tenant: position, schedule: address.name),
                from: row.instant(engine),
                until: row.instant(engine + 1),
                fingerprint: row.integer(engine + 2)
            )
        }
    }

    /// How many columns of a kind's query come before the content.
    private static let keyCount = 2

    fileprivate mutating func readMarks(
        _ scope: ObservationScope,
        _ snapshot: any SQLSnapshot
    ) throws(SQLError) {
        var revision = ""
        var fleet = ""
        try snapshot.forEachRow(scope.query(Self.marks)) { row in
            // A kind that is unknown here is a row that somebody made up: it names nothing.
            guard let kind = row.text(1).flatMap(Kind.init(rawValue:)) else { return }
            let position = position(of: row, 0)
            let address = ResourceAddress(
                tenant: name(position),
                kind: kind,
                name: row.text(2) ?? ""
            )
            // Most rows are as they were applied, and most marks of one revision: they share text.
            var content = content(address, at: position)
            if !(content.map { row.holds($0.text, in: 3) } ?? false) {
                content = CanonicalJSON(trusting: row.text(3) ?? "")
            }
            if !row.holds(revision, in: 4) { revision = row.text(4) ?? "" }
            if !row.holds(fleet, in: 5) { fleet = row.text(5) ?? "" }
            guard let content else { return }
            mark(
                address,
                AppliedMark(content: content, revision: revision, fleet: fleet),
                at: position
            )
        }
    }

    fileprivate mutating func readSettlements(
        _ scope: ObservationScope,
        _ snapshot: any SQLSnapshot
    ) throws(SQLError) {
        try snapshot.forEachRow(scope.query(Self.settlements)) { row in
            let position = position(of: row, 0)
            settle(row.text(1), at: position)
        }
    }

    /// Reads what people ordered beside git.
    fileprivate mutating func readOrders(
        _ scope: ObservationScope,
        _ snapshot: any SQLSnapshot
    ) throws(SQLError) {
        try snapshot.forEachRow(scope.query(RetirementSQL.select)) { row in
            guard let retirement = Retirement(row) else { return }
            retire(retirement, at: position(of: row, 0))
        }
        try snapshot.forEachRow(scope.query(ProtectionSQL.select)) { row in
            guard let address = ResourceAddress(row, from: 0) else { return }
            protect(address, Protection(row), at: position(of: row, 0))
        }
        try snapshot.forEachRow(scope.query(OverrideSQL.select, order: "since, path")) { row in
            guard let override = Override(row) else { return }
            add(override, at: position(of: row, 0))
        }
    }

    private static let marks =
        "SELECT tenant, kind, name, content, revision, fleet FROM applied_resources"
    private static let settlements = "SELECT tenant, inputs FROM tenant_settlements"
}
