/// The documents that a tenant's posts may draw on, and how they are indexed.
public struct KnowledgeBaseSpec: SpecObject {
    /// Which documents.
    public var sources: [KnowledgeSource] = []
    /// How documents are cut into passages.
    public var chunking: Chunking?
    /// How passages become vectors.
    public var embedding: Embedding?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<KnowledgeBaseSpec>] = [
        .required("sources", \.sources, "Which files of the tenant's folder belong to it."),
        .optional("chunking", \.chunking, "How documents are cut into passages."),
        .optional(
            "embedding",
            \.embedding,
            "How passages become vectors; another choice builds the index anew.",
            isImmutable: true
        ),
    ]

    /// The rules over several fields that the value breaks.
    public func problems() -> [SpecProblem] {
        var problems: [SpecProblem] = []
        if sources.isEmpty {
            problems.append(SpecProblem(["sources"], "`sources` is empty", hint: "name a glob"))
        }
        if let tokens = chunking?.tokens, let overlap = chunking?.overlap, overlap >= tokens {
            problems.append(
                SpecProblem(["chunking", "overlap"], "`overlap` must be smaller than `tokens`")
            )
        }
        return problems
    }
}

/// Files of one sort, and what is known of all of them.
public struct KnowledgeSource: SpecObject {
    /// Which files.
    public var glob = ""
    /// What is known of them.
    public var metadata: [String: ScalarValue]?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<KnowledgeSource>] = [
        .required(
            "glob",
            \.glob,
            "Files below the tenant's folder; `**` crosses folders.",
            as: .text(.glob)
        ),
        .optional("metadata", \.metadata, "What is known of them; a prompt can filter by it."),
    ]
}

/// How documents are cut into passages.
public struct Chunking: SpecObject {
    /// The length of a passage.
    public var tokens: Int?
    /// What two neighbours share.
    public var overlap: Int?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<Chunking>] = [
        .optional(
            "tokens",
            \.tokens,
            "The length of a passage.",
            as: .integer(20...8192),
            fallback: "300"
        ),
        .optional(
            "overlap",
            \.overlap,
            "Tokens that two neighbours share.",
            as: .integer(0...4096),
            fallback: "40"
        ),
    ]
}

/// How passages become vectors.
public struct Embedding: SpecObject {
    /// Who computes them.
    public var provider = Provider.local
    /// The service's model.
    public var model: String?
    /// The length of a vector.
    public var dimensions: Int?
    /// The credential that pays.
    public var credential: String?

    /// Who computes vectors.
    public enum Provider: String, SpecChoice {
        case local, openai
    }

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<Embedding>] = [
        .required("provider", \.provider, "`local` needs no service."),
        .optional("model", \.model, "The service's model."),
        .optional("dimensions", \.dimensions, "The length of a vector.", as: .integer(8...4096)),
        .optional(
            "credential",
            \.credential,
            "The openai `Credential` to call it with.",
            as: .text(.resourceName)
        ),
    ]
}
