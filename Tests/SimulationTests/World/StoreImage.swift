import ClaraModel
import SQLDatabase

/// Every row that a promise is about, as text, so that two moments can be compared byte by byte.
struct StoreImage: Sendable, Equatable {
    /// What a row is known by.
    struct Key: Hashable, Sendable, Comparable, CustomStringConvertible {
        let tenant: String
        let table: String
        let name: String

        var description: String { "\(tenant) \(table) \(name)" }

        static func < (left: Key, right: Key) -> Bool {
            (left.tenant, left.table, left.name) < (right.tenant, right.table, right.name)
        }
    }

    /// One slot row.
    struct Slot: Hashable, Sendable {
        let firesAt: String
        let state: String
    }

    /// One mark.
    struct Mark: Hashable, Sendable {
        let content: String
        let revision: String
    }

    /// One step of an operation.
    struct Step: Hashable, Sendable {
        let tenant: String
        let kind: String
        let action: String
        let state: String
    }

    /// The rows of resources and of marks, and what people have ordered.
    var rows: [Key: String] = [:]
    var slots: [Key: Slot] = [:]
    var marks: [Key: Mark] = [:]
    /// When a retired tenant is purged.
    var purges: [String: String] = [:]
    /// The fleet's recorded revision.
    var revision: String?
    /// The steps, by operation.
    var operations: [String: [Step]] = [:]
    /// Operations that have not ended.
    var running: Set<String> = []
}

extension StoreImage {
    /// The tables of resources, the columns that name a row beside its tenant, and those that
    /// Clara keeps for itself.
    private static let tables: [(name: String, key: [String], own: Set<String>)] = [
        ("clients", [], []), ("credentials", ["name"], []), ("quotas", ["name"], []),
        ("knowledge_bases", ["name"], []), ("knowledge_documents", ["base", "path"], []),
        ("prompts", ["name"], ["version"]),
        ("schedules", ["name"], ["slots_from", "slots_until", "slots_fingerprint"]),
        ("protections", ["kind", "name"], []), ("overrides", ["kind", "name", "path"], []),
        ("retirements", [], []),
    ]

    /// The tables whose rows are resources, in an order in which their rows can be deleted.
    static let resourceTables = [
        "knowledge_documents", "knowledge_bases", "schedules", "prompts", "quotas", "credentials",
        "clients",
    ]

    /// Reads everything in one snapshot.
    static func take(_ driver: SQLiteDriver) async throws -> StoreImage {
        try await driver.read { (snapshot) throws(SQLError) in
            var image = StoreImage()
            try image.readRows(snapshot)
            try image.readMarks(snapshot)
            try image.readSlots(snapshot)
            try image.readJournal(snapshot)
            return image
        }
    }

    private mutating func readRows(_ snapshot: any SQLSnapshot) throws(SQLError) {
        for table in Self.tables {
            let sql = try Self.selection(table, snapshot)
            try snapshot.forEachRow(SQLStatement(sql)) { row in
                let key = Key(row.text(0) ?? "", table.name, row.text(1) ?? "")
                rows[key] = row.text(2)
            }
        }
        try snapshot.forEachRow(SQLStatement("SELECT tenant, purge_after FROM retirements")) {
            purges[$0.text(0) ?? ""] = $0.text(1)
        }
    }

    private static func selection(
        _ table: (name: String, key: [String], own: Set<String>),
        _ snapshot: any SQLSnapshot
    ) throws(SQLError) -> String {
        var columns: [String] = []
        let names = "SELECT name FROM pragma_table_info('\(table.name)')"
        try snapshot.forEachRow(SQLStatement(names)) { columns.append($0.text(0) ?? "") }
        let shown = columns.filter { !table.own.contains($0) }.map { "quote(\"\($0)\")" }
        let name = (["''"] + table.key).joined(separator: " || ' ' || ")
        return "SELECT tenant, trim(\(name)), \(shown.joined(separator: " || ',' || ")) "
            + "FROM \(table.name)"
    }

    private mutating func readMarks(_ snapshot: any SQLSnapshot) throws(SQLError) {
        let sql = "SELECT tenant, kind || ' ' || name, content, revision FROM applied_resources"
        try snapshot.forEachRow(SQLStatement(sql)) { row in
            let key = Key(row.text(0) ?? "", "applied_resources", row.text(1) ?? "")
            marks[key] = Mark(content: row.text(2) ?? "", revision: row.text(3) ?? "")
        }
        try snapshot.forEachRow(SQLStatement("SELECT revision FROM fleets")) {
            revision = $0.text(0)
        }
    }

    private mutating func readSlots(_ snapshot: any SQLSnapshot) throws(SQLError) {
        let sql =
            "SELECT tenant, schedule || ' ' || local_time || ' ' || occurrence, fires_at, state "
            + "FROM slots"
        try snapshot.forEachRow(SQLStatement(sql)) { row in
            let key = Key(row.text(0) ?? "", "slots", row.text(1) ?? "")
            slots[key] = Slot(firesAt: row.text(2) ?? "", state: row.text(3) ?? "")
        }
    }

    private mutating func readJournal(_ snapshot: any SQLSnapshot) throws(SQLError) {
        let sql =
            "SELECT operation, tenant, kind, action, state FROM operation_steps "
            + "ORDER BY operation, position"
        try snapshot.forEachRow(SQLStatement(sql)) { row in
            let step = Step(
                tenant: row.text(1) ?? "",
                kind: row.text(2) ?? "",
                action: row.text(3) ?? "",
                state: row.text(4) ?? ""
            )
            operations[row.text(0) ?? "", default: []].append(step)
        }
        let open = "SELECT id FROM operations WHERE state = 'running'"
        try snapshot.forEachRow(SQLStatement(open)) { running.insert($0.text(0) ?? "") }
    }
}

extension StoreImage.Key {
    init(_ tenant: String, _ table: String, _ name: String) {
        self.init(tenant: tenant, table: table, name: name)
    }

    /// The key of a resource's mark.
    init(markOf address: ResourceAddress) {
        self.init(address.tenant, "applied_resources", "\(address.kind.rawValue) \(address.name)")
    }

    /// The key of the mark that goes with a resource's row; nil for a row of another sort.
    var mark: StoreImage.Key? {
        let kinds = [
            "clients": "Tenant", "credentials": "Credential", "quotas": "Quota",
            "knowledge_bases": "KnowledgeBase", "prompts": "Prompt", "schedules": "Schedule",
        ]
        guard let kind = kinds[table] else { return nil }
        return StoreImage.Key(
            tenant,
            "applied_resources",
            "\(kind) \(kind == "Tenant" ? tenant : name)"
        )
    }
}

extension StoreImage {
    /// What a tenant has, but for slots, which time alone may add.
    func holdings(of tenant: String) -> [Key: String] {
        var found = rows.filter { $0.key.tenant == tenant }
        for (key, mark) in marks where key.tenant == tenant {
            found[key] = "\(mark.revision) \(mark.content)"
        }
        return found
    }

    /// Every tenant that has anything.
    var tenants: Set<String> { Set(rows.keys.map(\.tenant)).union(marks.keys.map(\.tenant)) }

    /// The tenants whose holdings differ.
    func tenantsThatDiffer(from other: StoreImage) -> Set<String> {
        tenants.union(other.tenants).filter { holdings(of: $0) != other.holdings(of: $0) }
    }

    /// Whether nothing that belongs to a tenant, and no recorded revision, differs.
    func isSame(as other: StoreImage) -> Bool {
        rows == other.rows && marks == other.marks && slots == other.slots
            && revision == other.revision
    }
}
