import ClaraModel
import LuaSandbox
import Planning

/// A plan as a rule sees it.
final class PlanFacts {
    let fleet: String
    let revision: String
    /// How many tenants the fleet has.
    let tenants: Int
    let coversFleet: Bool
    private let summaryOverrides: [String: Int]
    private let load: () -> [Change]

    /// One change of a plan.
    struct Change: Hashable {
        let address: ResourceAddress
        let action: PolicyMatchSpec.Action
        let reason: String
    }

    /// A plan that was made.
    init(_ plan: Plan) {
        fleet = plan.fleet
        revision = plan.revision
        tenants = plan.tenantCount
        coversFleet = plan.coversFleet
        summaryOverrides = [:]
        load = {
            plan.steps.map { step in
                Change(
                    address: step.address,
                    action: PolicyMatchSpec.Action(step.action),
                    reason: step.reason.rawValue
                )
            }
        }
    }

    /// A plan that a test describes, or none.
    init(_ given: GivenPlan?) {
        fleet = "example"
        revision = given?.revision ?? "main"
        tenants = given?.tenants ?? 1
        coversFleet = true
        summaryOverrides = given?.summary ?? [:]
        let changes = (given?.changes ?? []).compactMap { change -> Change? in
            ResourceAddress(parsing: change.address).map {
                Change(address: $0, action: change.action, reason: change.reason ?? "changed")
            }
        }
        load = { changes }
    }

    /// The changes, in order.
    private(set) lazy var changes: [Change] = load()

    /// How many there are of each action.
    private(set) lazy var summary: [String: Int] = {
        var counts = Dictionary(
            uniqueKeysWithValues: PolicyMatchSpec.Action.allCases.map { ($0.rawValue, 0) }
        )
        for change in changes { counts[change.action.rawValue, default: 0] += 1 }
        return counts.merging(summaryOverrides) { _, given in given }
    }()

    /// The value of `plan`.
    ///
    /// - Parameter matched: how many steps the policy matches.
    func tape(matched: Int) -> LuaTape {
        LuaTape { writer in
            writer.fields { fields in
                for (name, value) in value(matched: matched) {
                    fields.field(name) { $0.json(value) }
                }
                fields.field("covers_fleet") { $0.bool(coversFleet) }
                fields.field("changes") { $0.function(HostFunction.planChanges.rawValue) }
                fields.field("count") { $0.function(HostFunction.planCount.rawValue) }
            }
        }
    }

    /// The same for messages.
    func value(matched: Int) -> [String: JSONValue] {
        [
            "fleet": .string(fleet), "revision": .string(revision),
            "tenants": .integer(Int64(tenants)), "matched": .integer(Int64(matched)),
            "summary": summary.json,
        ]
    }
}
