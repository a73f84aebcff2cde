import ClaraModel
import ManifestLoading

/// Runs the tests that policies bring along.
public enum PolicyTests {
    /// Runs every test of every policy, in their order.
    public static func run(_ set: PolicySet) -> [PolicyTestResult] {
        set.policies.flatMap { policy in
            (policy.spec.tests ?? []).enumerated().map { index, test in
                PolicyTestResult(
                    policy: policy.name,
                    test: test.name,
                    failure: failure(of: test, policy),
                    place: policy.manifest.place(of: ["tests", "\(index)", "name"])
                )
            }
        }
    }

    /// What went wrong, or nil.
    private static func failure(of test: PolicyTestSpec, _ policy: Policy) -> String? {
        let given = GivenCase(test.given, policy.match)
        guard given.isMatched(by: policy) else {
            return test.expect == .pass ? nil : "the policy does not match what is given"
        }
        let run = PolicyRun(fleet: given.fleet, plan: given.plan, now: .epoch)
        let messages: [String]
        do {
            messages = try run.evaluate(policy, given).map { run.message(policy, $0) }
        } catch {
            return "the rule failed at \(error.place): \(error.message)"
        }
        return failure(messages, test)
    }

    private static func failure(_ messages: [String], _ test: PolicyTestSpec) -> String? {
        let said = messages.map { "\"\($0)\"" }.joined(separator: ", ")
        switch test.expect {
        case .pass: return messages.isEmpty ? nil : "the rule objects: \(said)"
        case .violation where messages.isEmpty: return "the rule does not object"
        case .violation:
            guard let says = test.says, !messages.contains(where: { $0.contains(says) }) else {
                return nil
            }
            return "the rule says \(said), and not \"\(says)\""
        }
    }
}

/// What became of one test of a policy.
public struct PolicyTestResult: Sendable, Hashable {
    /// The policy's name.
    public let policy: String
    /// The test's name.
    public let test: String
    /// What went wrong; nil where the test passed.
    public let failure: String?
    /// Where the test is declared.
    public let place: Place

    /// Whether the test passed.
    public var hasPassed: Bool { failure == nil }
}

extension PolicyRun {
    /// What the rule objects to in a test.
    fileprivate func evaluate(
        _ policy: Policy,
        _ given: GivenCase
    ) throws(RuleFailure) -> [Violation] {
        try evaluate(policy, about: policy.isAboutPlan ? nil : given.subject, given.matched)
    }
}
