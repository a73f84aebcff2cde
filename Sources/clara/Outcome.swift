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
    let message: String

    static func error(_ message: String) -> CommandFailure {
        CommandFailure(code: .error, message: "error: \(message)")
    }

    static func refused(_ message: String) -> CommandFailure {
        CommandFailure(code: .refused, message: "refused: \(message)")
    }
}
