internal import CLua

/// One Lua, with the programs that were compiled in it.
///
/// It belongs to whoever made it and is used by one task at a time.
public final class LuaMachine {
    private let machine: UnsafeMutablePointer<clara_machine>
    private let limits: LuaLimits
    private var host: (any LuaHost)?

    /// Opens a machine with the library that programs see.
    ///
    /// - Throws: `LuaError.noMachine` where there is not enough memory.
    public init(limits: LuaLimits = .standard) throws(LuaError) {
        guard let machine = luaMachine(memory: limits.memory, text: limits.longestText) else {
            throw .noMachine
        }
        self.machine = machine
        self.limits = limits
        machine.pointee.answer = { host, _ in LuaMachine.running(host)?.answer() ?? 1 }
        machine.pointee.search = { host, _, subject, subjectCount, pattern, patternCount in
            LuaMachine.running(host)?.search(
                UnsafeBufferPointer(start: subject, count: subjectCount),
                UnsafeBufferPointer(start: pattern, count: patternCount)
            ) ?? -1
        }
        machine.pointee.host = Unmanaged.passUnretained(self).toOpaque()
        let status = Prelude.text.withUTF8Pointer { luaOpen(machine, prelude: $0, count: $1) }
        if status != LUA_OK { throw .noMachine }
    }

    deinit { luaFree(machine) }

    /// Compiles a program and keeps it for as long as the machine lives.
    ///
    /// - Throws: `LuaError.syntax` where it is not Lua.
    public func compile(_ source: String) throws(LuaError) -> LuaProgram {
        var reference: Int32 = 0
        let status = source.withUTF8Pointer {
            luaCompile(machine, $0, count: $1, reference: &reference, steps: limits.steps)
        }
        if status == LUA_OK { return LuaProgram(reference: reference) }
        if status == LUA_ERRSYNTAX || !isSpent { throw .syntax(replyText) }
        throw failure
    }

    /// Runs a program to its end.
    ///
    /// - Throws: `LuaError` where it raises an error, or uses up its steps or its memory.
    public func run(_ program: LuaProgram, in host: any LuaHost) throws(LuaError) -> LuaValue {
        self.host = host
        defer { self.host = nil }
        guard luaRun(machine, program.reference, steps: limits.steps) == LUA_OK else {
            throw failure
        }
        var reader = LuaTapeReader(request)
        return reader.value()
    }

    /// How many bytes of memory the machine holds, what nobody needs any more included.
    public var memoryInUse: Int { machine.pointee.used }

    private var isSpent: Bool { machine.pointee.spent != CLARA_BUDGET_LEFT }

    private var failure: LuaError {
        switch machine.pointee.spent {
        case CLARA_STEPS_SPENT: .instructionBudget
        case CLARA_MEMORY_SPENT: .memoryBudget
        default: .runtime(replyText)
        }
    }

    private var request: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: machine.pointee.request.start,
            count: machine.pointee.request.count
        )
    }

    private var replyText: String {
        let reply = UnsafeRawBufferPointer(
            start: machine.pointee.reply.start,
            count: machine.pointee.reply.count
        )
        return String(decoding: reply, as: UTF8.self)
    }
}

/// A program that a machine has compiled; another machine does not know it.
public struct LuaProgram: Sendable, Hashable {
    let reference: Int32
}

// MARK: - What Lua asks while it runs

extension LuaMachine {
    private static func running(_ host: UnsafeMutableRawPointer?) -> LuaMachine? {
        host.map { Unmanaged<LuaMachine>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Answers the question in `request`: a name alone asks for a global, a name with more behind
    /// it calls a function. Names of functions hold a dot, which globals never do.
    private func answer() -> Int32 {
        var reader = LuaTapeReader(request)
        let name = reader.value().text ?? ""
        var arguments: [LuaValue] = []
        while !reader.isAtEnd { arguments.append(reader.value()) }
        do throws(LuaCallError) {
            let answer = try answer(name, arguments)
            luaCharge(machine, Int64(answer.steps))
            return reply(answer.value.bytes) ? 0 : 1
        } catch {
            return refuse(error.message)
        }
    }

    private func answer(
        _ name: String,
        _ arguments: [LuaValue]
    ) throws(LuaCallError) -> LuaAnswer {
        guard let host else { throw LuaCallError("nothing answers here") }
        if name.utf8.contains(UInt8(ascii: ".")) { return try host.call(name, arguments) }
        guard let value = host.global(name) else {
            throw LuaCallError("there is no `\(name)`; write `local \(name)` for a variable")
        }
        return LuaAnswer(value, steps: 1)
    }

    /// Looks for a pattern on behalf of `clara_scan`; -1 for an error, 0 for no match, otherwise
    /// the number of spans.
    private func search(
        _ subject: UnsafeBufferPointer<UInt8>,
        _ pattern: UnsafeBufferPointer<UInt8>
    ) -> Int32 {
        let state = machine.pointee
        var search = PatternSearch(subject, pattern, steps: PatternSearch.steps(for: state.steps))
        defer { luaCharge(machine, search.cost) }
        do throws(PatternError) {
            let found = try search.first(
                from: Int(state.from),
                onlyHere: state.only_here != 0,
                notEndingAt: Int(state.not_ending_at)
            )
            guard let found else { return 0 }
            withUnsafeMutableBytes(of: &machine.pointee.spans) { spans in
                for (index, span) in found.enumerated() {
                    let span = clara_span(start: Int64(span.start), count: Int64(span.count))
                    spans.storeBytes(
                        of: span,
                        toByteOffset: index * MemoryLayout<clara_span>.stride,
                        as: clara_span.self
                    )
                }
            }
            return Int32(found.count)
        } catch {
            return -refuse(error.message)
        }
    }

    private func refuse(_ message: String) -> Int32 {
        _ = reply(Array(message.utf8))
        return 1
    }

    private func reply(_ bytes: [UInt8]) -> Bool {
        luaReply(machine, bytes, count: bytes.count) != 0
    }
}

extension String {
    /// The text's bytes, for as long as the body runs.
    fileprivate func withUTF8Pointer<Result>(
        _ body: (UnsafePointer<CChar>?, Int) -> Result
    ) -> Result {
        var text = self
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { body($0.baseAddress, $0.count) }
        }
    }
}
