/// A rule that resources, or whole plans, must keep to.
public struct PolicySpec: SpecObject {
    /// What must hold, in a sentence.
    public var description = ""
    /// What it looks at.
    public var match: PolicyMatchSpec?
    /// Whether it looks at resources one by one, or once at the plan.
    public var scope: Scope?
    /// What a violation does.
    public var enforcement: Enforcement?
    /// What a violation is reported as.
    public var message: String?
    /// The rule, in Lua.
    public var rule = ""
    /// Who need not keep to it for a while.
    public var exemptions: [PolicyExemption]?
    /// What the rule must say to given resources.
    public var tests: [PolicyTestSpec]?

    /// How much a rule looks at.
    public enum Scope: String, SpecChoice {
        case resource, plan
    }

    /// What a violation does.
    public enum Enforcement: String, SpecChoice {
        /// Nothing is applied.
        case deny
        /// It is reported.
        case warn
        /// It is recorded, and nobody is asked to act.
        case audit
    }

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<PolicySpec>] = [
        .required("description", \.description, "What must hold, in a sentence."),
        .optional("match", \.match, "What it looks at.", fallback: "every resource that changes"),
        .optional(
            "scope",
            \.scope,
            "Whether the rule runs for each resource that matches, or once for a plan in which any does.",
            fallback: "resource"
        ),
        .optional(
            "enforcement",
            \.enforcement,
            "`deny` refuses the plan, `warn` reports, `audit` only records.",
            fallback: "deny"
        ),
        .optional(
            "message",
            \.message,
            "What a violation is reported as; `{{…}}` stands for a value.",
            fallback: "what the rule says"
        ),
        .required(
            "rule",
            \.rule,
            "The rule in Lua 5.4; it returns nil where all is well, and a text or a table where it is not."
        ),
        .optional("exemptions", \.exemptions, "Who need not keep to it, and until when."),
        .optional("tests", \.tests, "What the rule must say to given resources."),
    ]

    /// The rules over several fields that the value breaks.
    public func problems() -> [SpecProblem] { exemptionProblems() + testProblems() }

    private func exemptionProblems() -> [SpecProblem] {
        (exemptions ?? []).enumerated().compactMap { index, exemption in
            if exemption.tenants != nil || exemption.resources != nil { return nil }
            return SpecProblem(
                ["exemptions", "\(index)"],
                "an exemption needs `tenants` or `resources`",
                hint: "to let everybody off, write enforcement: audit"
            )
        }
    }

    private func testProblems() -> [SpecProblem] {
        var seen: Set<String> = []
        return (tests ?? []).enumerated().flatMap { index, test -> [SpecProblem] in
            var problems: [SpecProblem] = []
            if !seen.insert(test.name).inserted {
                problems.append(
                    SpecProblem(
                        ["tests", "\(index)", "name"],
                        "a test is named `\(test.name)` twice"
                    )
                )
            }
            if test.expect == .pass, test.says != nil {
                problems.append(
                    SpecProblem(
                        ["tests", "\(index)", "says"],
                        "a test that expects `pass` has nothing to say"
                    )
                )
            }
            return problems
        }
    }
}

/// What a policy looks at; what is given must all fit.
public struct PolicyMatchSpec: SpecObject {
    /// Kinds of resources.
    public var kinds: [Kind]?
    /// What happens to them.
    public var actions: [Action]?
    /// Labels of the resource or of its tenant.
    public var labels: [String: String]?
    /// Names or patterns of tenants.
    public var tenants: [String]?

    /// What happens to a resource.
    public enum Action: String, SpecChoice {
        case create, update, replace, retire, delete
    }

    /// The actions of a policy that names none: those that leave a resource behind, so that a rule
    /// about `resource` always has one.
    public static let defaultActions: Set<Action> = [.create, .update, .replace]

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<PolicyMatchSpec>] = [
        .optional("kinds", \.kinds, "Kinds of resources.", fallback: "all"),
        .optional(
            "actions",
            \.actions,
            "What happens to them. With `delete` the rule sees no `resource`, only `live`.",
            fallback: "create, update, replace"
        ),
        .optional(
            "labels",
            \.labels,
            "Labels of the resource or of its tenant, as they are or as they were; `*` stands for any characters."
        ),
        .optional(
            "tenants",
            \.tenants,
            "Names of tenants; `*` stands for any characters.",
            fallback: "all"
        ),
    ]
}

/// Who need not keep to a policy for a while.
public struct PolicyExemption: SpecObject {
    /// Names or patterns of tenants.
    public var tenants: [String]?
    /// Addresses or patterns of addresses.
    public var resources: [String]?
    /// The last day.
    public var until = CivilDate(daysSince1970: 0)
    /// Why.
    public var reason = ""

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<PolicyExemption>] = [
        .optional("tenants", \.tenants, "Names of tenants; `*` stands for any characters."),
        .optional(
            "resources",
            \.resources,
            "Addresses such as `acme/Schedule/*`; `*` stands for any characters within a part."
        ),
        .required("until", \.until, "The last day on which it holds, in UTC."),
        .required("reason", \.reason, "Why; whoever reads the plan sees it."),
    ]
}

extension Kind: SpecChoice {}

extension CivilDate: SpecText {
    /// What people are told about the format.
    public static let format = TextDescription(
        "date",
        "a date such as 2026-12-31",
        examples: ["2026-12-31"],
        pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    )
}
