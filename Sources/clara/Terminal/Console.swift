import Foundation

/// What a person or a pipe sees: results on stdout, everything else on stderr.
enum Console {
    /// Prints a result. A reader that went away, such as `head`, has seen enough; any other
    /// failure, such as a full disk, must not look like a success.
    static func result(_ text: String) throws {
        let code = write(text.hasSuffix("\n") ? text : text + "\n", to: stdoutDescriptor)
        if code != 0, code != EPIPE {
            throw CommandFailure.error(
                "the result cannot be written: \(String(cString: strerror(code)))"
            )
        }
    }

    /// Prints a message for the person at the terminal.
    static func note(_ text: String) { _ = write(text + "\n", to: stderrDescriptor) }

    /// Prints an error.
    static func error(_ text: String) { note(text) }

    /// Rewrites the current line of stderr.
    static func progress(_ text: String) { _ = write("\r\u{1B}[K\(text)", to: stderrDescriptor) }

    private static let stdoutDescriptor: Int32 = 1
    private static let stderrDescriptor: Int32 = 2

    /// - Returns: 0, or the `errno` that ended the writing.
    private static func write(_ text: String, to descriptor: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = Foundation.write(descriptor, rest.baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                if count <= 0 { return errno }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
            return 0
        }
    }
}

/// What the terminal at hand can do.
enum Terminal {
    /// Whether a person reads the results.
    static var isInteractiveOutput: Bool { isatty(1) == 1 }
    /// Whether a person reads messages.
    static var isInteractiveError: Bool { isatty(2) == 1 }
    /// Whether a person can answer.
    static var isInteractiveInput: Bool { isatty(0) == 1 }

    /// Asks a question to which only `yes` is a yes.
    static func confirm(_ question: String) -> Bool {
        Console.note(question)
        Console.progress("  Only 'yes' is accepted: ")
        return readLine(strippingNewline: true)?.trimmingCharacters(in: .whitespaces) == "yes"
    }
}
