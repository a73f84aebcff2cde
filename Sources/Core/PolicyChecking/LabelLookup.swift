import ClaraModel
import Planning

/// The labels by which policies match: those of a resource over those of its tenant, on each side
/// of a change.
final class LabelLookup {
    private let fleet: FleetView
    private let base: FleetView?
    private var tenant = ""
    private var ofTenant = TenantLabels()
    private var step: (address: ResourceAddress, sides: [[String: String]])?

    /// The labels of a tenant as it will be, as it is live, and at the base.
    private struct TenantLabels {
        var after: [String: String] = [:]
        var before: [String: String] = [:]
        var base: [String: String] = [:]
        var baseResources: [ResourceAddress: [String: String]] = [:]
    }

    init(fleet: FleetView, base: FleetView?) {
        self.fleet = fleet
        self.base = base
    }

    /// The labels of a step's resource on every side that there is.
    func sides(of step: Step) -> [[String: String]] {
        if let known = self.step, known.address == step.address { return known.sides }
        look(at: step.address.tenant)
        var sides: [[String: String]] = []
        if let before = step.before { sides.append(ofTenant.before.merging(before.labels) { $1 }) }
        if let after = step.after { sides.append(ofTenant.after.merging(after.labels) { $1 }) }
        if let labels = ofTenant.baseResources[step.address] {
            sides.append(ofTenant.base.merging(labels) { $1 })
        }
        self.step = (step.address, sides)
        return sides
    }

    /// The labels of a resource that does not change.
    func labels(of resource: PolicyResource) -> [String: String] {
        look(at: resource.address.tenant)
        return ofTenant.after.merging(resource.content.labels) { $1 }
    }

    private func look(at name: String) {
        if tenant == name { return }
        tenant = name
        ofTenant = TenantLabels(
            after: fleet.resources(of: name).tenantLabels,
            before: fleet.liveLabels(of: name)
        )
        guard let base = base?.resources(of: name) else { return }
        ofTenant.base = base.tenantLabels
        for resource in base { ofTenant.baseResources[resource.address] = resource.content.labels }
    }
}

extension [PolicyResource] {
    /// The labels of the `Tenant` among them.
    fileprivate var tenantLabels: [String: String] {
        first { $0.address.kind == .tenant }?.content.labels ?? [:]
    }
}
