import ClaraModel
import LuaSandbox
import ManifestLoading

/// One round of questions: the machine that the rules run in, and what they said.
final class PolicyRun {
    private(set) var findings: [PolicyFinding] = []
    private let machine: Result<LuaMachine, LuaError>
    private let scope: RuleScope
    private let now: Instant
    private var programs: [String: Result<LuaProgram, LuaError>] = [:]
    private var stops: [String: Int] = [:]
    private var givenUp: Set<String> = []

    /// A rule that ran out of steps or memory so often is not asked again in this round: with ten
    /// thousand tenants, a rule that never ends would take a day to say so for each of them.
    static let mostStops = 3

    init(fleet: FleetView, plan: PlanFacts, now: Instant) {
        machine = LuaMachine.opened()
        scope = RuleScope(fleet: fleet, plan: plan)
        self.now = now
    }

    /// Asks about one change.
    func ask(_ policy: Policy, about subject: RuleSubject) {
        scope.look(at: subject)
        ask(policy)
    }

    /// Asks about the plan as a whole.
    func ask(_ policy: Policy, aboutPlanMatching count: Int) {
        scope.look(atPlanMatching: count)
        ask(policy)
    }

    private func ask(_ policy: Policy) {
        if stops[policy.name, default: 0] >= Self.mostStops { return passOver(policy) }
        do {
            for violation in try evaluate(policy) {
                findings.append(finding(policy, violation))
            }
        } catch {
            fail(policy, error)
        }
    }

    /// What the rule objects to in one change, or in the plan where there is none.
    func evaluate(
        _ policy: Policy,
        about subject: RuleSubject?,
        _ matched: Int
    ) throws(RuleFailure) -> [Violation] {
        if let subject { scope.look(at: subject) } else { scope.look(atPlanMatching: matched) }
        return try evaluate(policy)
    }

    private func evaluate(_ policy: Policy) throws(RuleFailure) -> [Violation] {
        let value: LuaValue
        do {
            let program = try program(of: policy)
            value = try machine.get().run(program, in: scope)
        } catch {
            throw RuleFailure(error, in: policy)
        }
        do {
            return try Verdict.read(value)
        } catch {
            throw RuleFailure(message: error.message, place: policy.manifest.place(of: ["rule"]))
        }
    }

    private func program(of policy: Policy) throws(LuaError) -> LuaProgram {
        if let program = programs[policy.name] { return try program.get() }
        let program = compile(policy)
        programs[policy.name] = program
        return try program.get()
    }

    private func compile(_ policy: Policy) -> Result<LuaProgram, LuaError> {
        do {
            return .success(try machine.get().compile(policy.spec.rule))
        } catch {
            return .failure(error)
        }
    }

    // MARK: Findings

    private func finding(_ policy: Policy, _ violation: Violation) -> PolicyFinding {
        let address = violation.address ?? scope.subject?.address
        let exempted = address.flatMap { policy.exemptions.exempted($0, at: now) }
        return PolicyFinding(
            policy: policy.name,
            enforcement: exempted == nil ? policy.enforcement : .audit,
            address: address,
            field: violation.field,
            message: message(policy, violation),
            origin: address == scope.subject?.address ? scope.subject?.origin : nil,
            cause: .violation,
            exemption: exempted
        )
    }

    /// What a violation is reported as.
    func message(_ policy: Policy, _ violation: Violation) -> String {
        guard let template = policy.message else {
            return violation.message ?? policy.spec.description
        }
        return template.fill { scope.value(of: $0, policy, violation) }
    }

    /// A rule that cannot say yes has said no: it counts as a violation of a policy that denies,
    /// and as a warning otherwise.
    private func fail(_ policy: Policy, _ failure: RuleFailure) {
        let exempted = exemption(from: policy)
        if failure.isBudget { stops[policy.name, default: 0] += 1 }
        findings.append(
            PolicyFinding(
                policy: policy.name,
                enforcement: exempted == nil ? policy.severityOfFailure : .audit,
                address: scope.subject?.address,
                field: nil,
                message: "the rule failed: \(failure.message)",
                origin: Origin(failure.place),
                cause: .ruleFailed(at: failure.place),
                exemption: exempted
            )
        )
    }

    /// Says once that a rule was given up. Those who used it up may be exempt; whom it is no
    /// longer asked about are not, and nobody has said yes to them.
    private func passOver(_ policy: Policy) {
        guard exemption(from: policy) == nil, givenUp.insert(policy.name).inserted else { return }
        let place = policy.manifest.place(of: ["rule"])
        findings.append(
            PolicyFinding(
                policy: policy.name,
                enforcement: policy.severityOfFailure,
                address: nil,
                field: nil,
                message: "the rule ran out of steps or memory \(Self.mostStops) times; "
                    + "the policy was not asked about the rest of the plan",
                origin: Origin(place),
                cause: .ruleFailed(at: place),
                exemption: nil
            )
        )
    }

    private func exemption(from policy: Policy) -> PolicyFinding.Exempted? {
        scope.subject.flatMap { policy.exemptions.exempted($0.address, at: now) }
    }
}

extension Origin {
    fileprivate init(_ place: Place) { self.init(file: place.file, line: place.line) }
}

extension Policy {
    /// What a rule that cannot say yes does, where nobody is exempt.
    fileprivate var severityOfFailure: PolicySpec.Enforcement {
        enforcement == .deny ? .deny : .warn
    }
}

extension LuaMachine {
    /// A machine, or why there is none.
    static func opened() -> Result<LuaMachine, LuaError> {
        do {
            return .success(try LuaMachine())
        } catch {
            return .failure(error)
        }
    }
}
