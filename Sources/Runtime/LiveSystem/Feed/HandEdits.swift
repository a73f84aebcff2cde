import ClaraModel
import SQLDatabase

/// A change that somebody made by hand. SQLite knows no users, so that nobody is named.
public struct HandEdit: Sendable, Hashable {
    /// When.
    public let since: Instant
    /// What happened to the row.
    public let action: Action

    /// What happens to a row.
    public enum Action: String, Sendable, CaseIterable {
        case insert, update, delete
    }
}

extension LiveStore {
    /// The first change of each resource by hand since Clara last wrote it.
    ///
    /// - Returns: nothing for a resource that nobody changed, or whose change is no longer kept.
    /// - Throws: `StoreError` where the database cannot be read.
    public func handEdits(
        of addresses: some Sequence<ResourceAddress>
    ) async throws(StoreError) -> [ResourceAddress: HandEdit] {
        let addresses = Array(addresses)
        return try await read(orEmpty: [:]) { (snapshot) throws(SQLError) in
            var edits: [ResourceAddress: HandEdit] = [:]
            for address in addresses {
                let query = SQLStatement(FeedSQL.firstByHand, address.key)
                try snapshot.forEachRow(query) { row in
                    guard let since = row.instant(0),
                        let action = row.text(1).flatMap(HandEdit.Action.init(rawValue:))
                    else { return }
                    edits[address] = HandEdit(since: since, action: action)
                }
            }
            return edits
        }
    }
}

extension ResourceAddress {
    /// Tenant, kind and name as the values of a statement.
    var key: [SQLValue] { [.text(tenant), .text(kind.rawValue), .text(name)] }

    /// Reads three columns; nil for a kind that nobody knows.
    init?(_ row: borrowing SQLRow, from first: Int) {
        guard let kind = row.text(first + 1).flatMap(Kind.init(rawValue:)) else { return nil }
        self.init(tenant: row.text(first) ?? "", kind: kind, name: row.text(first + 2) ?? "")
    }
}
