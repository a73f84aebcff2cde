/// One place that breaks a rule of the house, and what to do instead.
struct Violation: Hashable, CustomStringConvertible {
    /// The path below the project's root.
    let file: String
    /// The line, counted from 1.
    let line: Int
    /// What is wrong and what to do instead.
    let message: String

    var description: String { "\(file):\(line): \(message)" }
}

extension [Violation] {
    /// One line a violation, in the order of files and lines.
    var report: String {
        sorted { ($0.file, $0.line) < ($1.file, $1.line) }.map { "\n\($0)" }.joined()
    }
}
