import ClaraModel
import LuaSandbox

/// What a rule sees: its globals and the functions in them. Everything is made when it is asked for
/// and kept as long as it holds.
final class RuleScope: LuaHost {
    private let fleet: FleetFacts
    private let plan: PlanFacts
    /// What the rule is asked about; nil where it is the plan as a whole.
    private(set) var subject: RuleSubject?
    /// How many steps the policy matches.
    private(set) var matched = 0

    init(fleet: FleetView, plan: PlanFacts) {
        self.fleet = FleetFacts(fleet)
        self.plan = plan
    }

    /// Turns to one change.
    func look(at subject: RuleSubject) {
        self.subject = subject
        matched = 1
    }

    /// Turns to the plan as a whole.
    func look(atPlanMatching count: Int) {
        subject = nil
        matched = count
    }

    // MARK: Globals

    func global(_ name: String) -> LuaTape? {
        switch name {
        case "resource": subject?.resource?.tape ?? LuaTape.none
        case "live": subject?.live?.tape ?? LuaTape.none
        case "change": subject?.changeTape ?? LuaTape.none
        case "tenant": subject.map { fleet.tenant($0.address.tenant).tape } ?? LuaTape.none
        case "plan": plan.tape(matched: matched)
        case "fleet": FleetFacts.tape
        default: nil
        }
    }

    func call(
        _ function: String,
        _ arguments: [LuaValue]
    ) throws(LuaCallError) -> LuaAnswer {
        let arguments = CallArguments(function, arguments)
        switch HostFunction(rawValue: function) {
        case .planChanges: return try changes(arguments)
        case .planCount: return try count(arguments)
        case .fleetTenants: return fleet.names()
        case .fleetResources: return fleet.resources(of: try arguments.kind(0))
        case .similarity:
            return fleet.similarity(
                try arguments.text(0, "a first text"),
                try arguments.text(1, "a second text")
            )
        case .mostSimilar: return try mostSimilar(arguments)
        case nil: throw LuaCallError("there is no function \(function)")
        }
    }

    private func changes(_ arguments: CallArguments) throws(LuaCallError) -> LuaAnswer {
        let found = selected(try arguments.changeFilter(0))
        let tape = LuaTape { writer in
            writer.list(found) { writer, change in writer.object(change.value) }
        }
        return LuaAnswer(tape, steps: plan.changes.count)
    }

    private func count(_ arguments: CallArguments) throws(LuaCallError) -> LuaAnswer {
        let count = selected(try arguments.changeFilter(0)).count
        return LuaAnswer(LuaTape { $0.integer(Int64(count)) }, steps: plan.changes.count)
    }

    private func selected(_ filter: [String: String]) -> [PlanFacts.Change] {
        if filter.isEmpty { return plan.changes }
        return plan.changes.filter { change in
            filter.allSatisfy { name, text in change.value[name]?.text == text }
        }
    }

    private func mostSimilar(_ arguments: CallArguments) throws(LuaCallError) -> LuaAnswer {
        let query = SimilarityQuery(
            kind: try arguments.kind(0),
            field: try arguments.text(1, "a field such as \"system\""),
            text: try arguments.text(2, "the text to compare"),
            threshold: try arguments.share(3, fallback: SimilarityQuery.usualThreshold),
            tenant: subject?.address.tenant
        )
        return fleet.mostSimilar(query)
    }

    // MARK: Messages

    /// The value of a path in a message's template.
    func value(of path: [String], _ policy: Policy, _ violation: Violation) -> JSONValue? {
        let rest = path.dropFirst()
        switch path[0] {
        case "policy": return .string(policy.name)
        case "message": return violation.message.map { .string($0) }
        case "address": return (violation.address ?? subject?.address).map { .string("\($0)") }
        case "kind": return subject.map { .string($0.address.kind.rawValue) }
        case "name": return subject.map { .string($0.address.name) }
        case "tenant" where rest.isEmpty: return subject.map { .string($0.address.tenant) }
        case "tenant":
            return subject.flatMap { JSONValue.object(fleet.tenant($0.address.tenant).value)[rest] }
        case "resource": return subject?.resource.flatMap { JSONValue.object($0.value)[rest] }
        case "live": return subject?.live.flatMap { JSONValue.object($0.value)[rest] }
        case "change": return subject.flatMap { JSONValue.object($0.change)[rest] }
        case "plan": return JSONValue.object(plan.value(matched: matched))[rest]
        case "result": return violation.result[rest]
        default: return nil
        }
    }
}

extension PlanFacts.Change {
    /// The change as a rule sees it.
    var value: [String: JSONValue] {
        [
            "address": .string(address.description), "tenant": .string(address.tenant),
            "kind": .string(address.kind.rawValue), "name": .string(address.name),
            "action": .string(action.rawValue), "reason": .string(reason),
        ]
    }
}

extension JSONValue {
    /// The value at a path of members.
    fileprivate subscript(path: ArraySlice<String>) -> JSONValue? {
        path.reduce(JSONValue?.some(self)) { value, name in value?[name] }
    }
}
