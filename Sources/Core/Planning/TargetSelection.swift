import ClaraModel

/// Which part of a fleet a plan covers: everything, or what `--target` names.
public struct TargetSelection: Sendable, Hashable {
    private let patterns: [Pattern]

    private struct Pattern: Sendable, Hashable {
        let parts: [String]
    }

    /// The whole fleet.
    public static let all = TargetSelection(patterns: [])

    private init(patterns: [Pattern]) { self.patterns = patterns }

    /// Reads targets: a tenant (`acme`, `acme-*`) or an address (`acme/Schedule/weekday-mornings`,
    /// `*/Quota/*`). `*` stands for any characters within one part.
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
            parts.count < 2 || kinds.contains(where: { Glob.fits(parts[1], $0) })
        else {
            throw FormatError(
                expected: "a tenant such as acme or an address such as acme/Schedule/mornings",
                hint: "the kinds are \(kinds.joined(separator: ", "))"
            )
        }
        return Pattern(parts: parts)
    }

    /// Whether the plan covers any of the tenant.
    public func mayCover(_ tenant: String) -> Bool {
        patterns.isEmpty || patterns.contains { Glob.fits($0.parts[0], tenant) }
    }

    /// Whether the plan covers all of the tenant.
    public func covers(_ tenant: String) -> Bool {
        patterns.isEmpty
            || patterns.contains { $0.parts.count == 1 && Glob.fits($0.parts[0], tenant) }
    }

    /// Whether the plan covers the resource.
    public func covers(_ address: ResourceAddress) -> Bool {
        let name = [address.tenant, address.kind.rawValue, address.name]
        return patterns.isEmpty
            || patterns.contains { zip($0.parts, name).allSatisfy { Glob.fits($0, $1) } }
    }

    /// The targets that name a tenant which does not exist.
    public func unmatched(by tenants: some Sequence<String>) -> [String] {
        let tenants = Array(tenants)
        return patterns.filter { pattern in
            !tenants.contains { Glob.fits(pattern.parts[0], $0) }
        }.map { $0.parts.joined(separator: "/") }
    }

    /// The targets that name a resource which does not exist.
    public func unmatched(by addresses: some Sequence<ResourceAddress>) -> [String] {
        let narrow = patterns.filter { $0.parts.count > 1 }
        if narrow.isEmpty { return [] }
        let names = addresses.map { [$0.tenant, $0.kind.rawValue, $0.name] }
        return narrow.filter { pattern in
            !names.contains { zip(pattern.parts, $0).allSatisfy { Glob.fits($0, $1) } }
        }.map { $0.parts.joined(separator: "/") }
    }
}

/// Names with `*` for any run of characters.
enum Glob {
    static func fits(_ pattern: String, _ name: String) -> Bool {
        let pieces = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard pieces.count > 1 else { return pattern == name }
        guard name.hasPrefix(pieces[0]) else { return false }
        var rest = name.dropFirst(pieces[0].count)
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let range = rest.firstRange(of: piece) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.hasSuffix(pieces[pieces.count - 1])
    }
}
