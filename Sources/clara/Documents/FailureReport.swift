import Applying
import LiveSystem
import ManifestLoading
import Reconciling

/// Tells of a failure in the way of the format: whoever reads documents gets one in any case.
struct FailureReport {
    /// Whether the format is a document for programs.
    let isDocument: Bool

    /// Runs the part of a command that can fail.
    func around<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as ReconcileError {
            try show("\(error)", error.diagnostics)
            throw error.failure
        } catch let error as BreakGlassError {
            let failure = CommandFailure.error("\(error)")
            try show(failure.message, [])
            throw failure
        } catch let error as StoreError {
            let failure = CommandFailure.error("\(error)")
            try show(failure.message, [])
            throw failure
        } catch let failure as CommandFailure {
            try show(failure.message, [])
            throw failure
        }
    }

    private func show(_ message: String, _ diagnostics: [Diagnostic]) throws {
        if isDocument {
            try Console.result(FailureDocument(message: message, diagnostics: diagnostics).text)
        } else if !diagnostics.isEmpty {
            Console.note(DiagnosticText(style: Terminal.messageStyle).render(diagnostics))
        }
    }
}

extension ReconcileError {
    fileprivate var diagnostics: [Diagnostic] {
        if case .brokenFleet(let diagnostics) = self { diagnostics } else { [] }
    }

    fileprivate var failure: CommandFailure {
        switch self {
        case .noTenants, .savedPlan: .refused("\(self)")
        case .source, .store, .notAFleet, .brokenFleet, .unknownTargets: .error("\(self)")
        }
    }
}
