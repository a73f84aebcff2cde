import ClaraModel
import Planning

/// The labels by which policies match: those of a resource and those of its tenant, on each side
/// of a change. None hides another: a label that the author of a resource may choose must not take
/// it out of a policy that goes by the tenant's.
final class LabelLookup {
    private let fleet: FleetView
    private let base: FleetView?
    private var tenant = ""
    private var ofTenant = TenantLabels()
    private var step: (address: ResourceAddress, labels: [[String: String]])?

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

    /// The labels of a step's resource and of its tenant, on every side that there is. A new
    /// resource has but one side of its own; its tenant may have all.
    func labels(of step: Step) -> [[String: String]] {
        if let known = self.step, known.address == step.address { return known.labels }
        look(at: step.address.tenant)
        let labels = [
            ofTenant.before, ofTenant.after, ofTenant.base,
            step.before?.labels, step.after?.labels, ofTenant.baseResources[step.address],
        ].compactMap(\.self)
        self.step = (step.address, labels)
        return labels
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
