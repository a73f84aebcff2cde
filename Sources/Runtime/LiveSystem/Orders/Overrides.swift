import ClaraModel
import SQLDatabase

/// The statements on `overrides`.
enum OverrideSQL {
    static let columns = "tenant, kind, name, path, value, reason, ordered_by, since, until"
    static let select = "SELECT \(columns) FROM overrides"
    static let upsert = """
        INSERT INTO overrides (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
        ON CONFLICT (tenant, kind, name, path) DO UPDATE SET value = excluded.value, \
        reason = excluded.reason, ordered_by = excluded.ordered_by, since = excluded.since, \
        until = excluded.until
        """
    /// As long as nobody has prolonged it.
    static let delete = """
        DELETE FROM overrides WHERE tenant = $1 AND kind = $2 AND name = $3 AND path = $4 \
        AND until = $5
        """
    static let deleteAll = "DELETE FROM overrides WHERE tenant = $1"
}

extension Override {
    /// The row.
    var values: [SQLValue] {
        address.key + [
            .text(pathText), SQLValue(value.map { CanonicalJSON($0).text }), .text(reason),
            .text(by), .text(since.description), .text(until.description),
        ]
    }

    /// What finds the row, unless somebody has prolonged it.
    var key: [SQLValue] { address.key + [.text(pathText), .text(until.description)] }

    private var pathText: String { CanonicalJSON(.array(path.map { .string($0) })).text }

    /// Reads `OverrideSQL.columns`; nil for a row that Clara has not written.
    init?(_ row: borrowing SQLRow) {
        guard let address = ResourceAddress(row, from: 0),
            case .array(let path) = row.json(3), let until = row.instant(8)
        else { return nil }
        self.init(
            address: address,
            path: path.compactMap(\.text),
            value: row.json(4),
            reason: row.text(5) ?? "",
            by: row.text(6) ?? "",
            since: row.instant(7) ?? .epoch,
            until: until
        )
    }
}

extension SQLRow {
    /// The JSON in a column; nil where it holds none.
    fileprivate borrowing func json(_ column: Int) -> JSONValue? {
        // What cannot be read was not written by Clara; the caller says what that means.
        text(column).flatMap { try? CanonicalJSON(trusting: $0).value() }
    }
}
