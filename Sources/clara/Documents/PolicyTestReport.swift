import ClaraModel
import ManifestLoading
import Planning
import PolicyChecking

/// What became of the tests that policies carry.
struct PolicyTestReport {
    private let results: [PolicyTestResult]
    private let untested: [Policy]

    init(_ results: [PolicyTestResult], of set: PolicySet) {
        self.results = results
        let tested = Set(results.map(\.policy))
        untested = set.policies.filter { !tested.contains($0.name) }
    }

    /// Whether a test failed. A policy without tests is told of, and is no failure.
    var hasFailures: Bool { results.contains { !$0.hasPassed } }

    /// One line a test, the failures with their reasons and places.
    func text(style: TextStyle) -> String {
        if results.isEmpty, untested.isEmpty { return "There are no policies." }
        let lines = results.map { result in
            result.failure.map {
                "FAIL  \(result.policy): \(result.test)\n      \($0) (\(result.place))"
            }
                ?? "ok    \(result.policy): \(result.test)"
        }
        let notes = untested.map { "note  \($0.name) has no tests (\($0.place))" }
        return (lines + notes + ["", summary]).joined(separator: "\n")
    }

    private var summary: String {
        let failed = results.count { !$0.hasPassed }
        let tests = "\(results.count) \(results.count == 1 ? "test" : "tests")"
        return failed == 0 ? "\(tests) passed." : "\(failed) of \(tests) failed."
    }

    /// One JSON document.
    var json: String {
        CanonicalJSON([
            "format_version": .string(Planning.formatVersion),
            "tests": .array(
                results.map { result in
                    [
                        "policy": .string(result.policy), "test": .string(result.test),
                        "passed": .bool(result.hasPassed),
                        "failure": JSONValue(optional: result.failure),
                        "place": .string("\(result.place)"),
                    ]
                }
            ), "untested": .array(untested.map { .string($0.name) }),
        ]).text
    }
}
