/// How a command ends. The raw values are the process's exit codes, the same for every command.
enum Outcome: Int32, Error {
    /// Done, or nothing to do.
    case success = 0
    /// It could not be done.
    case error = 1
    /// Changes or drift are present; only with `--detailed-exitcode`.
    case changesPresent = 2
    /// It was not to be done; nothing was changed.
    case refused = 3
    /// Some tenants are blocked, stale or failed; the report says which.
    case partial = 4

    /// Ends the command unless this is success.
    func end() throws {
        if self != .success { throw self }
    }
}

/// A command that ends with a message to the person who ran it.
struct CommandFailure: Error {
    let code: Outcome
    /// What happened, where, and what to do.
    let reason: String

    /// The reason with a word for the code, as it is printed.
    var message: String { "\(code.word): \(reason)" }

    static func error(_ reason: String) -> CommandFailure {
        CommandFailure(code: .error, reason: reason)
    }

    static func refused(_ reason: String) -> CommandFailure {
        CommandFailure(code: .refused, reason: reason)
    }
}

extension Outcome {
    /// What programs call it.
    var word: String {
        switch self {
        case .success: "done"
        case .error: "error"
        case .changesPresent: "changes"
        case .refused: "refused"
        case .partial: "partial"
        }
    }
}
