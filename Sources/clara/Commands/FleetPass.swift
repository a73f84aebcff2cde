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

    /// Opens the fleet.
    func open() async throws -> OpenedFleet {
        let settings = try common.settings()
        let selection = try targets.selection()
        return OpenedFleet(
            options: self,
            settings: settings,
            tree: try await source.open(settings),
            targets: selection,
            now: .current()
        )
    }

    /// Decides what to do, with a store that is only read.
    func plan() async throws -> PlanReport {
        try await open().pass(for: .reading).plan().report
    }
}

/// A fleet at one revision and the moment at which it is looked at.
struct OpenedFleet {
    fileprivate let options: PassOptions
    fileprivate let settings: Settings
    fileprivate let tree: any SourceTree
    fileprivate let targets: TargetSelection
    fileprivate let now: Instant

    /// A pass over the fleet with the store opened as it must be.
    func pass(for access: LiveStore.Access) async throws -> ReconcileOnce {
        let store = try await options.store.open(settings, for: access, now: now)
        return ReconcileOnce(source: tree, store: store, targets: targets, now: now)
    }
}

/// How a plan or drift is shown.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown
}

extension ReportFormat {
    /// Runs the part of a command that can fail.
    func reportingFailure<Result>(_ body: () async throws -> Result) async throws -> Result {
        try await FailureReport(isDocument: self == .json).around(body)
    }
}
