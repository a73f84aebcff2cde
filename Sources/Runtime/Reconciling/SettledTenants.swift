import ClaraModel
import Planning

/// Finds the tenants that need not be read: their inputs and everything applied to them are those
/// of the last complete apply, and nobody has touched the rows. For them, what was applied is what
/// is desired.
///
/// This is what makes the cost of a plan grow with what changed: a folder's id comes from git's
/// tree, and comparing it costs nothing.
enum SettledTenants {
    static func find(in live: LiveState, _ index: FleetIndex) -> Set<String> {
        Set(
            live.tenants.lazy.filter { name, tenant in
                // What an override or a retirement asks for changes with time alone.
                guard let settlement = tenant.settlement, let inputs = index.inputs(of: name),
                    tenant.retirement == nil, tenant.overrides.isEmpty
                else { return false }
                return tenant.isInSync(fleet: index.context.settings.name)
                    && tenant.settlement(on: inputs).description == settlement
            }.map(\.key)
        )
    }
}

extension LiveTenant {
    fileprivate func isInSync(fleet: String) -> Bool {
        resources.values.allSatisfy { resource in
            guard let applied = resource.applied else { return true }
            let hasItsSlots =
                resource.address.kind != .schedule
                || !hasTouchedSlots(of: resource.address.name)
            return applied.content == resource.content && applied.fleet == fleet && hasItsSlots
        }
    }

    /// What the settlement would be if everything that is marked were what the inputs give.
    fileprivate func settlement(on inputs: Digest) -> Digest {
        Settlement.of(
            inputs: inputs,
            applied: resources.values.compactMap { resource in
                resource.applied.map { (resource.address, $0.content) }
            }
        )
    }
}
