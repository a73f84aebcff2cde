import ClaraModel

/// Who need not keep to a policy for a while.
struct Exemptions: Sendable {
    private let entries: [Entry]

    private struct Entry: Sendable {
        let tenants: [PathPattern]
        let resources: [PathPattern]
        let until: CivilDate
        let reason: String

        func covers(_ address: ResourceAddress) -> Bool {
            let text = address.description
            return tenants.contains { $0.matches(address.tenant) }
                || resources.contains { $0.matches(text) }
        }
    }

    init(_ specs: [PolicyExemption]) {
        entries = specs.map { spec in
            Entry(
                tenants: (spec.tenants ?? []).map { PathPattern($0) },
                resources: (spec.resources ?? []).map { PathPattern($0) },
                until: spec.until,
                reason: spec.reason
            )
        }
    }

    /// The exemption that holds for a resource at a moment, the longest one of several.
    func exempted(_ address: ResourceAddress, at now: Instant) -> PolicyFinding.Exempted? {
        entries.filter { now < $0.until.end && $0.covers(address) }.max { $0.until < $1.until }.map
        {
            PolicyFinding.Exempted(reason: $0.reason, until: $0.until)
        }
    }

    /// The places in the list of those that have ended.
    func ended(at now: Instant) -> [Int] {
        entries.indices.filter { entries[$0].until.end <= now }
    }
}
