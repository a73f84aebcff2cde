/// The size and the manners of a Swift file.
enum TidyRules {
    /// Half a screen to the side of another: two files can be read beside each other.
    static let longestLine = 100
    /// What a reader keeps in mind of one subject.
    static let longestFile = 400
    /// What fits a screen.
    static let longestFunction = 40

    /// Everything that one file breaks.
    static func check(_ file: SwiftFile) -> [Violation] {
        lengths(of: file) + functions(of: file) + words(in: file) + comments(in: file)
            + name(of: file)
    }

    /// Text in a literal may be longer: whoever searches for a message finds it in one piece.
    static func lengths(of file: SwiftFile) -> [Violation] {
        var found = file.lines.filter { $0.raw.count > longestLine && !$0.holdsText }.map { line in
            file.violation(
                line.number,
                "the line has \(line.raw.count) characters; break it at \(longestLine)"
            )
        }
        if file.lines.count > longestFile {
            found.append(
                file.violation(
                    longestFile + 1,
                    "the file has \(file.lines.count) lines; above \(longestFile) it is two subjects: "
                        + "give the second a file of its own"
                )
            )
        }
        return found
    }

    static func functions(of file: SwiftFile) -> [Violation] {
        FunctionLengths.of(file).filter { $0.length > longestFunction }.map { function in
            file.violation(
                function.line,
                "\(function.name) has \(function.length) lines, more than \(longestFunction); "
                    + "give each of its steps a function with a name"
            )
        }
    }

    /// Words in the code that end the program where an error was due.
    static func words(in file: SwiftFile) -> [Violation] {
        let bans = [
            ("try!", "throw, or catch and say what happened"),
            ("as!", "use `as?` and say what to do where it does not fit"),
            ("fatalError(", "throw an error that says what to do, or make the case impossible"),
            ("preconditionFailure(", "throw an error that says what to do"),
        ]
        return file.lines.flatMap { line -> [Violation] in
            let words = bans.filter { line.code.contains($0.0) }.map {
                file.violation(line.number, "`\($0.0)` is not used here: \($0.1)")
            }
            if !words.isEmpty || !forcesUnwrap(line.code) { return words }
            return [
                file.violation(
                    line.number,
                    "a force unwrap; use `guard let`, or `#require` in a test"
                )
            ]
        }
    }

    /// Whether a `!` stands after a value or a type, and does not begin `!=`.
    private static func forcesUnwrap(_ code: String) -> Bool {
        zip(zip(code, code.dropFirst()), code.dropFirst(2) + " ").contains { pair, after in
            pair.1 == "!" && after != "="
                && (pair.0.isLetter || pair.0.isNumber || "_)]}?".contains(pair.0))
        }
    }

    /// Notes to oneself, and code that was switched off.
    static func comments(in file: SwiftFile) -> [Violation] {
        file.lines.filter { !$0.comment.isEmpty }.compactMap { line in
            if line.comment.contains(/\b(TODO|FIXME|XXX|HACK)\b/) {
                return file.violation(line.number, "do it, or open an issue and take the note out")
            }
            return isCode(line.comment)
                ? file.violation(line.number, "code in a comment; take it out, git keeps it") : nil
        }
    }

    private static func isCode(_ comment: String) -> Bool {
        guard !comment.hasPrefix("///") else { return false }
        let text = comment.drop { $0 == "/" || $0 == " " }
        return text.hasSuffix(" {") || text == "}" || text.hasSuffix(");")
            || text.starts(with: /(let|var) \w+(: [\w\[\]?]+)? = |func \w+\(|import \w+$/)
            || text.starts(with: /return \w+\(.*\)$/)
    }

    /// Names that say nothing about what a file is for.
    static func name(of file: SwiftFile) -> [Violation] {
        let stem = file.name.prefix { $0 != "." && $0 != "+" }
        guard stem.contains(/(Util|Utils|Utilities|Helper|Helpers|Manager|Misc)$/) else {
            return []
        }
        return [
            file.violation(1, "\(stem) says nothing; name the file after the one thing it holds")
        ]
    }
}
