/// A kind of resource that a tenant's folder may hold, in the order in which they are applied.
///
/// Deletions run in the reverse order (`docs/architecture.md`, "Order").
public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
    case tenant = "Tenant"
    case credential = "Credential"
    case quota = "Quota"
    case knowledgeBase = "KnowledgeBase"
    case prompt = "Prompt"
    case schedule = "Schedule"

    /// How many resources of this kind a tenant has.
    public var cardinality: Cardinality {
        switch self {
        case .tenant: .exactlyOne
        case .quota: .atMostOne
        case .credential, .knowledgeBase, .prompt, .schedule: .any
        }
    }

    /// The number of resources of a kind that one tenant may declare.
    public enum Cardinality: Sendable {
        case exactlyOne, atMostOne, any
    }
}

extension Kind: Comparable {
    /// Position in the order of application.
    public var rank: Int {
        switch self {
        case .tenant: 0
        case .credential: 1
        case .quota: 2
        case .knowledgeBase: 3
        case .prompt: 4
        case .schedule: 5
        }
    }

    /// The order in which they are shown and worked on.
    public static func < (left: Kind, right: Kind) -> Bool { left.rank < right.rank }
}
