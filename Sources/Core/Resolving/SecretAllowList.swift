import ClaraModel

/// Which environment variables the manifests of a tenant may name.
///
/// A merged manifest must not become a confused deputy: without this, a pull request to one
/// tenant's folder could send another tenant's key to a host of its choice.
struct SecretAllowList: Sendable {
    private let shared: [PathPattern]
    private let perTenant: [String: [PathPattern]]
    private let neighbours: NeighbourNames

    /// Clara's own settings, such as its master key, are nobody's credentials.
    private static let reservedPrefix = "CLARA_"

    init(rules: SecretRules?, neighbours: NeighbourNames) {
        shared = (rules?.env ?? []).map { PathPattern($0) }
        perTenant = (rules?.perTenant ?? [:]).mapValues { $0.map { PathPattern($0) } }
        self.neighbours = neighbours
    }

    func allows(_ variable: String, for tenant: String) -> Bool {
        if variable.uppercased().hasPrefix(Self.reservedPrefix) { return false }
        if shared.contains(where: { $0.matches(variable) }) { return true }
        if let patterns = perTenant[tenant] { return patterns.contains { $0.matches(variable) } }
        return variable.hasPrefix(Self.prefix(of: tenant))
            && !isOwnedByLongerName(variable, than: tenant)
    }

    /// `ACME_COFFEE_X_KEY` begins with the prefixes of both `acme` and `acme-coffee`; it belongs to
    /// the tenant with the longer name.
    private func isOwnedByLongerName(_ variable: String, than tenant: String) -> Bool {
        neighbours.extending(tenant).contains { variable.hasPrefix(Self.prefix(of: $0)) }
    }

    /// What a person may write for a tenant.
    func advice(for tenant: String) -> String {
        let own = perTenant[tenant]?.map(\.text) ?? [Self.prefix(of: tenant) + "*"]
        let patterns = (own + shared.map(\.text)).filter { !$0.hasPrefix(Self.reservedPrefix) }
        if patterns.isEmpty {
            return
                "\(Self.reservedPrefix)* is Clara's own; fleet.yaml can allow others under secrets"
        }
        return "`\(tenant)` may name \(patterns.joined(separator: ", ")); "
            + "fleet.yaml can allow more under secrets"
    }

    private static func prefix(of tenant: String) -> String {
        let capitals = tenant.uppercased().utf8.map { byte in
            byte == UInt8(ascii: "-") ? UInt8(ascii: "_") : byte
        }
        return String(decoding: capitals, as: UTF8.self) + "_"
    }
}
