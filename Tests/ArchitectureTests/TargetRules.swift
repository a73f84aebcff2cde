/// Every target opens with a file that says what it owns and what it must never do.
enum TargetRules {
    /// The file named after the target, and what of the rule it breaks.
    static func check(_ target: String, in folder: String, _ files: [SwiftFile]) -> [Violation] {
        let path = "\(folder)/\(target).swift"
        guard let file = files.first(where: { $0.path.lowercased() == path.lowercased() }) else {
            return [
                Violation(
                    file: folder,
                    line: 1,
                    message:
                        "there is no \(target).swift; add it, with a doc comment that says what "
                        + "the target owns and what it must never do"
                )
            ]
        }
        return opening(of: file) + deadNames(in: file, among: files)
    }

    private static func opening(of file: SwiftFile) -> [Violation] {
        let first = file.lines.first { line in
            !line.raw.isEmpty
                && ImportRules.imports(of: SwiftFile(path: "", content: line.raw)).isEmpty
        }
        guard let first, first.comment.hasPrefix("///") else {
            return [
                file.violation(
                    1,
                    "open with a doc comment: what the target owns, what it must never do"
                )
            ]
        }
        let comment = openingComment(of: file).map(\.comment).joined(separator: " ")
        if comment.contains("never") { return [] }
        return [
            file.violation(
                first.number,
                "the opening comment must say what the target must never do"
            )
        ]
    }

    /// Files that the opening comment names and that are not there: it was right once.
    private static func deadNames(in file: SwiftFile, among files: [SwiftFile]) -> [Violation] {
        let folder = file.path.dropLast(file.name.count)
        let paths = files.map(\.path).filter { $0.hasPrefix(folder) }.map {
            $0.dropFirst(folder.count)
        }
        return openingComment(of: file).flatMap { line in
            line.comment.matches(of: /`([\w+\/]+(?:\.swift|\/))`/).map { String($0.1) }.filter {
                name in
                !paths.contains { name.hasSuffix("/") ? $0.hasPrefix(name) : $0.hasSuffix(name) }
            }.map {
                file.violation(line.number, "there is no \($0) in this target; say what there is")
            }
        }
    }

    private static func openingComment(of file: SwiftFile) -> ArraySlice<SwiftFile.Line> {
        file.lines.drop { !$0.comment.hasPrefix("///") }.prefix { $0.comment.hasPrefix("///") }
    }
}
