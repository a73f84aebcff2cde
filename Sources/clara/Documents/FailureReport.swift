import Applying
import LiveSystem
import ManifestLoading
import Planning
import Reconciling

/// Tells of a failure in the way of the format: whoever reads documents gets one in any case.
struct FailureReport {
    /// The form of the command's result.
    let form: Form

    /// What a result is read by.
    enum Form {
        /// A person at a terminal, who sees the message on stderr.
        case text
        /// A program.
        case json
        /// The people who read a comment on a forge.
        case markdown
    }

    /// Runs the part of a command that can fail.
    func around<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as ReconcileError {
            throw try told(error.failure, error.diagnostics)
        } catch let error as BreakGlassError {
            throw try told(.error("\(error)"))
        } catch let error as StoreError {
            throw try told(.error("\(error)"))
        } catch let failure as CommandFailure {
            throw try told(failure)
        }
    }

    /// - Returns: the failure, once its document is written.
    private func told(
        _ failure: CommandFailure,
        _ diagnostics: [Diagnostic] = []
    ) throws -> CommandFailure {
        switch form {
        case .json:
            try Console.result(FailureDocument(failure: failure, diagnostics: diagnostics).text)
        case .markdown:
            try Console.result(
                MarkdownFailureRenderer().render(failure.message, diagnostics: diagnostics)
            )
        case .text where diagnostics.isEmpty: break
        case .text:
            Console.note(DiagnosticText(style: Terminal.messageStyle).render(diagnostics))
        }
        return failure
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
