import SQLDatabase

/// How much an observation reads.
enum ObservationScope {
    /// Every tenant, table by table in the order in which rows lie.
    case everything
    /// One tenant, by the indexes.
    case tenant(String)

    /// A query of the rows of a table that the scope covers.
    func query(_ select: String, order: String? = nil) -> SQLStatement {
        let order = order.map { " ORDER BY \($0)" } ?? ""
        switch self {
        case .everything: return SQLStatement(select + order)
        case .tenant(let name):
            return SQLStatement("\(select) WHERE tenant = $1\(order)", [.text(name)])
        }
    }
}
