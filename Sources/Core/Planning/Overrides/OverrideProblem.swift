import ClaraModel

/// Why an override does not begin.
public enum OverrideProblem: Error, Sendable, Hashable {
    /// Nothing of that address is live.
    case unknown(ResourceAddress)
    /// The row carries no mark of Clara.
    case unmanaged(ResourceAddress)
    /// Another fleet owns the row.
    case otherFleet(String)
    /// Somebody has deleted or changed the row by hand.
    case drifted(ResourceAddress)
    /// The tenant is retired.
    case retired(String)
    /// It would end before it begins.
    case over(until: Instant)
    /// It would stand for longer than `OverridePlanner.longest`.
    case tooLong(until: Instant)
    /// The kind has no such field.
    case unknownField(Kind, path: [String])
    /// The field cannot change without replacing the resource.
    case immutable(path: [String])
    /// The field is changed in git only, and why.
    case gitOnly(path: [String], why: String)
    /// The field must have a value.
    case required(path: [String])
    /// Without a value the field would take over another, which git alone knows.
    case inherited(path: [String])
    /// The value does not fit the field.
    case wrongValue(path: [String], expected: String)
    /// The resource would break a rule with it.
    case brokenRule(String)
    /// Nothing live has the name that it gives.
    case dangling(ResourceAddress)
}

extension OverrideProblem: CustomStringConvertible {
    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .unknown(let address):
            "\(VisibleText.line(address.description)) is not live; `clara status` lists the tenants"
        case .unmanaged(let address):
            "\(VisibleText.line(address.description)) carries no mark of Clara, so there is nothing "
                + "to come back to; declare it in git first"
        case .otherFleet(let name):
            "the fleet \(VisibleText.line(name)) owns the row; order the override there"
        case .drifted(let address):
            "\(VisibleText.line(address.description)) is not as it was applied; run `clara apply` "
                + "first, or `clara drift` to see what somebody changed"
        case .retired(let tenant):
            "\(VisibleText.line(tenant)) is retired; restore it first with `clara tenant restore`"
        case .over(let until):
            "an override that ends at \(until) is over already; give it more time"
        case .tooLong(let until):
            "an override until \(until) is longer than \(OverridePlanner.longest); "
                + "what shall stay belongs in git"
        default: fieldDescription
        }
    }

    private var fieldDescription: String {
        switch self {
        case .unknownField(let kind, let path):
            "\(kind.rawValue) has no field `\(Self.name(path))`; `clara schema` lists them"
        case .immutable(let path):
            "`\(Self.name(path))` cannot change without replacing the resource; change it in git"
        case .gitOnly(let path, let why): "`\(Self.name(path))` is changed in git only: \(why)"
        case .required(let path): "`\(Self.name(path))` must have a value"
        case .inherited(let path):
            "`\(Self.name(path))` cannot be taken away here, as git alone knows what it "
                + "inherits then; give it the value that it shall have"
        case .wrongValue(let path, let expected):
            "`\(Self.name(path))`: expected \(expected)"
        case .brokenRule(let message): "the resource would be invalid: \(message)"
        case .dangling(let address):
            "\(VisibleText.line(address.description)) is not live, so nothing can refer to it"
        default: ""
        }
    }

    private static func name(_ path: [String]) -> String {
        VisibleText.line(path.joined(separator: "."))
    }
}
