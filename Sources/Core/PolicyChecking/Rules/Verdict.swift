import ClaraModel
import LuaSandbox

/// What a rule objects to.
struct Violation: Hashable {
    /// What it says; nil where it leaves that to the policy.
    var message: String?
    /// The field that is wrong.
    var field: String?
    /// The resource that is wrong, where a rule about a plan names one.
    var address: ResourceAddress?
    /// Everything that it returned, for the message.
    var result: JSONValue = [:]

    /// Of one evaluation, so many are reported: whoever mends them sees the others next time.
    static let mostReported = 100
}

/// A result that means nothing.
struct VerdictError: Error {
    let message: String
}

/// Reads a rule's result: nil, false and an empty table mean that all is well; a text, a table or
/// true is a violation; a list holds several.
enum Verdict {
    static func read(_ value: LuaValue) throws(VerdictError) -> [Violation] {
        switch value {
        case .none, .bool(false): return []
        case .bool(true): return [Violation()]
        case .text(let text): return [violation(text)]
        case .table(let table): return try read(table)
        case .integer, .number, .other: throw unexpected(value)
        }
    }

    private static func read(_ table: LuaTable) throws(VerdictError) -> [Violation] {
        if table.elements.isEmpty { return table.fields.isEmpty ? [] : [try violation(table)] }
        guard table.fields.isEmpty else {
            throw VerdictError(
                message: "the rule returned a list with fields; a violation is one or the other"
            )
        }
        var violations: [Violation] = []
        for element in table.elements.prefix(Violation.mostReported) {
            switch element {
            case .text(let text): violations.append(violation(text))
            case .table(let table) where table.elements.isEmpty:
                violations.append(try violation(table))
            default: throw unexpected(element)
            }
        }
        return violations
    }

    private static func violation(_ text: String) -> Violation {
        Violation(message: text, result: ["message": .string(text)])
    }

    private static func violation(_ table: LuaTable) throws(VerdictError) -> Violation {
        let address = table.fields["address"]?.text
        let parsed = address.flatMap { ResourceAddress(parsing: $0) }
        if let address, parsed == nil {
            throw VerdictError(message: "the rule names `\(address)`, which is no address")
        }
        return Violation(
            message: table.fields["message"]?.text,
            field: table.fields["field"]?.text,
            address: parsed,
            result: .object(table.fields.mapValues(\.json))
        )
    }

    private static func unexpected(_ value: LuaValue) -> VerdictError {
        VerdictError(
            message: "the rule returned a \(value.type); "
                + "return nil where all is well, and a text or a table where it is not"
        )
    }
}
