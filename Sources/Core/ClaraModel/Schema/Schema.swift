/// The shape that a value must have: what the loader checks, what `clara schema` publishes and
/// what the reference page prints.
public indirect enum Schema: Sendable {
    /// `true` or `false`.
    case boolean
    /// A whole number within bounds, both included.
    case integer(ClosedRange<Int64>)
    /// A number within bounds, both included.
    case number(ClosedRange<Double>)
    /// Text of a certain format.
    case text(TextFormat)
    /// One of a few words.
    case choice([String])
    /// A reference to a secret, never the secret itself.
    case secret
    /// Text, number or boolean.
    case scalar
    /// A list whose elements all have one shape.
    case list(of: Schema)
    /// Free names, values of one shape.
    case map(of: Schema)
    /// Named fields; any other field is an error.
    case object(ObjectSchema)
    /// Any value of any shape, such as a resource in the test of a policy.
    case anything
}

/// The fields of an object.
public struct ObjectSchema: Sendable {
    /// The fields, in the order in which a person reads them.
    public let fields: [FieldSchema]
    /// The fields that can be missing, or in which something can: a value without them is complete.
    public let demanding: [FieldSchema]
    private let byName: [String: Int]

    /// Gathers fields.
    public init(_ fields: [FieldSchema]) {
        self.fields = fields
        demanding = fields.filter { $0.isRequired || $0.schema.demandsFields }
        byName = Dictionary(fields.indices.map { (fields[$0].name, $0) }) { first, _ in first }
    }

    /// The field of that name.
    public func field(_ name: String) -> FieldSchema? { byName[name].map { fields[$0] } }
}

/// One field of an object, without its Swift type.
///
/// A class, since tables are walked for every resource of a fleet: a row is handed out as one
/// reference.
public final class FieldSchema: Sendable {
    /// The name in YAML.
    public let name: String
    /// What it is, in one or two sentences for the person who edits YAML.
    public let summary: String
    /// The shape of its value.
    public let schema: Schema
    /// Whether a resource without it is an error.
    public let isRequired: Bool
    /// Whether a change of it replaces the resource.
    public let isImmutable: Bool
    /// What holds where it is absent, in words or as a value.
    public let fallback: String?
    /// Whether a reference to a secret stands in it or below it.
    public let holdsSecrets: Bool

    /// Describes a field.
    public init(
        name: String,
        summary: String,
        schema: Schema,
        isRequired: Bool = false,
        isImmutable: Bool = false,
        fallback: String? = nil
    ) {
        self.name = name
        self.summary = summary
        self.schema = schema
        self.isRequired = isRequired
        self.isImmutable = isImmutable
        self.fallback = fallback
        holdsSecrets = schema.holdsSecrets
    }
}

extension Schema {
    /// Whether a value of this shape can lack a required field.
    fileprivate var demandsFields: Bool {
        switch self {
        case .object(let object): !object.demanding.isEmpty
        case .list(let element): element.demandsFields
        case .boolean, .integer, .number, .text, .choice, .secret, .scalar, .map, .anything: false
        }
    }

    fileprivate var holdsSecrets: Bool {
        switch self {
        case .secret: true
        case .list(let element), .map(let element): element.holdsSecrets
        case .object(let object): object.holdsSecrets
        case .boolean, .integer, .number, .text, .choice, .scalar, .anything: false
        }
    }
}

extension ObjectSchema {
    /// Whether a reference to a secret stands in any field.
    public var holdsSecrets: Bool { fields.contains(where: \.holdsSecrets) }
}

/// A format of text: how it is called, what a person should write, and the check itself.
///
/// A class, as `FieldSchema` is: every text of a fleet passes by one.
public final class TextFormat: Sendable {
    /// The name, as in JSON Schema's `format` or our own: `duration`, `time-zone`.
    public let name: String
    /// What an error message says was expected: "a duration such as 15m".
    public let expected: String
    /// Texts that pass, for the reference page and the JSON Schema.
    public let examples: [String]
    /// A regular expression (ECMA-262) that an editor can check, where one says enough.
    public let pattern: String?
    /// Why the text does not fit, or nil where it does.
    public let problem: @Sendable (String) -> FormatError?

    /// Describes a format.
    public init(
        name: String,
        expected: String,
        examples: [String] = [],
        pattern: String? = nil,
        problem: @escaping @Sendable (String) -> FormatError? = { _ in nil }
    ) {
        self.name = name
        self.expected = expected
        self.examples = examples
        self.pattern = pattern
        self.problem = problem
    }

    /// Any text.
    public static let any = TextFormat(name: "text", expected: "text")
}
