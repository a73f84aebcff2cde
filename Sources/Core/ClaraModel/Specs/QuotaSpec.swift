/// How much a tenant may post, call and spend.
public struct QuotaSpec: SpecObject {
    /// Posts.
    public var posts: PostLimits?
    /// Calls to outside services.
    public var requests: RequestLimits?
    /// Tokens of the model.
    public var tokens: TokenLimits?
    /// Money.
    public var budget: Budget?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<QuotaSpec>] = [
        .optional("posts", \.posts, "How many posts."),
        .optional("requests", \.requests, "How many calls to outside services."),
        .optional("tokens", \.tokens, "How many tokens of the model."),
        .optional("budget", \.budget, "How much money."),
    ]
}

/// How many posts a tenant may make, counted in its own time zone.
public struct PostLimits: SpecObject {
    /// In an hour.
    public var perHour: Int?
    /// In a day.
    public var perDay: Int?
    /// In a month.
    public var perMonth: Int?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<PostLimits>] = [
        .optional("perHour", \.perHour, "Posts in an hour."),
        .optional("perDay", \.perDay, "Posts in a day."),
        .optional("perMonth", \.perMonth, "Posts in a month."),
    ]
}

/// How fast a tenant may call outside services: a token bucket.
public struct RequestLimits: SpecObject {
    /// The bucket's rate.
    public var rate: RequestRate?
    /// The bucket's size.
    public var burst: Int?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<RequestLimits>] = [
        .optional("rate", \.rate, "Calls in a unit of time."),
        .optional("burst", \.burst, "Calls that may come at once.", as: .integer(1...10_000)),
    ]
}

/// How many tokens of the model a tenant may use.
public struct TokenLimits: SpecObject {
    /// In a day.
    public var perDay: Int?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<TokenLimits>] = [
        .optional("perDay", \.perDay, "Tokens in a day, in and out.")
    ]
}

/// How much money a tenant may cost.
public struct Budget: SpecObject {
    /// In US dollars a month.
    public var usdPerMonth: Double?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<Budget>] = [
        .optional("usdPerMonth", \.usdPerMonth, "US dollars in a month, model and X together.")
    ]
}

/// A number of calls in a unit of time: `1/s`, `30/m`, `500/h`, `2000/d`.
public struct RequestRate: SpecText {
    /// Calls in one unit.
    public let count: Int
    /// The unit: `s`, `m`, `h` or `d`.
    public let unit: Character

    /// What people are told about the format.
    public static let format = TextDescription(
        "rate",
        "a rate such as 1/s, 30/m, 500/h or 2000/d",
        examples: ["1/s", "30/m"],
        pattern: "^[1-9][0-9]{0,6}/[smhd]$"
    )

    /// Reads a rate.
    ///
    /// - Throws: `FormatError` where it is no rate.
    public init(parsing text: String) throws(FormatError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...7).contains(parts[0].count), let count = Int(parts[0]),
            count > 0,
            parts[0].allSatisfy(\.isWholeNumber), parts[1].count == 1, let unit = parts[1].first,
            "smhd".contains(unit)
        else { throw FormatError(expected: Self.format.expected, hint: nil) }
        self.count = count
        self.unit = unit
    }

    /// The text form.
    public var description: String { "\(count)/\(unit)" }
}
