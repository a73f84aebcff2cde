import ClaraModel

/// A tenant's overrides beside what git says: which stand, which are over, and what is wanted while
/// they stand.
struct OverridesInForce {
    /// Those that stand.
    let held: [Override]
    /// Those whose time is over, whose resource git no longer declares, and those that no longer
    /// fit what git says: a resource is never made invalid for the sake of an override.
    let ended: [Override]
    /// What git says, with the fields of the overrides that stand.
    let resources: [DesiredResource]

    /// - Parameter overrides: oldest first; of two that set one field, the later wins.
    init(_ overrides: [Override], on resources: [DesiredResource], at now: Instant) {
        if overrides.isEmpty {
            (held, ended, self.resources) = ([], [], resources)
            return
        }
        var wanted = Dictionary(resources.map { ($0.address, $0) }) { first, _ in first }
        var held: [Override] = []
        var ended: [Override] = []
        for override in overrides {
            let changed = override.isActive(at: now) ? wanted[override.address] : nil
            if let changed = changed?.setting(override) {
                wanted[override.address] = changed
                held.append(override)
            } else {
                ended.append(override)
            }
        }
        self.held = held
        self.ended = ended
        self.resources = resources.map { wanted[$0.address] ?? $0 }
    }
}

extension DesiredResource {
    /// The resource with an override's field; nil where it does not fit.
    fileprivate func setting(_ override: Override) -> DesiredResource? {
        let json = spec.json.setting(override.value, at: override.path)
        guard let spec = Self.spec(address.kind, json) else { return nil }
        return DesiredResource(
            address: address,
            labels: labels,
            spec: spec,
            documents: documents,
            origin: origin
        )
    }

    private static func spec(_ kind: Kind, _ json: JSONValue) -> ResourceSpec? {
        do {
            let spec = try ResourceSpec(kind, json: json)
            return spec.problems.isEmpty ? spec : nil
        } catch {
            return nil
        }
    }
}
