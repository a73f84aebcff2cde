import ClaraModel
import Planning

/// Finds the tenants that need not be read: their inputs are those of the last complete apply, and
/// nobody has touched what was applied. For them, what was applied is what is desired.
///
/// This is what makes the cost of a plan grow with what changed: a folder's id comes from git's
/// tree, and comparing it costs nothing.
enum SettledTenants {
    static func find(in live: LiveState, _ index: FleetIndex) -> Set<String> {
        let fleet = index.context.settings.name
        return Set(
            live.tenants.lazy.filter { name, tenant in
                guard let settled = tenant.settledInputs else { return false }
                return settled == index.inputs(of: name)?.description
                    && tenant.isInSync(fleet: fleet)
            }.map(\.key)
        )
    }
}

extension LiveTenant {
    fileprivate func isInSync(fleet: String) -> Bool {
        !slots.values.contains(where: \.isTouched)
            && resources.values.allSatisfy { resource in
                guard let applied = resource.applied else { return true }
                return applied.content == resource.content && applied.fleet == fleet
            }
    }
}
