import ClaraModel
import LuaSandbox
import Planning

/// What a rule is asked about: one change of one resource.
final class RuleSubject {
    let address: ResourceAddress
    let action: String
    let reason: String
    let paths: [String]
    let origin: Origin?
    /// The resource as it shall be; nil where it goes.
    let resource: ResourceFacts?
    /// The resource as it is; nil where it is new.
    let live: ResourceFacts?

    init(
        address: ResourceAddress,
        action: String,
        reason: String,
        paths: [String],
        origin: Origin?,
        resource: ResourceFacts?,
        live: ResourceFacts?
    ) {
        self.address = address
        self.action = action
        self.reason = reason
        self.paths = paths
        self.origin = origin
        self.resource = resource
        self.live = live
    }

    /// A step of a plan.
    convenience init(_ step: Step) {
        self.init(
            address: step.address,
            action: PolicyMatchSpec.Action(step.action).rawValue,
            reason: step.reason.rawValue,
            paths: step.changes.map(\.path.description),
            origin: step.origin,
            resource: step.after.map { ResourceFacts(step.address, $0) },
            live: step.before.map { ResourceFacts(step.address, $0) }
        )
    }

    /// The value of `change`.
    private(set) lazy var changeTape = LuaTape { $0.object(change) }

    /// The same for messages.
    var change: [String: JSONValue] {
        ["action": .string(action), "reason": .string(reason), "paths": paths.json]
    }
}
