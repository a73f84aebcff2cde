import ClaraModel
import Planning
import SQLDatabase

extension LiveStore {
    /// The latest operations, newest first.
    ///
    /// - Parameters:
    ///   - limit: at most so many.
    ///   - tenant: only those with a step of this tenant.
    /// - Throws: `StoreError` where the database cannot be read.
    public func operations(
        limit: Int = 50,
        tenant: String? = nil
    ) async throws(StoreError) -> [OperationSummary] {
        let query = Self.operations(limit: limit, tenant: tenant)
        let present = Presence(self)
        return try await read(orEmpty: []) { (snapshot) throws(SQLError) in
            try snapshot.summaries(query, present)
        }
    }

    /// The last operation of a fleet that went to a revision, and not only beside one.
    ///
    /// - Throws: `StoreError` where the database cannot be read.
    public func lastCourse(of fleet: String) async throws(StoreError) -> Operation? {
        let query = SQLStatement(
            """
            \(JournalColumns.operations) WHERE fleet = $1 \
            AND kind IN (\(JournalSQL.kindsThatFollowARevision)) ORDER BY seq DESC LIMIT 1
            """,
            [.text(fleet)]
        )
        let present = Presence(self)
        return try await read(orEmpty: nil) { (snapshot) throws(SQLError) in
            try snapshot.summaries(query, present).first?.operation
        }
    }

    /// An operation with its steps.
    ///
    /// - Parameter id: its name, or a beginning of it that no other has.
    /// - Returns: nil where there is none, or the beginning is that of several.
    /// - Throws: `StoreError` where the database cannot be read.
    public func operation(_ id: String) async throws(StoreError) -> OperationRecord? {
        let present = Presence(self)
        return try await read(orEmpty: nil) { (snapshot) throws(SQLError) in
            let query = SQLStatement(
                "\(JournalColumns.operations) WHERE substr(id, 1, length($1)) = $1 LIMIT 2",
                [.text(id)]
            )
            let found = try snapshot.summaries(query, present)
            guard let summary = found.first, found.count == 1 else { return nil }
            return OperationRecord(
                summary: summary,
                steps: try snapshot.steps(of: summary.operation.id)
            )
        }
    }

    /// The latest operations whose names begin alike.
    ///
    /// - Throws: `StoreError` where the database cannot be read.
    public func operationIDs(
        beginningWith prefix: String,
        limit: Int
    ) async throws(StoreError) -> [OperationID] {
        let query = SQLStatement(
            """
            \(JournalColumns.operations) WHERE substr(id, 1, length($1)) = $1 \
            ORDER BY seq DESC LIMIT $2
            """,
            [.text(prefix), .integer(Int64(limit))]
        )
        let present = Presence(self)
        return try await read(orEmpty: []) { (snapshot) throws(SQLError) in
            try snapshot.summaries(query, present).map(\.operation.id)
        }
    }

    private static func operations(limit: Int, tenant: String?) -> SQLStatement {
        let order = "ORDER BY seq DESC LIMIT"
        let count = SQLValue.integer(Int64(limit))
        guard let tenant else {
            return SQLStatement("\(JournalColumns.operations) \(order) $1", [count])
        }
        return SQLStatement(
            """
            \(JournalColumns.operations) WHERE id IN \
            (SELECT operation FROM operation_steps WHERE tenant = $1) \(order) $2
            """,
            [.text(tenant), count]
        )
    }
}

private enum JournalColumns {
    static let operations = """
        SELECT id, kind, actor, host, fleet, revision, previous_revision, plan_digest, started_at, \
        state, finished_at, detail, steps, \(counts) FROM operations
        """
    /// What is done is counted when an operation ends; of one that has not, its steps tell.
    private static let counts = ["done", "failed", "stale", "skipped"].map { state in
        "CASE state WHEN 'running' THEN (SELECT count(*) FROM operation_steps AS step "
            + "WHERE step.operation = operations.id AND step.state = '\(state)') "
            + "ELSE steps_\(state) END"
    }.joined(separator: ", ")
    static let steps = """
        SELECT position, tenant, kind, name, action, reason, state, changed_at, detail \
        FROM operation_steps WHERE operation = $1 ORDER BY position
        """
}

