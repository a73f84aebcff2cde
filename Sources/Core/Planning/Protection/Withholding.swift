import ClaraModel

/// Parts the steps of a tenant into those that may be done and those that a protection forbids.
///
/// What must not go away takes along what its removal would need: a prompt stays while a schedule
/// that is not deleted names it, the second quota is not made while the first one stays, and a
/// tenant is purged as a whole or not at all.
struct Withholding {
    /// The steps that may be done, in their order.
    let steps: [Step]
    /// The others, in their order.
    let withheld: [WithheldStep]

    /// - Parameter protections: by address; the tenant's own address stands for all of it.
    init(_ steps: [Step], protections: [ResourceAddress: Protection]) {
        if protections.isEmpty {
            self.steps = steps
            withheld = []
            return
        }
        var search = Search(steps: steps)
        search.begin(protections)
        search.follow()
        self.steps = steps.filter { search.causes[$0.address] == nil }
        withheld = steps.compactMap { step in
            search.causes[step.address].map {
                WithheldStep(step: step, protection: $0.protection, protected: $0.address)
            }
        }
    }
}

/// What forbids a step.
private struct Cause {
    let address: ResourceAddress
    let protection: Protection
}

private struct Search {
    let steps: [Step]
    var causes: [ResourceAddress: Cause] = [:]

    init(steps: [Step]) { self.steps = steps }

    /// Finds the steps that take away something protected.
    mutating func begin(_ protections: [ResourceAddress: Protection]) {
        for step in steps where step.takesAway {
            let tenant = step.address.tenant
            let own = ResourceAddress(tenant: tenant, kind: .tenant, name: tenant)
            for address in [step.address, own] where causes[step.address] == nil {
                causes[step.address] = protections[address].map {
                    Cause(address: address, protection: $0)
                }
            }
        }
        guard steps.contains(where: \.removesTenant), let first = firstCause else { return }
        for step in steps where causes[step.address] == nil { causes[step.address] = first }
    }

    private var firstCause: Cause? { causes.min { $0.key < $1.key }?.value }

    /// Finds the steps that cannot be done while others are not.
    mutating func follow() {
        var count = -1
        while causes.count != count {
            count = causes.count
            for kept in steps {
                guard let cause = causes[kept.address] else { continue }
                for step in steps where causes[step.address] == nil && step.presumes(kept) {
                    causes[step.address] = cause
                }
            }
        }
    }
}

extension Step {
    /// Whether a live row goes, or its tenant is retired.
    public var takesAway: Bool {
        switch action {
        case .delete, .replace: before != nil
        case .retire: true
        case .create, .update: false
        }
    }

    /// Whether this step can only be done together with one that takes something away.
    fileprivate func presumes(_ other: Step) -> Bool {
        switch action {
        case .delete: Dependencies.named(by: other.before, of: other.address).contains(address)
        case .create: takesPlace(of: other)
        case .update, .replace, .retire: false
        }
    }
}
