import LuaSandbox

/// Programs that are run in a machine of their own.
enum Rule {
    /// What a program returns.
    ///
    /// - Throws: `LuaError`.
    static func run(
        _ source: String,
        limits: LuaLimits = .standard,
        host: any LuaHost = Host()
    ) throws(LuaError) -> LuaValue {
        let machine = try LuaMachine(limits: limits)
        return try machine.run(machine.compile(source), in: host)
    }

    /// The error of a program; nil where it comes to its end.
    static func error(_ source: String, limits: LuaLimits = .standard) -> LuaError? {
        do throws(LuaError) {
            _ = try run(source, limits: limits)
            return nil
        } catch {
            return error
        }
    }
}

/// A host with a number, and functions that answer and refuse.
struct Host: LuaHost {
    func global(_ name: String) -> LuaTape? {
        switch name {
        case "answer": LuaTape { $0.integer(42) }
        case "absent": LuaTape.none
        case "host":
            LuaTape { writer in
                writer.fields { fields in
                    fields.field("echo") { $0.function("host.echo") }
                    fields.field("refuse") { $0.function("host.refuse") }
                    fields.field("toil") { $0.function("host.toil") }
                }
            }
        default: nil
        }
    }

    func call(_ function: String, _ arguments: [LuaValue]) throws(LuaCallError) -> LuaAnswer {
        switch function {
        case "host.echo":
            LuaAnswer(
                LuaTape { $0.text(arguments.map { $0.text ?? $0.type }.joined(separator: " ")) },
                steps: 1
            )
        case "host.toil": LuaAnswer(.none, steps: 1_000_000)
        default: throw LuaCallError("the host refuses \(arguments.count) values")
        }
    }
}
