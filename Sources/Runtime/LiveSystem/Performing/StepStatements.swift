import ClaraModel
import Planning
import SQLDatabase

/// The guarded statements of one step. Making them is a pure function: what an apply would do can
/// be read and tested without a database.
struct StepStatements {
    /// The statements, in order.
    private(set) var statements: [GuardedStatement] = []
    private let step: Step
    private let provenance: Provenance
    private let subject: String

    /// Spells out a step.
    ///
    /// - Throws: `StoreError.malformedContent` where the step's contents are not of its kind.
    init(_ step: Step, by provenance: Provenance) throws(StoreError) {
        self.step = step
        self.provenance = provenance
        subject = step.address.description
        if step.takesAway { checkProtection() }
        if step.after != nil { addVersion() }
        let movesRow = try changeRow()
        changeSlots()
        changeMark()
        if !movesRow { noteChange() }
        if step.address.kind == .tenant { changeTenant() }
    }

    /// Whoever protects something after a plan was made has the last word.
    private mutating func checkProtection() {
        let everything = SQLValue.text(Kind.tenant.rawValue)
        add(ProtectionSQL.found, step.address.key + [everything], expects: .exactly(0))
    }

    /// Compares with `before` and sets `after`.
    ///
    /// - Returns: whether a row of the resource's own changes; documents have rows of theirs.
    private mutating func changeRow() throws(StoreError) -> Bool {
        let before = try pieces(of: step.before)
        let after = try pieces(of: step.after)
        switch (before, after) {
        case (nil, nil): return false
        case (nil, let after?): insert(after)
        case (let before?, nil): delete(before)
        case (let before?, let after?) where step.action == .replace:
            delete(before)
            insert(after)
        case (let before?, let after?):
            update(from: before, to: after)
            return before.values != after.values
        }
        return true
    }

    private func pieces(
        of content: CanonicalJSON?
    ) throws(StoreError) -> ContentReader.Pieces? {
        guard let content else { return nil }
        do {
            return try ContentReader.read(content, .of(step.address.kind))
        } catch {
            throw .malformedContent(step.address, byte: error.byte)
        }
    }

    private mutating func insert(_ after: ContentReader.Pieces) {
        add(TableSQL.of(step.address.kind).insert, key + after.values, expects: .exactly(1))
        guard step.address.kind == .knowledgeBase else { return }
        // Documents may be left of a base that somebody deleted.
        add(DocumentSQL.deleteAll, key, expects: .any)
        for document in after.documents { add(insertion: document) }
    }

    private mutating func update(
        from before: ContentReader.Pieces,
        to after: ContentReader.Pieces
    ) {
        let sql = sql(guarding: before.values)
        add(sql.update, after.values + key + before.values, expects: .exactly(1))
        changeDocuments(from: before.documents, to: after.documents)
    }

    private mutating func delete(_ before: ContentReader.Pieces) {
        if step.address.kind == .knowledgeBase {
            changeDocuments(from: before.documents, to: [])
            // A document that the plan did not see makes it stale.
            add(DocumentSQL.deleteAll, key, expects: .exactly(0))
        }
        add(sql(guarding: before.values).delete, key + before.values, expects: .exactly(1))
    }

    private mutating func changeDocuments(
        from before: [ContentReader.Document],
        to after: [ContentReader.Document]
    ) {
        // By bytes, as the database compares them.
        var rest = Dictionary(before.map { (Array($0.path.utf8), $0) }) { first, _ in first }
        var added: [ContentReader.Document] = []
        for document in after {
            let old = rest.removeValue(forKey: Array(document.path.utf8))
            guard let old else {
                added.append(document)
                continue
            }
            if old != document {
                let found = key + [.text(document.path)] + old.values
                add(
                    DocumentSQL.update(guarding: found),
                    document.values + found,
                    expects: .exactly(1)
                )
            }
        }
        for document in before where rest[Array(document.path.utf8)] != nil {
            let found = key + [.text(document.path)] + document.values
            add(DocumentSQL.delete(guarding: found), found, expects: .exactly(1))
        }
        for document in added { add(insertion: document) }
    }

    private mutating func add(insertion document: ContentReader.Document) {
        add(
            DocumentSQL.insert,
            key + [.text(document.path)] + document.values,
            expects: .exactly(1)
        )
    }
}

extension StepStatements {
    /// A prompt's content becomes a version, unless it is the latest one already.
    private mutating func addVersion() {
        guard step.address.kind == .prompt, let content = step.after else { return }
        let values: [SQLValue] = [
            .text(content.text), .text(content.digest.description), .text(provenance.revision),
            .text(provenance.now.description),
        ]
        add(PromptSQL.insertVersion, key + values, expects: .atMost(1))
    }

    private mutating func changeSlots() {
        guard step.address.kind == .schedule, let change = step.slots else { return }
        statements += SlotStatements.moves(change, of: step.address)
        if let window = change.window, step.after != nil {
            let values = SlotStatements.window(window, fingerprint: change.fingerprint) + key
            // The row is new, or its slots are those that the plan moves.
            let former = step.action == .update ? change.formerEnd?.description : nil
            add(SlotStatements.setWindow, values + [SQLValue(former)], expects: .exactly(1))
        }
    }

    private mutating func changeMark() {
        let key = step.address.key
        guard let content = step.after else {
            return add(MarkSQL.delete, key, expects: .atMost(1))
        }
        let values: [SQLValue] = [
            .text(content.text), .text(content.digest.description), .text(provenance.revision),
            .text(provenance.fleet), .text(provenance.now.description),
        ]
        add(MarkSQL.upsert, key + values, expects: .exactly(1))
    }

    /// A change that moves no row of its own is told to the feed: no trigger sees it.
    private mutating func noteChange() {
        let time = SQLValue.text(provenance.now.description)
        add(FeedSQL.note, step.address.key + [time], expects: .any)
    }

    private mutating func changeTenant() {
        let tenant = SQLValue.text(step.address.tenant)
        if step.after == nil {
            forgetTenant(tenant)
        } else if let retirement = step.retirement {
            retire(tenant, retirement)
        } else if step.reason == .restored {
            add(RetirementSQL.delete, [tenant], expects: .any)
        }
    }

    /// Keeps what the tenant was, so that it can be brought back; where somebody had deleted its
    /// row, what it is now.
    private mutating func retire(_ tenant: SQLValue, _ retirement: Retirement) {
        guard let former = step.before ?? step.after else { return }
        let values: [SQLValue] = [
            tenant, .text(retirement.since.description), .text(retirement.purgeAfter.description),
            .text(provenance.revision), .text(former.text),
        ]
        add(RetirementSQL.upsert, values, expects: .exactly(1))
    }

    /// What is known of a tenant goes with its client; what it posted stays.
    private mutating func forgetTenant(_ tenant: SQLValue) {
        for sql in [
            ConditionSQL.deleteAll, RetirementSQL.delete, ProtectionSQL.deleteAll,
            OverrideSQL.deleteAll,
        ] {
            add(sql, [tenant], expects: .any)
        }
    }

    private func sql(guarding before: [SQLValue]) -> TableSQL {
        let kind = step.address.kind
        return before.holdReplacements ? .repairing(kind) : .of(kind)
    }

    private var key: [SQLValue] {
        let tenant = SQLValue.text(step.address.tenant)
        return step.address.kind == .tenant ? [tenant] : [tenant, .text(step.address.name)]
    }

    private mutating func add(_ sql: String, _ arguments: [SQLValue], expects: ExpectedRows) {
        statements.append(
            GuardedStatement(SQLStatement(sql, arguments), expects: expects, subject: subject)
        )
    }
}
