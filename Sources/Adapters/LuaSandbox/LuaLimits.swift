/// What one run may use.
public struct LuaLimits: Sendable, Hashable {
    /// Steps: an instruction of Lua's is one, and so are 64 bytes of memory that are filled.
    public var steps: Int64
    /// Bytes of memory in all, what was compiled included.
    public var memory: Int
    /// The length of the longest text in bytes.
    ///
    /// Comparing two long texts is a single instruction, so this bounds what a step can cost: at
    /// 64 KiB some microseconds.
    public var longestText: Int

    /// Names limits.
    public init(steps: Int64, memory: Int, longestText: Int) {
        self.steps = steps
        self.memory = memory
        self.longestText = longestText
    }

    /// Five million steps are some tens of milliseconds, a thousand times what a rule over one
    /// resource takes; 64 MiB hold the prompts of a fleet of ten thousand tenants; and no prompt
    /// that anybody reads is longer than 64 KiB.
    public static let standard = LuaLimits(
        steps: 5_000_000,
        memory: 64 << 20,
        longestText: 64 << 10
    )
}
