/// The typed spec of a resource of any kind.
public enum ResourceSpec: Sendable, Hashable {
    case tenant(TenantSpec)
    case credential(CredentialSpec)
    case quota(QuotaSpec)
    case knowledgeBase(KnowledgeBaseSpec)
    case prompt(PromptSpec)
    case schedule(ScheduleSpec)

    /// Reads the spec of a kind.
    ///
    /// - Throws: `SpecMismatch` where the JSON does not have the kind's shape.
    public init(_ kind: Kind, json: JSONValue) throws(SpecMismatch) {
        switch kind {
        case .tenant: self = .tenant(try TenantSpec(json: json))
        case .credential: self = .credential(try CredentialSpec(json: json))
        case .quota: self = .quota(try QuotaSpec(json: json))
        case .knowledgeBase: self = .knowledgeBase(try KnowledgeBaseSpec(json: json))
        case .prompt: self = .prompt(try PromptSpec(json: json))
        case .schedule: self = .schedule(try ScheduleSpec(json: json))
        }
    }

    /// The canonical spelling.
    public var json: JSONValue { value.json }

    /// The rules that the spec breaks.
    public var problems: [SpecProblem] { value.problems() }

    private var value: any SpecObject {
        switch self {
        case .tenant(let spec): spec
        case .credential(let spec): spec
        case .quota(let spec): spec
        case .knowledgeBase(let spec): spec
        case .prompt(let spec): spec
        case .schedule(let spec): spec
        }
    }
}

extension Kind {
    /// The fields of the kind's `spec`.
    public var specSchema: ObjectSchema { Self.specSchemas[rank] }

    private static let specSchemas: [ObjectSchema] = Kind.allCases.sorted().map { kind in
        switch kind {
        case .tenant: ObjectSchema(TenantSpec.fields.map(\.schema))
        case .credential: ObjectSchema(CredentialSpec.fields.map(\.schema))
        case .quota: ObjectSchema(QuotaSpec.fields.map(\.schema))
        case .knowledgeBase: ObjectSchema(KnowledgeBaseSpec.fields.map(\.schema))
        case .prompt: ObjectSchema(PromptSpec.fields.map(\.schema))
        case .schedule: ObjectSchema(ScheduleSpec.fields.map(\.schema))
        }
    }
}
