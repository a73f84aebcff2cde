/// Access to one account of an outside service. Every value is a reference to a secret.
public struct CredentialSpec: SpecObject {
    /// The service.
    public var provider = Provider.x
    /// The X account that the credential must belong to.
    public var account: String?
    /// OAuth 1.0a user context.
    public var oauth1: OAuth1?
    /// OAuth 2.0 with a rotating refresh token.
    public var oauth2: OAuth2?
    /// The key of an OpenAI-compatible service.
    public var apiKey: SecretReference?
    /// The address of an OpenAI-compatible service.
    public var baseURL: String?

    /// An outside service.
    public enum Provider: String, SpecChoice {
        case x, openai
    }

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<CredentialSpec>] = [
        .required(
            "provider",
            \.provider,
            "The service: `x`, or `openai` and what is compatible with it.",
            isImmutable: true
        ),
        .optional(
            "account",
            \.account,
            "The X account that the credential must belong to.",
            as: .text(.handle)
        ),
        .optional("oauth1", \.oauth1, "X by OAuth 1.0a: four references."),
        .optional("oauth2", \.oauth2, "X by OAuth 2.0: three references."),
        .optional("apiKey", \.apiKey, "The key of an OpenAI-compatible service."),
        .optional(
            "baseURL",
            \.baseURL,
            "The address of an OpenAI-compatible service; `hosts` of the fleet must name its host.",
            as: .text(.httpsURL),
            fallback: "https://api.openai.com/v1"
        ),
    ]

    /// The rules over several fields that the value breaks.
    public func problems() -> [SpecProblem] {
        switch provider {
        case .x: xProblems()
        case .openai: openAIProblems()
        }
    }

    private func xProblems() -> [SpecProblem] {
        var problems = Self.misplaced(
            "openai",
            [("apiKey", apiKey != nil), ("baseURL", baseURL != nil)]
        )
        if account == nil {
            problems.append(
                SpecProblem([], "an x credential needs `account`", hint: "write account: \"@name\"")
            )
        }
        if (oauth1 == nil) == (oauth2 == nil) {
            problems.append(
                SpecProblem(
                    oauth1 == nil ? [] : ["oauth2"],
                    "an x credential needs exactly one of `oauth1` and `oauth2`"
                )
            )
        }
        return problems
    }

    private func openAIProblems() -> [SpecProblem] {
        var problems = Self.misplaced(
            "x",
            [("account", account != nil), ("oauth1", oauth1 != nil), ("oauth2", oauth2 != nil)]
        )
        if apiKey == nil {
            problems.append(
                SpecProblem(
                    [],
                    "an openai credential needs `apiKey`",
                    hint: "write apiKey: {env: NAME}"
                )
            )
        }
        return problems
    }

    private static func misplaced(_ provider: String, _ fields: [(String, Bool)]) -> [SpecProblem] {
        fields.filter(\.1).map {
            SpecProblem([$0.0], "`\($0.0)` belongs to a credential with provider \(provider)")
        }
    }
}

/// The four values of OAuth 1.0a user context.
public struct OAuth1: SpecObject {
    /// The application's key.
    public var consumerKey = SecretReference.env("")
    /// The application's secret.
    public var consumerSecret = SecretReference.env("")
    /// The account's token.
    public var accessToken = SecretReference.env("")
    /// The account's token secret.
    public var accessTokenSecret = SecretReference.env("")

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<OAuth1>] = [
        .required("consumerKey", \.consumerKey, "The application's key."),
        .required("consumerSecret", \.consumerSecret, "The application's secret."),
        .required("accessToken", \.accessToken, "The account's token."),
        .required("accessTokenSecret", \.accessTokenSecret, "The account's token secret."),
    ]
}

/// The three values of OAuth 2.0 with `offline.access`.
public struct OAuth2: SpecObject {
    /// The application's identifier.
    public var clientID = SecretReference.env("")
    /// The application's secret.
    public var clientSecret = SecretReference.env("")
    /// The first refresh token; the engine keeps the ones that follow.
    public var refreshToken = SecretReference.env("")

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<OAuth2>] = [
        .required("clientID", \.clientID, "The application's identifier."),
        .required("clientSecret", \.clientSecret, "The application's secret."),
        .required(
            "refreshToken",
            \.refreshToken,
            "The first refresh token; it rotates, and the engine keeps the ones that follow."
        ),
    ]
}

/// Where a secret is to be found. The secret itself is never in a manifest.
public enum SecretReference: SpecValue {
    /// An environment variable of the controller.
    case env(String)
    /// A file below `CLARA_SECRETS_DIR/<tenant>`.
    case file(String)

    /// The shape that the loader checks.
    public static var schema: Schema { .secret }

    /// Reads the value.
    ///
    /// - Throws: `SpecMismatch` where the JSON has another shape.
    public init(json: JSONValue) throws(SpecMismatch) {
        switch (json["env"]?.text, json["file"]?.text, json.members?.count) {
        case (let name?, nil, 1): self = .env(name)
        case (nil, let path?, 1): self = .file(path)
        default: throw SpecMismatch(expected: "{env: NAME} or {file: name}")
        }
    }

    /// The canonical spelling.
    public var json: JSONValue {
        switch self {
        case .env(let name): ["env": .string(name)]
        case .file(let path): ["file": .string(path)]
        }
    }
}

extension CredentialSpec {
    /// Every reference with the path of its field.
    public var references: [(path: [String], reference: SecretReference)] {
        var found: [([String], SecretReference?)] = [(["apiKey"], apiKey)]
        if let oauth1 {
            found += [
                (["oauth1", "consumerKey"], oauth1.consumerKey),
                (["oauth1", "consumerSecret"], oauth1.consumerSecret),
                (["oauth1", "accessToken"], oauth1.accessToken),
                (["oauth1", "accessTokenSecret"], oauth1.accessTokenSecret),
            ]
        }
        if let oauth2 {
            found += [
                (["oauth2", "clientID"], oauth2.clientID),
                (["oauth2", "clientSecret"], oauth2.clientSecret),
                (["oauth2", "refreshToken"], oauth2.refreshToken),
            ]
        }
        return found.compactMap { path, reference in reference.map { (path, $0) } }
    }
}
