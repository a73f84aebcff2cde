/// What a run asks of the program around it.
public protocol LuaHost {
    /// The value of a global that is not of the library; nil where there is none of that name,
    /// which is an error of the program. It is asked once a run.
    func global(_ name: String) -> LuaTape?
    /// Calls a function that a tape named.
    ///
    /// - Throws: `LuaCallError` where the arguments do not fit.
    func call(_ function: String, _ arguments: [LuaValue]) throws(LuaCallError) -> LuaAnswer
}

/// What a function of the host returns.
public struct LuaAnswer: Sendable {
    /// The value.
    public let value: LuaTape
    /// How many steps the work counts for, so that no program gets more done through the host than
    /// by itself.
    public let steps: Int

    /// Describes an answer.
    public init(_ value: LuaTape, steps: Int) {
        self.value = value
        self.steps = steps
    }
}

/// A call that the host refuses; the program sees it as an error at its line.
public struct LuaCallError: Error, Sendable, Hashable {
    /// What is wrong, and what to write instead.
    public let message: String

    /// Describes a refusal.
    public init(_ message: String) { self.message = message }
}
