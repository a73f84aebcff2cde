/// The triggers that tell the change feed of one table's changes.
///
/// They run in every connection, also in a shell that knows nothing of Clara, and so use nothing
/// but SQLite's own functions. A change of a row's key is a deletion and an insertion.
struct FeedTrigger {
    /// Whose changes are told.
    enum Writers {
        case all
        /// Only changes in nobody's name.
        case byHand
    }

    /// What happened to a row.
    enum Event: String, CaseIterable {
        case insert, update, delete
    }

    private let table: String
    private let trigger: String
    private let kind: String
    private let name: String
    private let columns: [String]
    private let writers: Writers
    private let events: [Event]

    /// - Parameters:
    ///   - trigger: what the triggers' names begin with; the table's name where it is nil.
    ///   - kind: the kind of what owns the row: a column, or a literal in quotes.
    ///   - name: the column that names it.
    ///   - columns: the columns whose change counts, separated by blanks.
    init(
        _ table: String,
        called trigger: String? = nil,
        of kind: String,
        name: String = "name",
        noticing columns: String,
        _ writers: Writers = .all,
        on events: [Event] = Event.allCases
    ) {
        self.table = table
        self.trigger = trigger ?? table
        self.kind = kind
        self.name = name
        self.columns = columns.split(separator: " ").map(String.init)
        self.writers = writers
        self.events = events
    }

    /// The triggers.
    var sql: String { events.map(create).joined(separator: "\n\n") }

    private func create(_ event: Event) -> String {
        let condition = condition(event).map { "\nWHEN \($0)" } ?? ""
        return """
            CREATE TRIGGER \(trigger)_feed_\(event.rawValue) \
            AFTER \(event.rawValue.uppercased()) ON \(table)\(condition) BEGIN
            \(statements(event).joined(separator: "\n"))
            END;
            """
    }

    private func condition(_ event: Event) -> String? {
        var conditions: [String] = []
        if writers == .byHand { conditions.append("\(Self.context) IS NULL") }
        if event == .update { conditions.append(Self.differ(keys + columns)) }
        return conditions.isEmpty ? nil : conditions.joined(separator: " AND ")
    }

    private func statements(_ event: Event) -> [String] {
        switch event {
        case .insert: [note("NEW", "'insert'")]
        case .delete: [note("OLD", "'delete'")]
        case .update:
            [
                note("OLD", "'delete'", where: Self.differ(keys)),
                note("NEW", "CASE WHEN \(Self.differ(keys)) THEN 'insert' ELSE 'update' END"),
            ]
        }
    }

    private func note(_ row: String, _ action: String, where condition: String? = nil) -> String {
        let kind = kind.hasPrefix("'") ? kind : "\(row).\(kind)"
        return """
                INSERT INTO change_feed \
            (tenant, kind, name, source, action, operation, changed_at)
                SELECT \(row).tenant, \(kind), \(row).\(name), '\(table)', \(action), \
            \(Self.context), strftime('%Y-%m-%dT%H:%M:%SZ', 'now')\
            \(condition.map { " WHERE \($0)" } ?? "");
            """
    }

    /// What tells one owner from another.
    private var keys: [String] {
        (name == "tenant" ? ["tenant"] : ["tenant", name]) + (kind.hasPrefix("'") ? [] : [kind])
    }

    private static let context = "(SELECT operation FROM change_context)"

    private static func differ(_ columns: [String]) -> String {
        let old = columns.map { "OLD.\($0)" }.joined(separator: ", ")
        let new = columns.map { "NEW.\($0)" }.joined(separator: ", ")
        return "(\(old)) IS NOT (\(new))"
    }
}
