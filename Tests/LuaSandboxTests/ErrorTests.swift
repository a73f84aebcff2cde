import LuaSandbox
import Testing

@Suite("Errors")
struct ErrorTests {
    private static let broken: [(source: String, line: Int, near: String?)] = [
        ("return 1 +", 1, nil),
        ("local x = 1\nif x then", 2, nil),
        ("local x = 1\nx = = 2", 2, "="),
        ("\n\nreturn return", 3, "return"),
        ("x = 'open\ny = 1", 1, "'open"),
        ("goto nowhere", 1, nil),
        ("break", 1, nil),
        ("local function f() end end", 1, "end"),
        ("return 3 ~ = 4", 1, "="),
        ("\u{1B}Lua", 1, nil),
    ]

    @Test("what is not Lua is an error at its line", arguments: broken)
    func syntax(_ broken: (source: String, line: Int, near: String?)) {
        guard case .syntax(let line, let message, let near) = Rule.error(broken.source) else {
            Issue.record("\(broken.source) is taken for Lua")
            return
        }
        #expect(line == broken.line && !message.isEmpty)
        if let expected = broken.near { #expect(near == expected) }
    }

    private static let failing: [(source: String, line: Int?, message: String)] = [
        ("error('no')", 1, "no"),
        ("\n\nerror('no')", 3, "no"),
        ("error('no', 0)", nil, "no"),
        ("local function f() error('no', 2) end\nf()", 2, "no"),
        ("assert(false, 'no')", 1, "no"),
        ("\nreturn absent.name", 2, "attempt to index a nil value"),
        ("return answer .. {}", 1, "attempt to concatenate a table value"),
        ("return 1 < 'a'", 1, "attempt to compare number with string"),
        ("return '1' + 1", 1, "attempt to perform arithmetic on a string value"),
        ("\nlocal _ = string.rep({}, 2)", 2, "string.rep takes a text, and got table"),
        ("\nlocal _ = ('x'):find('[a')", 2, "malformed pattern (missing ']')"),
        ("\nreturn nonsense", 2, "there is no `nonsense`"),
        ("\nnonsense = 1", 2, "a rule has no globals of its own"),
        ("\nhost.refuse(1, 2)", 2, "the host refuses 2 values"),
        ("for _ in pairs(nil) do end", 1, "pairs takes a table, and got nil"),
        ("local t = {[{}] = 1} for _ in pairs(t) do end", 1, "there is a table"),
        ("error({})", nil, "the rule raised a value of type table"),
        ("error(nil)", nil, "the rule raised a value of type nil"),
        ("error()", nil, "the rule raised a value of type nil"),
        ("error(pcall)", nil, "the rule raised a value of type function"),
        ("error(true)", nil, "the rule raised a value of type boolean"),
        ("error(12)", nil, "the rule raised a value of type number"),
    ]

    @Test("what goes wrong is an error at its line, whatever is raised", arguments: failing)
    func runtime(_ failing: (source: String, line: Int?, message: String)) {
        guard case .runtime(let line, let message) = Rule.error(failing.source) else {
            Issue.record("\(failing.source) does not fail")
            return
        }
        #expect(line == failing.line && message.contains(failing.message), "\(message)")
    }

    @Test("pcall catches what a program raises itself")
    func caught() throws {
        let value = try Rule.run(
            """
            local kinds = {}
            for _, raised in ipairs({1, "text", {}, pcall, true}) do
              local fine, error = pcall(error, raised)
              kinds[#kinds + 1] = type(error)
            end
            return table.concat(kinds, " ")
            """
        )
        #expect(value == .text("number string table function boolean"))
    }

    @Test("a program without a result returns nothing")
    func nothing() throws {
        #expect(try Rule.run("") == .none)
        #expect(try Rule.run("-- only a comment") == .none)
        #expect(try Rule.run("return") == .none)
    }
}
