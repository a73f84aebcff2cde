import ArgumentParser
import ClaraModel
import Foundation
import GitSource
import LiveSystem
import ManifestLoading
import Planning
import Reconciling

/// The options of a command that compares a fleet with what is live.
struct PassOptions: ParsableArguments {
    @OptionGroup var source: SourceOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var targets: TargetOptions
    @OptionGroup var common: CommonOptions

    /// Opens the fleet at a revision.
    ///
    /// - Parameters:
    ///   - view: which revisions count for what.
    ///   - allowances: by how much the safety limits may be exceeded.
    func open(
        _ view: RevisionView = .head,
        allowances: Allowances = Allowances()
    ) async throws -> OpenedFleet {
        let settings = try common.settings()
        let selection = try targets.selection()
        return OpenedFleet(
            options: self,
            settings: settings,
            tree: try await source.open(settings, at: view.desired),
            base: try await base(view, settings),
            targets: selection,
            orders: PassOrders(allowances: allowances, direction: view.direction)
        )
    }

    private func base(
        _ view: RevisionView,
        _ settings: Settings
    ) async throws -> (any SourceTree)? {
        switch view {
        case .head: nil
        case .proposal(let base):
            try await source.open(settings, at: NamedRevision(text: base, flag: "--base"))
        // An older revision is judged by the rules of today.
        case .older: try await source.open(settings)
        }
    }
}

/// Which revision says what is desired, and which one whose rules hold.
enum RevisionView {
    /// What `--ref` names says both.
    case head
    /// A pull request: its rules are those of the base.
    case proposal(base: String)
    /// A step back: the rules are those of the branch's head.
    case older(String, flag: String)

    /// The revision that says what is desired; nil for what `--ref` names.
    var desired: NamedRevision? {
        guard case .older(let text, let flag) = self else { return nil }
        return NamedRevision(text: text, flag: flag)
    }

    var direction: PassOrders.Direction {
        if case .older = self { .rollback } else { .forward }
    }
}

/// A fleet at one revision.
struct OpenedFleet {
    fileprivate let options: PassOptions
    let settings: Settings
    fileprivate let tree: any SourceTree
    fileprivate let base: (any SourceTree)?
    fileprivate let targets: TargetSelection
    fileprivate let orders: PassOrders

    /// Opens the store.
    func store(for access: LiveStore.Access) async throws -> LiveStore {
        try options.store.noteIfMissing(settings)
        return try await options.store.open(settings, for: access)
    }

    /// The fleet's name.
    func name() async throws -> String {
        try await FleetIndex.read(tree, now: .current()).context.settings.name
    }

    /// A pass over the fleet as of now.
    func pass(on store: LiveStore) -> ReconcileOnce {
        ReconcileOnce(
            source: tree,
            base: base,
            store: store,
            targets: targets,
            orders: orders,
            now: store.now()
        )
    }

    /// The order to stay at this revision until the branch, whose head is the base, moves on.
    func pin(_ fleet: String, _ reason: String, _ locked: LockedStore) -> Pin? {
        guard let commit = tree.revision.commit, let head = base?.revision.commit else {
            return nil
        }
        return Pin(
            fleet: fleet,
            revision: tree.revision.description,
            commit: commit.description,
            head: head.description,
            reason: reason,
            by: locked.request.holder,
            since: locked.now()
        )
    }
}

/// How a plan is shown.
enum PlanFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown
}

extension PlanFormat {
    private var failureForm: FailureReport.Form {
        switch self {
        case .text: .text
        case .json: .json
        case .markdown: .markdown
        }
    }

    /// Runs the part of a command that can fail.
    func reportingFailure<Result>(_ body: () async throws -> Result) async throws -> Result {
        try await FailureReport(form: failureForm).around(body)
    }
}
