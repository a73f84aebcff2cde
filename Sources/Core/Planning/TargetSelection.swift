import ClaraModel

/// Which part of a fleet a plan covers: everything, or what `--target` names.
public struct TargetSelection: Sendable, Hashable {
    private let patterns: [Pattern]

    private struct Pattern: Sendable, Hashable {
        let parts: [PathPattern]

        var text: String { parts.map(\.text).joined(separator: "/") }
    }

    /// The whole fleet.
    public static let all = TargetSelection(patterns: [])

    private init(patterns: [Pattern]) { self.patterns = patterns }

    /// Reads targets: a tenant (`acme`, `acme-*`) or an address (`acme/Schedule/weekday-mornings`,
    /// `*/Quota/*`). `*` stands for any characters within one part, `?` for one.
    ///
    /// - Throws: `FormatError` for a target of another shape.
    public init(parsing targets: [String]) throws(FormatError) {
        var patterns: [Pattern] = []
        for target in targets { patterns.append(try Self.pattern(target)) }
        self.patterns = patterns
    }

    private static func pattern(_ target: String) throws(FormatError) -> Pattern {
        let parts = target.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let kinds = Kind.allCases.map(\.rawValue)
        guard (1...3).contains(parts.count), !parts.contains(""),
            parts.count < 2 || kinds.contains(where: PathPattern(parts[1]).matches)
        else {
            throw FormatError(
                expected: "a tenant such as acme or an address such as acme/Schedule/mornings",
                hint: "the kinds are \(kinds.joined(separator: ", "))"
            )
        }
        return Pattern(parts: parts.map { PathPattern($0) })
    }

    /// Whether the plan covers any of the tenant.
    public func mayCover(_ tenant: String) -> Bool {
        patterns.isEmpty || patterns.contains { $0.parts[0].matches(tenant) }
    }

    /// Whether the plan covers all of the tenant.
    public func covers(_ tenant: String) -> Bool {
        patterns.isEmpty
            || patterns.contains { $0.parts.count == 1 && $0.parts[0].matches(tenant) }
    }

    /// Whether the plan covers the resource.
    public func covers(_ address: ResourceAddress) -> Bool {
        let name = [address.tenant, address.kind.rawValue, address.name]
        return patterns.isEmpty
            || patterns.contains { zip($0.parts, name).allSatisfy { $0.matches($1) } }
    }

    /// The targets that name a tenant which does not exist.
    public func unmatched(by tenants: some Sequence<String>) -> [String] {
        let tenants = Array(tenants)
        return patterns.filter { pattern in
            !tenants.contains(where: pattern.parts[0].matches)
        }.map(\.text)
    }

    /// The targets that name a resource which does not exist.
    public func unmatched(by addresses: some Sequence<ResourceAddress>) -> [String] {
        let narrow = patterns.filter { $0.parts.count > 1 }
        if narrow.isEmpty { return [] }
        let names = addresses.map { [$0.tenant, $0.kind.rawValue, $0.name] }
        return narrow.filter { pattern in
            !names.contains { zip(pattern.parts, $0).allSatisfy { $0.matches($1) } }
        }.map(\.text)
    }
}
