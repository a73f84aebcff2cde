import LuaSandbox
import Testing

@Suite("Budgets")
struct BudgetTests {
    private static let endless = [
        "while true do end",
        "repeat until false",
        "::again:: goto again",
        "for _ = 1, math.huge do end",
        "local function f() return f() end return f()",
        "while true do pcall(function() while true do end end) end",
        "while true do pcall(error, 'x') end",
        "pcall(function() while true do end end) return 'caught'",
        "local function f() pcall(f) pcall(f) end f() while true do pcall(f) end",
        "local t = {} for i = 1, 1e5 do t[i] = -i end while true do table.sort(t) end",
        "local t = {} for i = 1, 1e5 do t[i] = i end while true do for k in pairs(t) do break end end",
        "while true do host.toil() end",
        "while true do pcall(host.refuse) end",
        "table.sort({3, 2, 1}, function() while true do end end)",
        "string.gsub(('a'):rep(6e4), 'a', function() while true do end end)",
    ]

    @Test("what never ends is stopped, whatever it catches", arguments: endless)
    func endlessIsStopped(source: String) {
        #expect(Rule.error(source) == .instructionBudget)
    }

    private static let backtracking = [
        "('a'):rep(40):find(('a*'):rep(40) .. 'b')",
        "('a'):rep(6e4):find('.-.-.-.-b')",
        "('a'):rep(6e4):match('(.-)(.-)(.-)(.-)%4b')",
        "('('):rep(6e4):gsub('%b()', '')",
        "('a'):rep(6e4):find('[' .. ('b'):rep(6e4) .. ']')",
        "('a'):rep(6e4):find('%f[' .. ('b'):rep(6e4) .. ']')",
        "('ab'):rep(3e4):find(('a'):rep(5e4) .. 'c', 1, true)",
    ]

    @Test("a pattern that tries without end is stopped", arguments: backtracking)
    func backtrackingIsStopped(search: String) {
        #expect(Rule.error("while true do local _ = \(search) end") == .instructionBudget)
        #expect(
            Rule.error("while true do pcall(function() return \(search) end) end")
                == .instructionBudget
        )
    }

    private static let greedy = [
        "return ('x'):rep(1e9)",
        "return ('x'):rep(1e9, ' ')",
        "local s = 'x' while true do s = s .. s end",
        "local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(6e4) .. i end",
        "local t = {} for i = 1, 1e5 do t[i] = 'some text' end return table.concat(t, ('y'):rep(6e4))",
        "return (('x'):rep(6e4):gsub('x', ('y'):rep(6e4)))",
        "return ('%s%s%s%s'):format(('x'):rep(6e4), ('x'):rep(6e4), ('x'):rep(6e4), ('x'):rep(6e4))",
        "while true do pcall(string.rep, 'x', 1e9) end",
        "pcall(string.rep, 'x', 1e9) return 'caught'",
        "local t = {} while true do t = {t, {}, {}, {}, {}, {}, {}, {}, {}} end",
    ]

    @Test("who asks for too much memory is stopped, whatever it catches", arguments: greedy)
    func greedyIsStopped(source: String) {
        let error = Rule.error(source)
        #expect(error == .memoryBudget || error == .instructionBudget, "\(error as LuaError?)")
    }

    @Test("a text of a gigabyte is refused for its size")
    func gigabyte() {
        #expect(Rule.error("return ('x'):rep(1 << 30)") == .memoryBudget)
    }

    @Test("calls that go too deep are an error, and not a crash")
    func deepRecursion() {
        let sources = [
            "local function f() return 1 + f() end return f()",
            "local function f(s) return (s:gsub('a', f)) end return f('a')",
            "local function f() table.sort({1, 2}, f) end f()",
        ]
        for source in sources {
            #expect(Rule.error(source) != nil, "\(source)")
        }
        // What is caught at every level is no error; it ends all the same.
        _ = Rule.error("local function f() return pcall(f) end return f()")
    }

    @Test(
        "a result that is too deep or too large to be passed on is an error",
        arguments: [
            "local t = {} for _ = 1, 1e5 do t = {t} end return t",
            "local t = {} t[1] = t return t",
            "local t = {} t.self = t return t",
            "local t = {'x'} for _ = 1, 30 do t = {t, t, t} end return t",
            "local t = {} for i = 1, 1e4 do t[i] = ('x'):rep(6e4) end return t",
            "local t = {} for i = 1, 1e6 do t[i] = i end return t",
            "return host.echo(('x'):rep(6e4), ('x'):rep(6e4), ('x'):rep(6e4), ('x'):rep(6e4), "
                + "('x'):rep(6e4), ('x'):rep(6e4))",
        ]
    )
    func excessiveResult(source: String) {
        #expect(Rule.error(source) != nil)
    }

    @Test("what is spent in one run is not missing in the next")
    func everyRunHasItsOwn() throws {
        let machine = try LuaMachine()
        let endless = try machine.compile("while true do end")
        let greedy = try machine.compile("local t = {} while true do t = {t, ('x'):rep(1e4)} end")
        let modest = try machine.compile("return ('x'):rep(3)")
        for _ in 1...3 {
            #expect(throws: LuaError.instructionBudget) { try machine.run(endless, in: Host()) }
            #expect(throws: LuaError.memoryBudget) { try machine.run(greedy, in: Host()) }
            #expect(try machine.run(modest, in: Host()) == .text("xxx"))
        }
        #expect(machine.memoryInUse <= LuaLimits.standard.memory)
    }

    @Test("a single instruction over long texts is no way to gain time")
    func longTextsAreBounded() {
        let long = "local s, t = (' '):rep(6e4) .. 'a', (' '):rep(6e4) .. 'b' while true do "
        for work in Self.longWork {
            let time = ContinuousClock().measure {
                #expect(Rule.error("\(long) \(work) end") == .instructionBudget, "\(work)")
            }
            #expect(time < Self.patience, "\(work) took \(time)")
        }
    }

    private static let longWork = [
        "local _ = s < t", "local _ = s == t", "pcall(math.floor, s)", "pcall(string.sub, 'x', s)",
        "pcall(string.format, '%d', s)", "pcall(select, s)", "pcall(tonumber, s)",
        "pcall(utf8.len, s)", "pcall(utf8.char, s)", "pcall(string.char, s)",
        "pcall(error, 'x', s)",
    ]
    /// A run takes tens of milliseconds, and one that compares long texts a second or two; a
    /// machine that builds something else beside it takes its time.
    private static let patience = Duration.seconds(20)

    @Test("a program too long for the memory is an error")
    func longProgram() {
        let limits = LuaLimits(steps: 1_000_000, memory: 1 << 20, longestText: 1 << 16)
        let source = "return {" + String(repeating: "{},", count: 1_000_000) + "}"
        #expect(Rule.error(source, limits: limits) == .memoryBudget)
    }
}
