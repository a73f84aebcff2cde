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
        let now = Instant(seconds: Int64(Date().timeIntervalSince1970))
        return OpenedFleet(
            options: self,
            settings: settings,
            tree: try await source.open(settings),
            targets: selection,
            now: now
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
    /// Runs the part of a command that can fail; in JSON the failure is a document too.
    func reportingFailure<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as ReconcileError {
            show("\(error)", error.diagnostics)
            throw CommandFailure.error("\(error)")
        } catch let failure as CommandFailure {
            show(failure.message, [])
            throw failure
        }
    }

    private func show(_ message: String, _ diagnostics: [Diagnostic]) {
        switch self {
        case .json:
            Console.result(FailureDocument(message: message, diagnostics: diagnostics).text)
        case .text, .markdown:
            if diagnostics.isEmpty { return }
            Console.note(DiagnosticText(style: Terminal.messageStyle).render(diagnostics))
        }
    }
}

extension ReconcileError {
    fileprivate var diagnostics: [Diagnostic] {
        if case .brokenFleet(let diagnostics) = self { diagnostics } else { [] }
    }
}
