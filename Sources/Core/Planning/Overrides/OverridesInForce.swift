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
        var merge = Merge(overrides.filter { $0.isActive(at: now) }, on: resources)
        // What ends may be what another override names, or what git names instead.
        while case let dangling = merge.dangling, !dangling.isEmpty {
            merge = Merge(merge.held.filter { !dangling.contains($0) }, on: resources)
        }
        let standing = Set(merge.held)
        held = merge.held
        ended = overrides.filter { !standing.contains($0) }
        self.resources = resources.map { merge.wanted[$0.address] ?? $0 }
    }
}

/// Overrides put over what git says, each where it fits its resource.
private struct Merge {
    private(set) var wanted: [ResourceAddress: DesiredResource]
    private(set) var held: [Override] = []

    init(_ overrides: [Override], on resources: [DesiredResource]) {
        wanted = Dictionary(resources.map { ($0.address, $0) }) { first, _ in first }
        for override in overrides {
            guard let changed = wanted[override.address]?.setting(override) else { continue }
            wanted[override.address] = changed
            held.append(override)
        }
    }

    /// Those by which a resource names what is not there, or is no longer what it was.
    var dangling: [Override] {
        if held.isEmpty { return [] }
        let names = ReferableNames(wanted.map { ($0.key, $0.value.spec) })
        return held.filter { override in
            guard let spec = wanted[override.address]?.spec else { return false }
            return names.problems(of: spec).contains { override.concerns($0.path) }
        }
    }
}

extension Override {
    /// Whether it sets the field, a part of it, or what it is part of.
    fileprivate func concerns(_ field: [String]) -> Bool {
        field.starts(with: path) || path.starts(with: field)
    }
}

extension DesiredResource {
    /// The resource with an override's field; nil where it does not fit.
    fileprivate func setting(_ override: Override) -> DesiredResource? {
        guard OverrideField(override).isForOverrides else { return nil }
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
