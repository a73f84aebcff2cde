import ClaraModel
import SQLDatabase

/// The statements on a kind's table. A text is made once for each kind, so that it stays prepared.
struct TableSQL: Sendable {
    /// Reads key and content of every row, and what `TableLayout.engineColumns` names.
    let select: String
    /// Inserts a row: key, content.
    let insert: String
    /// Updates a row where key and content are as planned: content after, key, content before.
    let update: String
    /// Deletes a row where key and content are as planned: key, content before.
    let delete: String

    /// The statements of a kind.
    static func of(_ kind: Kind) -> TableSQL { all[kind.rank] }

    /// The statements of a kind whose guards compare texts as an observation reads them: somebody
    /// wrote one that is not UTF-8, and no parameter can hold it. They cost more, and are needed
    /// for such a row only.
    static func repairing(_ kind: Kind) -> TableSQL { allRepairing[kind.rank] }

    private static let all = Kind.allCases.sorted().map { TableSQL(.of($0)) { $0 } }
    private static let allRepairing = Kind.allCases.sorted().map { TableSQL(.of($0), repaired) }

    /// A column as an observation reads it.
    static func repaired(_ column: String) -> String {
        "\(SQLiteDriver.repairFunction)(\(column))"
    }

    /// - Parameter asRead: what is compared of a column.
    private init(_ layout: TableLayout, _ asRead: (String) -> String) {
        let keys = layout.keys.map(quoted)
        let columns = layout.columns.map { quoted($0.name) }
        // The key of a client is its tenant and its name alike.
        let read = ["tenant", layout.keys.last ?? "tenant"] + columns + layout.engineColumns
        select = "SELECT \(list(read)) FROM \(layout.table)"

        let given = keys + columns
        insert = """
            INSERT INTO \(layout.table) (\(list(given + layout.derived.map(\.column)))) \
            VALUES (\(list(parameters(given.count, from: 1) + layout.derived.map(\.onInsert)))) \
            ON CONFLICT DO NOTHING
            """
        let assignments =
            zip(columns, parameters(columns.count, from: 1)).map { "\($0) = \($1)" }
            + layout.derived.map { "\($0.column) = \($0.onUpdate)" }
        update = """
            UPDATE \(layout.table) SET \(list(assignments)) \
            WHERE \(Self.guarding(keys, columns.map(asRead), from: columns.count + 1))
            """
        let found = Self.guarding(keys, columns.map(asRead), from: 1)
        delete = "DELETE FROM \(layout.table) WHERE \(found)"
    }

    /// The condition that a row is still what a plan was made on.
    private static func guarding(
        _ keys: [String],
        _ columns: [String],
        from first: Int
    ) -> String {
        let own = zip(keys, parameters(keys.count, from: first)).map { "\($0) = \($1)" }
        let content = zip(columns, parameters(columns.count, from: first + keys.count))
            .map { "\($0) IS NOT DISTINCT FROM \($1)" }
        return (own + content).joined(separator: " AND ")
    }
}

extension TableLayout {
    /// Columns that Clara keeps beside the content and that an observation reads.
    var engineColumns: [String] {
        kind == .schedule ? ["slots_from", "slots_until", "slots_fingerprint"] : []
    }

    /// Columns that follow from other rows whenever the row is written.
    fileprivate var derived: [(column: String, onInsert: String, onUpdate: String)] {
        guard kind == .prompt else { return [] }
        let latest = "(SELECT max(version) FROM prompt_versions AS history WHERE"
        return [
            (
                "version", "\(latest) history.tenant = $1 AND history.prompt = $2)",
                "\(latest) history.tenant = prompts.tenant AND history.prompt = prompts.name)"
            )
        ]
    }
}

/// An identifier in quotes: `end` is a column, and a word of SQL.
private func quoted(_ name: String) -> String { "\"\(name)\"" }

private func list(_ parts: [String]) -> String { parts.joined(separator: ", ") }

private func parameters(_ count: Int, from first: Int) -> [String] {
    (first..<first + count).map { "$\($0)" }
}

extension [SQLValue] {
    /// Whether one of them may stand for a text that is not UTF-8.
    var holdReplacements: Bool {
        contains { if case .text(let text) = $0 { text.contains("\u{FFFD}") } else { false } }
    }
}
