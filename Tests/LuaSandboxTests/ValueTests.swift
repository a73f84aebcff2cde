import LuaSandbox
import Testing

@Suite("Values")
struct ValueTests {
    private static let values: [(source: String, value: LuaValue)] = [
        ("nil", .none), ("true", .bool(true)), ("false", .bool(false)), ("1", .integer(1)),
        ("-9223372036854775807 - 1", .integer(.min)), ("0.5", .number(0.5)),
        ("1e300", .number(1e300)),
        ("''", .text("")), ("'日本 \\0 x'", .text("日本 \0 x")), ("{}", .table(LuaTable())),
        ("{1, 'a'}", .table(LuaTable(elements: [.integer(1), .text("a")]))),
        (
            "{x = {true}}",
            .table(LuaTable(fields: ["x": .table(LuaTable(elements: [.bool(true)]))]))
        ),
        ("pcall", .other("function")),
    ]

    @Test("a result comes out as it is", arguments: values)
    func comesOut(_ expected: (source: String, value: LuaValue)) throws {
        #expect(try Rule.run("return \(expected.source)") == expected.value)
    }

    private struct Echo: LuaHost {
        let tape: LuaTape
        func global(_ name: String) -> LuaTape? { name == "given" ? tape : nil }
        func call(_ function: String, _ arguments: [LuaValue]) throws(LuaCallError) -> LuaAnswer {
            throw LuaCallError("there is no \(function)")
        }
    }

    @Test("what goes in comes out the same")
    func roundTrip() throws {
        let tape = LuaTape { writer in
            writer.fields { fields in
                fields.field("whole") { $0.integer(.max) }
                fields.field("part") { $0.number(-0.25) }
                fields.field("flag") { $0.bool(false) }
                fields.field("text", "日本\n\"")
                fields.field("nothing") { $0.none() }
                fields.field("list") { $0.list(["a", "b"]) { $0.text($1) } }
            }
        }
        let expected = LuaTable(fields: [
            "whole": .integer(.max), "part": .number(-0.25), "flag": .bool(false),
            "text": .text("日本\n\""), "list": .table(LuaTable(elements: [.text("a"), .text("b")])),
        ])
        #expect(try Rule.run("return given", host: Echo(tape: tape)) == .table(expected))
    }

    @Test("a program calls the host's functions with its values")
    func calls() throws {
        #expect(
            try Rule.run("return host.echo('a', 1, nil, {}, pcall)")
                == .text("a number nil table function")
        )
        #expect(try Rule.run("return answer") == .integer(42))
        #expect(try Rule.run("return absent") == .none)
    }

    @Test("bytes that are no UTF-8 come out as replacement characters")
    func brokenText() throws {
        #expect(try Rule.run("return '\\xff'") == .text("\u{FFFD}"))
    }
}
