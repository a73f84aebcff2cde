/// What a policy's rule must say to given values.
public struct PolicyTestSpec: SpecObject {
    /// What is tested.
    public var name = ""
    /// What the rule sees.
    public var given = PolicyGiven()
    /// What it must say.
    public var expect = Expectation.pass
    /// A part of the message.
    public var says: String?

    /// What a rule must say.
    public enum Expectation: String, SpecChoice {
        case pass, violation
    }

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<PolicyTestSpec>] = [
        .required("name", \.name, "What is tested, in a few words."),
        .required("given", \.given, "What the rule sees."),
        .required("expect", \.expect, "`pass`, or `violation`."),
        .optional("says", \.says, "A text that the violation's message must hold."),
    ]
}

/// What a rule sees in a test.
public struct PolicyGiven: SpecObject {
    /// The resource as it shall be.
    public var resource: GivenResource?
    /// The resource as it is.
    public var live: GivenResource?
    /// What happens to it.
    public var change: GivenChange?
    /// Its tenant.
    public var tenant: GivenTenant?
    /// The plan.
    public var plan: GivenPlan?
    /// The specs of other tenants' resources: by tenant, kind and name.
    public var fleet: [String: [String: [String: AnyValue]]]?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<PolicyGiven>] = [
        .optional("resource", \.resource, "The resource as it shall be."),
        .optional("live", \.live, "The resource as it is now."),
        .optional("change", \.change, "What happens to the resource."),
        .optional("tenant", \.tenant, "The resource's tenant."),
        .optional("plan", \.plan, "The plan, for a policy with `scope: plan`."),
        .optional(
            "fleet",
            \.fleet,
            "Specs of other tenants' resources, by tenant, kind and name."
        ),
    ]
}

/// A resource in a test.
public struct GivenResource: SpecObject {
    /// Its kind.
    public var kind = Kind.tenant
    /// Its name.
    public var name: String?
    /// Its labels.
    public var labels: [String: String]?
    /// Its spec.
    public var spec: AnyValue?
    /// The documents of a knowledge base.
    public var documents: [GivenDocument]?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<GivenResource>] = [
        .required("kind", \.kind, "Its kind."),
        .optional("name", \.name, "Its name.", as: .text(.resourceName), fallback: "example"),
        .optional("labels", \.labels, "Its labels."),
        .optional("spec", \.spec, "Its spec, or the part of it that matters."),
        .optional("documents", \.documents, "The documents of a knowledge base."),
    ]
}

/// A document of a knowledge base in a test.
public struct GivenDocument: SpecObject {
    /// Its path.
    public var path = ""
    /// Its size in bytes.
    public var size: Int?
    /// What is known of it.
    public var metadata: [String: ScalarValue]?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<GivenDocument>] = [
        .required("path", \.path, "Its path in the tenant's folder."),
        .optional("size", \.size, "Its size in bytes.", fallback: "0"),
        .optional("metadata", \.metadata, "What is known of it."),
    ]
}

/// What happens to a resource in a test.
public struct GivenChange: SpecObject {
    /// The action.
    public var action: PolicyMatchSpec.Action?
    /// Why.
    public var reason: String?
    /// The fields that change.
    public var paths: [String]?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<GivenChange>] = [
        .optional(
            "action",
            \.action,
            "What happens.",
            fallback:
                "`create`, or `update` where `live` is given too, or `delete` where only `live` is"
        ),
        .optional("reason", \.reason, "Why.", fallback: "changed"),
        .optional("paths", \.paths, "The fields that change."),
    ]
}

/// A tenant in a test.
public struct GivenTenant: SpecObject {
    /// Its name.
    public var name: String?
    /// Its labels.
    public var labels: [String: String]?
    /// The spec of its `Tenant`.
    public var spec: AnyValue?
    /// The specs of its other resources, by kind and name.
    public var resources: [String: [String: AnyValue]]?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<GivenTenant>] = [
        .optional("name", \.name, "Its name.", as: .text(.resourceName), fallback: "example"),
        .optional("labels", \.labels, "Its labels."),
        .optional("spec", \.spec, "The spec of its `Tenant`."),
        .optional("resources", \.resources, "Specs of its other resources, by kind and name."),
    ]
}

/// A plan in a test.
public struct GivenPlan: SpecObject {
    /// The revision.
    public var revision: String?
    /// How many tenants the fleet has.
    public var tenants: Int?
    /// How many of the changes match.
    public var matched: Int?
    /// Counts by action.
    public var summary: [String: Int]?
    /// The changes.
    public var changes: [GivenPlanChange]?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<GivenPlan>] = [
        .optional("revision", \.revision, "The revision that it leads to."),
        .optional("tenants", \.tenants, "How many tenants the fleet has."),
        .optional(
            "matched",
            \.matched,
            "How many changes match the policy.",
            fallback: "those of `changes` that do"
        ),
        .optional("summary", \.summary, "Counts, over those that `changes` give."),
        .optional("changes", \.changes, "The changes."),
    ]
}

/// One change of a plan in a test.
public struct GivenPlanChange: SpecObject {
    /// The resource.
    public var address = ""
    /// What happens to it.
    public var action = PolicyMatchSpec.Action.update
    /// Why.
    public var reason: String?

    /// A blank value, for the reader to fill.
    public init() {}

    /// The table that defines every field.
    public static let fields: [Field<GivenPlanChange>] = [
        .required("address", \.address, "The resource, such as `acme/Schedule/mornings`."),
        .required("action", \.action, "What happens to it."),
        .optional("reason", \.reason, "Why.", fallback: "changed"),
    ]
}

/// Any value of any shape.
public struct AnyValue: SpecValue {
    /// The value.
    public let json: JSONValue
    /// The shape that the loader checks.
    public static var schema: Schema { .anything }
    /// Takes the value as it is.
    public init(json: JSONValue) { self.json = json }
}
