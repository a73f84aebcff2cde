/// # LuaSandbox
///
/// Owns Lua 5.4: short programs of people who are not trusted with the machine they run on. It
/// compiles them once, runs them many times, and hands values in and out.
///
/// - `LuaMachine.swift`: the one owner of a `lua_State`; compile and run.
/// - `LuaLimits.swift`: how many steps and how much memory a run may take.
/// - `Prelude.swift` and its extensions: the library that programs see, written in Lua over a few C
///   functions.
/// - `Patterns/`: Lua's patterns, matched here so that a search can be stopped.
/// - `LuaValue.swift`, `LuaTape.swift`: values, and their form on the way into Lua.
///
/// A program never reaches a file, the network, the clock, chance, bytecode, or anything that a
/// former run left behind; what it computes follows from its text and its globals alone. Lua's
/// errors never cross a Swift frame: what can raise is called in C, below `lua_pcall` (`CLua`).
public enum LuaSandbox {
    /// The functions and tables that every program sees.
    public static let library = [
        "assert", "contains", "count", "error", "ipairs", "math", "pairs", "pcall", "select",
        "string", "table", "tonumber", "tostring", "type", "utf8",
    ]
}
