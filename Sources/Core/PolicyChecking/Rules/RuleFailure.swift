import LuaSandbox
import ManifestLoading

/// A rule that did not come to its end, or whose result means nothing.
struct RuleFailure: Error {
    let message: String
    /// The line of the rule in the policy's file.
    let place: Place
    /// Whether it used up its steps or its memory.
    let isBudget: Bool

    init(message: String, place: Place, isBudget: Bool = false) {
        self.message = message
        self.place = place
        self.isBudget = isBudget
    }

    init(_ error: LuaError, in policy: Policy) {
        self.init(
            message: error.plainMessage,
            place: error.place(in: policy.manifest),
            isBudget: error.isBudget
        )
    }
}
