import LuaSandbox
import Testing

@Suite("The library")
struct LibraryTests {
    /// Every name of the manual's index that a rule must not reach.
    private static let unreachable = [
        "_G", "_VERSION", "collectgarbage", "coroutine", "debug", "dofile", "getmetatable", "io",
        "load", "loadfile", "loadstring", "next", "os", "package", "print", "rawequal", "rawget",
        "rawlen", "rawset", "require", "setmetatable", "warn", "xpcall", "module", "setfenv",
    ]

    @Test("what could reach the machine or another program is not there", arguments: unreachable)
    func isNotThere(name: String) {
        guard case .runtime(1, let message) = Rule.error("return \(name)") else {
            Issue.record("\(name) is there")
            return
        }
        #expect(message.contains("there is no `\(name)`"))
    }

    private static let missingMembers = [
        "string.dump", "string.pack", "string.packsize", "string.unpack", "math.random",
        "math.randomseed", "table.move", "('').dump", "('').pack",
    ]

    @Test("no member of a library makes bytecode, chance or raw memory", arguments: missingMembers)
    func memberIsNotThere(name: String) throws {
        #expect(try Rule.run("return \(name)") == .none)
    }

    @Test("a walk through everything that a program can name finds the library and no more")
    func walk() throws {
        let touched = LuaSandbox.library.map { "local _ = \($0)" }.joined(separator: "\n")
        let found = try Rule.run(
            """
            \(touched)
            local found, seen = {}, {}
            local function walk(value, path)
              if type(value) ~= "table" or seen[value] then return end
              seen[value] = true
              for name, part in pairs(value) do
                found[#found + 1] = path .. tostring(name)
                walk(part, path .. tostring(name) .. ".")
              end
            end
            walk(_ENV, "")
            return found
            """
        )
        let names = found.table?.elements.compactMap(\.text) ?? []
        #expect(names.allSatisfy { LuaSandbox.library.contains($0) }, "\(names)")
    }

    @Test("every name of the library is there")
    func isThere() throws {
        for name in LuaSandbox.library {
            let type = try Rule.run("return type(\(name))").text
            #expect(type == "function" || type == "table", "\(name)")
        }
    }

    private static let changes = [
        "string.rep = nil", "table.extra = 1", "math.pi = 3", "utf8.len = nil", "_ENV.string = {}",
        "other = 1", "string = nil", "function helper() end", "('').rep = nil",
    ]

    @Test("nothing can be changed for the next program", arguments: changes)
    func isFixed(change: String) {
        guard case .runtime = Rule.error(change) else {
            Issue.record("\(change) is let through")
            return
        }
    }

    @Test("a run sees nothing of the one before it")
    func runsAreApart() throws {
        let machine = try LuaMachine()
        let program = try machine.compile(
            "local env = _ENV pcall(function() env.mark = 1 end) return pcall(function() return mark end)"
        )
        for _ in 1...2 {
            #expect(try machine.run(program, in: Host()) == .bool(false))
        }
    }

    @Test("pairs goes by numbers, then texts, each sorted, whatever order they came in")
    func pairsIsSorted() throws {
        let source = """
            local t = {}
            for _, key in ipairs({%@}) do t[key] = true end
            local keys = {}
            for key in pairs(t) do keys[#keys + 1] = tostring(key) end
            return table.concat(keys, " ")
            """
        for keys in ["'b', 3, 'a', 1, 2.5, 'B', true", "true, 'B', 'a', 2.5, 'b', 1, 3"] {
            let program = source.replacing("%@", with: keys)
            #expect(try Rule.run(program).text == "1 2.5 3 B a b true")
        }
    }

    private static let results: [(source: String, result: String)] = [
        ("('abc'):upper()", "ABC"), ("('abc'):sub(-2)", "bc"), ("('abc'):sub(2, 2)", "b"),
        ("#('abc'):rep(3, '-')", "11"), ("('a,b'):find(',', 1, true)", "2"),
        ("('x = 1'):match('^(%w+)%s*=%s*(%d+)$')", "x"), ("('hello'):gsub('l', 'L')", "heLLo"),
        ("('hello'):gsub('l', {l = 'x'})", "hexxo"),
        ("('%d|%5.1f|%s'):format(3, 2.25, 'x')", "3|  2.2|x"),
        ("('%s'):format({})", "table"), ("string.char(72, 105)", "Hi"), ("('Hi'):byte(2)", "105"),
        ("utf8.len('日本')", "2"), ("utf8.char(26085)", "日"), ("utf8.codepoint('日')", "26085"),
        ("utf8.offset('日本', 2)", "4"), ("math.max(1, 3, 2)", "3"), ("math.floor(2.7)", "2"),
        ("math.type(1)", "integer"), ("7 // 2", "3"), ("tonumber('0x10')", "16"),
        ("tonumber('z', 36)", "35"), ("select('#', 1, nil)", "2"), ("select(-1, 'a', 'b')", "b"),
        ("table.concat({1, 2, 3}, ', ')", "1, 2, 3"), ("table.unpack({7, 8})", "7"),
        ("count({a = 1, b = 2})", "2"), ("contains({'a', 'b'}, 'b')", "true"),
        ("contains({}, 'b')", "false"), ("select(2, pcall(error, 'no', 0))", "no"),
        ("tostring(nil)", "nil"), ("#table.pack(1, 2)", "2"), ("'a' < 'b'", "true"),
    ]

    @Test("functions do what Lua's do", arguments: results)
    func works(_ expression: (source: String, result: String)) throws {
        #expect(try Rule.run("return tostring((\(expression.source)))").text == expression.result)
    }

    @Test("table.sort is stable and table.insert and table.remove keep the rest in order")
    func tables() throws {
        let sorted = try Rule.run(
            """
            local t = {{1, "a"}, {0, "b"}, {1, "c"}, {0, "d"}}
            table.sort(t, function(x, y) return x[1] < y[1] end)
            table.insert(t, 1, {9, "z"})
            table.insert(t, {9, "y"})
            table.remove(t, 2)
            local names = {}
            for i, pair in ipairs(t) do names[i] = pair[2] end
            return table.concat(names)
            """
        )
        #expect(sorted.text == "zdacy")
    }
}
