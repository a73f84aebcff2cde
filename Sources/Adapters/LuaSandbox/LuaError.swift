/// Why a program could not be compiled, or did not run to its end.
public enum LuaError: Error, Sendable, Hashable {
    /// It is not Lua.
    ///
    /// - Parameters:
    ///   - line: counted from 1 in the program.
    ///   - near: the text that Lua stumbled over; nil where the program ends too early.
    case syntax(line: Int, message: String, near: String?)
    /// It raised an error; the line is nil where none of the program's own is to blame.
    case runtime(line: Int?, message: String)
    /// It took more steps than it may.
    case instructionBudget
    /// It asked for more memory, or for a longer text, than it may have.
    case memoryBudget
    /// The machine itself cannot be made, for want of memory.
    case noMachine

    /// Whether the program was stopped, and did not fail by itself.
    public var isBudget: Bool {
        switch self {
        case .instructionBudget, .memoryBudget: true
        case .syntax, .runtime, .noMachine: false
        }
    }
}

extension LuaError: CustomStringConvertible {
    /// The text form.
    public var description: String {
        switch self {
        case .syntax(let line, let message, _): "line \(line): \(message)"
        case .runtime(let line?, let message): "line \(line): \(message)"
        case .runtime(nil, let message): message
        case .instructionBudget: "it ran for too long and was stopped"
        case .memoryBudget: "it asked for too much memory and was stopped"
        case .noMachine: "there is not enough memory to run it"
        }
    }
}

extension LuaError {
    /// Reads `rule:3: unexpected symbol near 'x'`.
    static func syntax(_ text: String) -> LuaError {
        let (line, message) = located(text)
        return .syntax(line: line ?? 1, message: message, near: near(message))
    }

    /// Reads `rule:3: attempt to index a nil value`.
    static func runtime(_ text: String) -> LuaError {
        let (line, message) = located(text)
        return .runtime(line: line, message: message)
    }

    private static func located(_ text: String) -> (line: Int?, message: String) {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "rule" || parts[0] == "prelude",
            let line = Int(parts[1])
        else { return (nil, text) }
        return (parts[0] == "rule" ? line : nil, String(parts[2].drop { $0 == " " }))
    }

    /// The text between the quotes after `near`.
    private static func near(_ message: String) -> String? {
        let mark = " near '"
        guard message.hasSuffix("'"), let range = message.ranges(of: mark).last else { return nil }
        return String(message[range.upperBound...].dropLast())
    }
}
