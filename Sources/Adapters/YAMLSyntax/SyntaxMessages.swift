/// Turns what libyaml says into words for people who do not know YAML's grammar.
///
/// libyaml names what its grammar wanted next; the mistake that people make there is nearly always
/// one of a few. Texts that are not in the tables are shown as they are.
extension SyntaxProblem {
    /// The error as people are shown it.
    func explained(in source: SourceText) -> YAMLError {
        let explanation = explanation(in: source)
        let start = contextMark.map { location(of: $0, in: source) }
        let place = location(of: mark, in: source)
        let pointsAtStart = explanation.place == .start
        return YAMLError(
            isOutOfMemory ? .outOfMemory : .syntax,
            explanation.message,
            at: pointsAtStart ? start ?? place : place,
            hint: explanation.hint,
            related: pointsAtStart || start == place ? nil : start,
            library: YAMLError.LibraryDetail(code: code, problem: problem, context: context)
        )
    }

    private func location(of mark: Mark, in source: SourceText) -> SourceLocation {
        SourceLocation(file: source, line: mark.line + 1, column: mark.column + 1)
    }

    private func explanation(in source: SourceText) -> Explanation {
        if isOutOfMemory {
            return Explanation("there is not enough memory to read this file", hint: nil)
        }
        if problem == "found character that cannot start any token" {
            return .unexpected(character(in: source))
        }
        if let explanation = context.flatMap({ Explanation.byContext[$0]?[problem] }) {
            return explanation
        }
        return Explanation.byProblem[problem]
            ?? Explanation("this is not valid YAML: \(problem)", hint: nil)
    }

    /// The character that the problem points at.
    private func character(in source: SourceText) -> Unicode.Scalar? {
        guard let line = source.line(mark.line + 1) else { return nil }
        return line.unicodeScalars.dropFirst(mark.column).first
    }
}

/// A mistake in plain words.
private struct Explanation: Sendable {
    /// Which of libyaml's two marks helps more.
    enum Place { case problem, start }

    let message: String
    let hint: String?
    let place: Place

    init(_ message: String, hint: String?, at place: Place = .problem) {
        self.message = message
        self.hint = hint
        self.place = place
    }

    /// No token begins with this character.
    static func unexpected(_ character: Unicode.Scalar?) -> Explanation {
        switch character {
        case "\t":
            Explanation("a tab cannot indent YAML", hint: "use spaces")
        case "@", "`", "%":
            Explanation(
                "text cannot begin with '@', '`' or '%'",
                hint: "put the text in quotes"
            )
        default:
            Explanation("nothing can begin with this character", hint: "put the text in quotes")
        }
    }

    /// Problems whose meaning depends on what libyaml was reading.
    static let byContext: [String: [String: Explanation]] = [
        "while scanning a quoted scalar": [
            "found unexpected end of stream": unclosedQuote,
            "found unexpected document indicator": unclosedQuote,
        ],
        "while parsing a quoted scalar": [
            "found unknown escape character": Explanation(
                "inside double quotes a backslash must be followed by a known escape",
                hint: "write '\\\\' for a backslash, or use single quotes"
            ),
            "did not find expected hexdecimal number": Explanation(
                "this escape needs hexadecimal digits: \\x and two, \\u and four, \\U and eight",
                hint: "write '\\\\' for a backslash, or use single quotes"
            ),
            "found invalid Unicode character escape code": Explanation(
                "this escape is not a character; YAML does not join the pairs that JSON writes",
                hint: "write the character itself, or \\U and its eight digits"
            ),
        ],
        "while scanning an alias": [
            "did not find expected alphabetic or numeric character": Explanation(
                "text that begins with '*' is an alias, and this is not the name of one",
                hint: "put the text in quotes",
                at: .start
            )
        ],
        "while scanning an anchor": [
            "did not find expected alphabetic or numeric character": Explanation(
                "text that begins with '&' is an anchor, and this is not the name of one",
                hint: "put the text in quotes",
                at: .start
            )
        ],
        "while scanning a block scalar": [
            "did not find expected comment or line break": Explanation(
                "behind '|' or '>' the text begins on the next line",
                hint: "break the line, or put text that begins with '|' or '>' in quotes"
            )
        ],
        "while parsing a flow sequence": [
            "did not find expected ',' or ']'": Explanation(
                "this list in brackets is not closed, or a ',' is missing",
                hint: "look for the missing ',' or ']', or put the text in quotes"
            )
        ],
        "while parsing a flow mapping": [
            "did not find expected ',' or '}'": Explanation(
                "this mapping in braces is not closed, or a ',' is missing",
                hint: "look for the missing ',' or '}', or put text that begins with '{' in quotes"
            )
        ],
    ]

    private static let unclosedQuote = Explanation(
        "the quoted text that begins here is never closed",
        hint: "add the closing quote",
        at: .start
    )
}

extension Explanation {
    /// Problems that mean the same wherever they are met.
    fileprivate static let byProblem: [String: Explanation] = [
        "mapping values are not allowed in this context": Explanation(
            "a ': ' cannot stand here",
            hint: "put text that holds ': ' in quotes, or check the indentation of this line"
        ),
        "could not find expected ':'": Explanation(
            "this is not a key with a ':', and does not continue the value before it",
            hint: "write 'key: value', or check the indentation of this line",
            at: .start
        ),
        "did not find expected key": Explanation(
            "this does not fit the mapping before it",
            hint:
                "check the indentation of this line, and for text behind a closing quote or bracket"
        ),
        "did not find expected '-' indicator": Explanation(
            "this does not fit the list before it",
            hint: "begin the item with '- ', or check the indentation of this line"
        ),
        "did not find expected node content": Explanation(
            "a value is expected here",
            hint: "write the value, or put text with special characters in quotes"
        ),
        "did not find expected <document start>": Explanation(
            "this does not belong to the document before it",
            hint: "check the indentation, or begin a new document with '---'"
        ),
        "block sequence entries are not allowed in this context": Explanation(
            "a list item ('- ') cannot stand here",
            hint: "begin the list on a line of its own, or put text that begins with '- ' in quotes"
        ),
        "mapping keys are not allowed in this context": Explanation(
            "a '? ' cannot stand here",
            hint: "put text that begins with '? ' in quotes"
        ),
        "found a tab character that violates indentation": tabs,
        "found a tab character where an indentation space is expected": tabs,
        "found undefined tag handle": Explanation(
            "this tag is not known",
            hint: "remove the tag, or put text that begins with '!' in quotes"
        ),
        "did not find expected tag URI": Explanation(
            "text that begins with '!' is a tag, and this is not one",
            hint: "put the text in quotes"
        ),
        "found incompatible YAML document": Explanation(
            "the file asks for a version of YAML that cannot be read; it must be 1.2",
            hint: "remove the %YAML line"
        ),
        "found unexpected ':'": Explanation(
            "a ':' cannot stand here inside brackets or braces",
            hint: "put the text in quotes"
        ),
    ]

    private static let tabs = Explanation("a tab cannot indent YAML", hint: "use spaces")
}
