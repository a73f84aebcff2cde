import ClaraModel
import GitSource
import HashTreeCollections
import LiveSystem
import ManifestLoading
import Planning

/// What a pass has found, for the next one to start from.
///
/// It holds no live rows of tenants in sync: what is not in it is read again where it moved. A
/// snapshot shares with the one before it all that did not move, so that the next costs what did.
public struct Snapshot: Sendable {
    /// The ids of the fleet's own files, and of the folder that holds the tenants.
    let shared: SharedFiles
    /// The same of the base, whose rules were held to; nil where it was the source's own.
    let base: SharedFiles?
    /// The fleet's files, and the tenants' folders with their ids.
    let index: FleetIndex
    /// How far the change feed was read, before anything else was.
    let cursor: FeedCursor
    /// What was found of tenants that are worth mentioning.
    private(set) var findings: TreeDictionary<String, TenantFinding> = [:]
    /// Tenants that are live and not in git.
    private var orphans: Set<String> = []
    private var agenda = Agenda()
    private(set) var census = FleetCensus()
    /// Tenants to look at again, whatever moves.
    private var doubtful: Set<String> = []
    /// What policies said last; nil where that was of another fleet than the one that was found.
    var verdict: PolicyVerdict?

    init(_ movement: Movement) {
        shared = movement.shared
        base = movement.base
        index = movement.index
        cursor = movement.cursor
    }

    /// The same findings after something moved.
    func moved(_ movement: Movement) -> Snapshot {
        var next = Snapshot(movement)
        guard movement.tenants != nil else { return next }
        next.findings = findings
        next.orphans = orphans
        next.agenda = agenda
        next.census = census
        next.verdict = movement.isStill ? verdict : nil
        return next
    }

    /// Takes what was found of a tenant in place of what was known.
    ///
    /// - Parameter live: what is there of it; nil where nothing is.
    mutating func take(_ finding: TenantFinding, of tenant: String, live: LiveTenant?) {
        findings[tenant] = finding.isWorthKeeping ? finding : nil
        agenda.set(finding.review.dueAt, for: tenant)
        let fleet = index.context.settings.name
        census.set(live.map { TenantCensus(of: $0, fleet: fleet) }, for: tenant)
        if live != nil, !index.tenantNames.contains(tenant) {
            orphans.insert(tenant)
        } else {
            orphans.remove(tenant)
        }
    }

    /// Has tenants looked at again by the next pass: what was found of them did not hold when it
    /// was applied, and the change feed may not say why. It is silent of the engine's own rows.
    mutating func doubt(_ tenants: some Sequence<String>) { doubtful.formUnion(tenants) }

    /// Whether what was found holds for as long as nothing moves.
    var isCertain: Bool { doubtful.isEmpty && !findings.values.contains { $0.isUnreadable } }

    /// How many tenants there are, in git or live.
    var tenantCount: Int { index.tenantNames.count + orphans.count }

    /// The tenants whose moment has come, those that an apply may have settled meanwhile, which
    /// changes no row, and those that could not be read, which may be possible now.
    func due(at now: Instant) -> Set<String> {
        agenda.due(at: now).union(doubtful).union(
            findings.lazy.filter { $0.value.mayMendItself }.map(\.key)
        )
    }
}

/// When time alone gives a tenant something to do. Most moments are those of many tenants, such as
/// the midnight at which slots are rolled forward, so that few of them have to be looked at.
private struct Agenda: Sendable {
    private var moments: TreeDictionary<String, Instant> = [:]
    private var tenants: TreeDictionary<Instant, TreeSet<String>> = [:]

    mutating func set(_ moment: Instant?, for tenant: String) {
        let former = moments[tenant]
        if former == moment { return }
        if let former {
            tenants[former]?.remove(tenant)
            if tenants[former]?.isEmpty ?? false { tenants[former] = nil }
        }
        moments[tenant] = moment
        if let moment { tenants[moment, default: []].insert(tenant) }
    }

    func due(at now: Instant) -> Set<String> {
        tenants.reduce(into: []) { due, entry in
            if entry.key <= now { due.formUnion(entry.value) }
        }
    }
}

/// How much is live, kept tenant by tenant, so that nobody counts those that did not move.
struct FleetCensus: Sendable {
    private var tenants: TreeDictionary<String, TenantCensus> = [:]
    private var managed = 0
    private var owners = 0
    private var clients = 0

    mutating func set(_ tenant: TenantCensus?, for name: String) {
        if let former = tenants[name] { count(former, -1) }
        if let tenant { count(tenant, 1) }
        tenants[name] = tenant
    }

    /// The counts, with those of some tenants.
    func census(of names: some Sequence<String>) -> LiveCensus {
        let pairs = names.compactMap { name in tenants[name].map { (name, $0.managed) } }
        return LiveCensus(
            managed: managed,
            tenants: owners,
            byTenant: Dictionary(pairs) { first, _ in first },
            clients: clients
        )
    }

    private mutating func count(_ tenant: TenantCensus, _ sign: Int) {
        managed += sign * tenant.managed
        owners += tenant.managed > 0 ? sign : 0
        clients += tenant.isClient ? sign : 0
    }
}

/// What was found of one tenant.
struct TenantFinding: Sendable {
    let review: TenantReview
    let diagnostics: [Diagnostic]
    let extensions: [SlotExtension]

    /// Whether the next pass may find something else although nothing moved.
    var mayMendItself: Bool { review.plan.settles != nil || isUnreadable }

    /// Whether something of the tenant could not be read.
    var isUnreadable: Bool {
        diagnostics.contains { $0.code == Diagnostic.Code.unreadable.rawValue }
    }

    var isWorthKeeping: Bool {
        review.isNoteworthy || !diagnostics.isEmpty || !extensions.isEmpty
    }
}

/// The ids of what all tenants share. Where one differs, every tenant may.
struct SharedFiles: Sendable, Hashable {
    let fleet: ObjectID?
    let profiles: ObjectID?
    let policies: ObjectID?
    let tenants: ObjectID?

    static func read(_ source: any SourceTree) async throws(ReconcileError) -> SharedFiles {
        let root = try await source.children("")
        func id(_ name: String) -> ObjectID? { root.first { $0.name == name }?.id }
        return SharedFiles(
            fleet: id("fleet.yaml"),
            profiles: id("profiles"),
            policies: id(PolicyFiles.folder),
            tenants: id("tenants")
        )
    }

    /// Whether everything but the tenants' folders is the same.
    func hasSameRules(as other: SharedFiles) -> Bool {
        fleet == other.fleet && profiles == other.profiles && policies == other.policies
    }
}
