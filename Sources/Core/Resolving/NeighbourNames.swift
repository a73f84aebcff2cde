/// The names of a fleet's tenants, in an order in which those that begin with another's name lie
/// together: to look at all names for every tenant would cost the square of the fleet's size.
struct NeighbourNames: Sendable {
    private let sorted: [String]

    init(_ names: Set<String>) { sorted = names.sorted(by: Self.precedes) }

    /// The tenants whose names begin with another's name and a hyphen, sorted.
    func extending(_ tenant: String) -> ArraySlice<String> {
        let prefix = tenant + "-"
        let rest = sorted[firstPosition(notBefore: prefix)...]
        return rest.prefix { $0.utf8.starts(with: prefix.utf8) }
    }

    private func firstPosition(notBefore name: String) -> Int {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if Self.precedes(sorted[middle], name) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// By bytes, so that a common prefix of bytes is a common place.
    private static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