extension SQLSnapshot {
    fileprivate func summaries(
        _ query: SQLStatement,
        _ present: Presence
    ) throws(SQLError) -> [OperationSummary] {
        let lock = try lockRow()
        var found: [OperationSummary] = []
        try forEachRow(query) { row in
            if let summary = OperationSummary(row) { found.append(present.judge(summary, lock)) }
        }
        return found
    }

    fileprivate func steps(of operation: OperationID) throws(SQLError) -> [JournalStep] {
        var found: [JournalStep] = []
        let query = SQLStatement(JournalColumns.steps, [.text(operation.description)])
        try forEachRow(query) { row in
            if let step = JournalStep(row) { found.append(step) }
        }
        return found
    }
}

/// Who is there at the moment of reading.
private struct Presence: Sendable {
    private let now: Instant
    private let isGone: @Sendable (ProcessIdentity) -> Bool

    init(_ store: LiveStore) {
        now = store.now()
        isGone = store.environment.isGone
    }

    /// What is marked as running and runs no more was cut off, though nobody has noted it yet.
    func judge(_ summary: OperationSummary, _ lock: LockRow?) -> OperationSummary {
        let runs = lock?.runs(summary.operation.id, at: now, isGone: isGone) ?? false
        if summary.state != .running || runs { return summary }
        return OperationSummary(
            operation: summary.operation,
            state: .interrupted,
            finishedAt: nil,
            detail: [summary.detail, JournalSQL.lostProcess].compactMap(\.self)
                .joined(separator: "; "),
            counts: summary.counts
        )
    }
}

extension OperationSummary {
    /// Nil for a row that Clara has not written.
    fileprivate init?(_ row: borrowing SQLRow) {
        guard let operation = Operation(row),
            let state = row.text(9).flatMap(Operation.State.init(rawValue:))
        else { return nil }
        self.init(
            operation: operation,
            state: state,
            finishedAt: row.instant(10),
            detail: row.text(11),
            counts: StepCounts(
                total: Int(row.integer(12) ?? 0),
                done: Int(row.integer(13) ?? 0),
                failed: Int(row.integer(14) ?? 0),
                stale: Int(row.integer(15) ?? 0),
                skipped: Int(row.integer(16) ?? 0)
            )
        )
    }
}

extension Operation {
    fileprivate init?(_ row: borrowing SQLRow) {
        // A name that is none is a row that Clara has not written.
        guard let id = row.text(0).flatMap({ try? OperationID(parsing: $0) }),
            let kind = row.text(1).flatMap(Kind.init(rawValue:)), let start = row.instant(8)
        else { return nil }
        self.init(
            id: id,
            kind: kind,
            actor: row.text(2) ?? "",
            host: row.text(3) ?? "",
            fleet: row.text(4) ?? "",
            revision: row.text(5) ?? "",
            previousRevision: row.text(6),
            planDigest: row.text(7),
            startedAt: start
        )
    }
}

extension JournalStep {
    /// Nil for a row that Clara has not written.
    fileprivate init?(_ row: borrowing SQLRow) {
        guard let kind = row.text(2).flatMap(Kind.init(rawValue:)),
            let action = row.text(4).flatMap(Step.Action.init(rawValue:)),
            let reason = row.text(5).flatMap(Step.Reason.init(rawValue:)),
            let state = row.text(6).flatMap(StepState.init(rawValue:))
        else { return nil }
        self.init(
            position: Int(row.integer(0) ?? 0),
            address: ResourceAddress(
                tenant: row.text(1) ?? "",
                kind: kind,
                name: row.text(3) ?? ""
            ),
            action: action,
            reason: reason,
            state: state,
            changedAt: row.instant(7),
            detail: row.text(8)
        )
    }
}
