/// What the model is asked to write, and within which bounds.
public struct PromptSpec: SpecObject {
    /// The instructions that set the voice.
    public var system = ""
    /// The request, as a Mustache template.
    public var template = ""
    /// Values for the template.
    public var variables: [String: ScalarValue]?
    /// The model and its settings.
    public var model: ModelSettings?
    /// What a post must be like.
    public var output: OutputRules?
    /// Versions of the voice to compare.
    public var variants: [PromptVariant]?
    /// The knowledge that the template's `context` is taken from.
    public var knowledge: KnowledgeQuery?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<PromptSpec>] = [
        .required("system", \.system, "The instructions that set the voice."),
        .required(
            "template",
            \.template,
            "The request, a Mustache template; `context` holds the passages that were found."
        ),
        .optional("variables", \.variables, "Values for the template."),
        .optional("model", \.model, "The model and its settings; often from a profile."),
        .optional("output", \.output, "What a post must be like."),
        .optional("variants", \.variants, "Versions of the voice to compare, chosen by weight."),
        .optional("knowledge", \.knowledge, "Where the template's `context` comes from."),
    ]

    /// The rules over several fields that the value breaks.
    public func problems() -> [SpecProblem] {
        var problems: [SpecProblem] = []
        if model == nil {
            problems.append(
                SpecProblem([], "`model` is missing", hint: "set model.name here or in the profile")
            )
        }
        return problems + variantProblems()
    }

    private func variantProblems() -> [SpecProblem] {
        var seen: Set<String> = []
        return (variants ?? []).enumerated().compactMap { index, variant in
            if seen.insert(variant.name).inserted { return nil }
            return SpecProblem(
                ["variants", "\(index)", "name"],
                "a variant is named `\(variant.name)` twice",
                hint: "give each its own name"
            )
        }
    }
}

/// The model that writes and its settings.
public struct ModelSettings: SpecObject {
    /// The model's name at the service.
    public var name = ""
    /// How freely it writes.
    public var temperature: Double?
    /// The bound on what one call may produce.
    public var maxOutputTokens: Int?
    /// The credential that pays for it.
    public var credential: String?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<ModelSettings>] = [
        .required("name", \.name, "The model's name at the service."),
        .optional(
            "temperature",
            \.temperature,
            "How freely it writes, 0 to 2.",
            as: .number(0...2),
            fallback: "the service's own"
        ),
        .optional(
            "maxOutputTokens",
            \.maxOutputTokens,
            "The most tokens that one call may produce.",
            as: .integer(1...100_000),
            fallback: "400"
        ),
        .optional(
            "credential",
            \.credential,
            "The openai `Credential` to call it with.",
            as: .text(.resourceName),
            fallback: "the tenant's only openai credential"
        ),
    ]
}

/// What a post must be like.
public struct OutputRules: SpecObject {
    /// The language it is written in.
    public var language: String?
    /// How many links it may hold.
    public var maxLinks: Int?
    /// What it must not say.
    public var bannedPhrases: [String]?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<OutputRules>] = [
        .optional(
            "language",
            \.language,
            "The language of the post (BCP 47).",
            as: .text(.language)
        ),
        .optional(
            "maxLinks",
            \.maxLinks,
            "How many links it may hold.",
            as: .integer(0...10),
            fallback: "0"
        ),
        .optional(
            "bannedPhrases",
            \.bannedPhrases,
            "What it must not say, whatever the case of its letters."
        ),
    ]
}

/// One version of the voice.
public struct PromptVariant: SpecObject {
    /// Its name in reports.
    public var name = ""
    /// Its share among the variants.
    public var weight: Int?
    /// Instructions in place of the prompt's.
    public var system: String?
    /// A template in place of the prompt's.
    public var template: String?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<PromptVariant>] = [
        .required("name", \.name, "Its name in reports.", as: .text(.resourceName)),
        .optional(
            "weight",
            \.weight,
            "Its share among the variants.",
            as: .integer(0...1000),
            fallback: "1"
        ),
        .optional("system", \.system, "Instructions in place of the prompt's."),
        .optional("template", \.template, "A template in place of the prompt's."),
    ]
}

/// Which passages a prompt takes from a knowledge base.
public struct KnowledgeQuery: SpecObject {
    /// The knowledge base.
    public var base = ""
    /// How many passages.
    public var topK: Int?
    /// How well a passage must fit.
    public var minScore: Double?
    /// Metadata that a passage's document must have.
    public var filter: [String: ScalarValue]?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<KnowledgeQuery>] = [
        .required("base", \.base, "The `KnowledgeBase`.", as: .text(.resourceName)),
        .optional(
            "topK",
            \.topK,
            "How many passages at most.",
            as: .integer(1...50),
            fallback: "4"
        ),
        .optional(
            "minScore",
            \.minScore,
            "How well a passage must fit, 0 to 1.",
            as: .number(0...1),
            fallback: "0"
        ),
        .optional("filter", \.filter, "Metadata that a passage's document must have."),
    ]
}
