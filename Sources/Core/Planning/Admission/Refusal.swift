import ClaraModel

/// Why a plan is not applied at all. Nothing is changed; the plan itself stays to be looked at.
public enum Refusal: Sendable, Hashable {
    /// More changes than a limit allows.
    case tooMany(Excess)
    /// Git declares no tenant, and so many are live.
    case emptySource(live: Int)
    /// Marks of so many resources, and not one tenant's row.
    case implausibleStore(managed: Int)
    /// Where the fleet stands in its history speaks against it, in the words for a person.
    case course(String)
    /// Every tenant that the plan changes is frozen; the first of them until this moment.
    case frozen(until: Instant, reason: String?)

    /// What is counted.
    public enum Change: String, Sendable, Hashable {
        case deletions, updates
    }

    /// What changes are held against.
    public enum Unit: String, Sendable, Hashable, CaseIterable {
        case resource, tenant
    }

    /// Which part of a limit was exceeded.
    public enum Rule: Sendable, Hashable {
        /// A part of what is live.
        case share(Double)
        /// A number.
        case count
    }

    /// A limit and what exceeds it.
    public struct Excess: Sendable, Hashable {
        /// What there is too much of.
        public let change: Change
        /// The tenant, for a limit on each tenant; nil for one on the fleet.
        public let tenant: String?
        /// What is deleted or updated.
        public let unit: Unit
        /// How many the plan has.
        public let found: Int
        /// How many are allowed.
        public let allowed: Int
        /// How many of the unit are live in the fleet or the tenant.
        public let live: Int
        /// What allows no more.
        public let rule: Rule
        /// The field of `fleet.yaml` that sets the limit.
        public let field: String
        /// Whether the limit is the default, as `fleet.yaml` does not set it.
        public let isDefault: Bool
        /// What lets the whole plan through, such as `--allow-deletions 12`.
        public let flag: String

        /// Describes an excess.
        public init(
            change: Change,
            tenant: String?,
            unit: Unit = .resource,
            found: Int,
            allowed: Int,
            live: Int,
            rule: Rule,
            field: String,
            isDefault: Bool,
            flag: String
        ) {
            self.change = change
            self.tenant = tenant
            self.unit = unit
            self.found = found
            self.allowed = allowed
            self.live = live
            self.rule = rule
            self.field = field
            self.isDefault = isDefault
            self.flag = flag
        }
    }
}

extension Refusal: CustomStringConvertible {
    /// What the numbers are, where the rule is set, and what lets the plan through, as one sentence
    /// without a full stop.
    public var description: String {
        [message, remedy].compactMap(\.self).joined(separator: "; ")
    }

    /// What the numbers are and where the rule is set.
    public var message: String {
        switch self {
        case .tooMany(let excess): excess.message
        case .emptySource(let live):
            "git declares no tenant while \(Quantity(live, "tenant")) \(live == 1 ? "is" : "are") live"
        case .implausibleStore(let managed):
            "the store has marks of \(Quantity(managed, "resource")) and no row of any tenant, as if its "
                + "tables had been emptied"
        case .course(let objection): objection
        case .frozen(let until, let reason):
            "everything that the plan changes is frozen until \(until.inWords)"
                + (reason.map { ": \(VisibleText.line($0))" } ?? "")
        }
    }

    /// The flag that lets the plan through; nil where none does.
    public var flag: String? {
        switch self {
        case .tooMany(let excess): excess.flag
        case .emptySource, .implausibleStore: "--allow-empty"
        case .frozen, .course: nil
        }
    }

    private var remedy: String? {
        switch self {
        case .tooMany(let excess):
            "if the plan is what you want, apply it with \(excess.flag)"
        case .emptySource:
            "check --source and --ref; if the fleet shall really be emptied, apply with --allow-empty"
        case .implausibleStore:
            "check --store; if its rows are really lost, apply with --allow-empty to make them again"
        case .frozen, .course: nil
        }
    }
}

extension Refusal.Excess {
    fileprivate var message: String {
        let place = tenant.map { "\(VisibleText.line($0)): " } ?? ""
        let counted =
            "\(Quantity.grouped(found)) \(found == 1 ? singular : change.rawValue)"
            + (unit == .tenant ? " of whole tenants" : "")
        let source = isDefault ? "the default of `\(field)`" : "`\(field)` of fleet.yaml"
        let most = "at most \(Quantity.grouped(allowed)) \(allowed == 1 ? "is" : "are") allowed"
        return "\(place)\(counted), but \(most) (\(part)\(source))"
    }

    private var part: String {
        switch rule {
        case .count: ""
        case .share(let share):
            "\(Self.percent(share)) of \(Quantity(live, "live \(unit.rawValue)"))"
                + (isDefault && allowed == SafetyRules.fewestByDefault
                    ? ", but at least \(allowed)" : "") + ", "
        }
    }

    private var singular: String {
        switch change {
        case .deletions: "deletion"
        case .updates: "update"
        }
    }

    /// `10%`, `2.5%`
    private static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
    }
}
