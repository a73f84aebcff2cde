/// A Swift file taken apart into code, comments and the text of its literals, line by line.
///
/// It is no parser: it knows comments, strings (of several lines, raw, with interpolations) and
/// nothing else. That is what rules about words in the code need, so that a rule's own message is
/// not a breach of it.
struct SwiftFile: Sendable {
    /// The path below the project's root.
    let path: String
    /// The lines, in order.
    let lines: [Line]

    /// One line.
    struct Line: Sendable {
        /// Counted from 1.
        let number: Int
        /// The line as it is.
        let raw: String
        /// The code, with the text of literals and comments left out.
        let code: String
        /// The comment, with its slashes; empty where there is none.
        let comment: String

        /// Whether part of a literal's text stands in the line.
        var holdsText: Bool { code.count + comment.count < raw.count }
    }

    /// Takes a file apart.
    init(path: String, content: String) {
        self.path = path
        var splitter = SwiftSplitter()
        let raw = content.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let used = raw.last?.isEmpty == true ? raw.dropLast() : raw[...]
        lines = used.enumerated().map { index, text in
            let (code, comment) = splitter.split(text)
            return Line(number: index + 1, raw: text, code: code, comment: comment)
        }
    }

    /// The last part of the path.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// A violation in this file.
    func violation(_ line: Int, _ message: String) -> Violation {
        Violation(file: path, line: line, message: message)
    }
}

/// Tells code from comments and literals; carries over lines what goes on over lines.
private struct SwiftSplitter {
    private enum Context: Equatable {
        /// Inside `\( … )`, with the parentheses that are open within it.
        case interpolation(open: Int)
        case string(isMultiline: Bool, hashes: Int)
        case block
    }

    private var contexts: [Context] = []
    private var rest: ArraySlice<UInt8> = []
    private var code: [UInt8] = []
    private var comment: [UInt8] = []

    mutating func split(_ line: String) -> (code: String, comment: String) {
        (rest, code, comment) = (Array(line.utf8)[...], [], [])
        while !rest.isEmpty { step() }
        // A string of one line ends with it, whatever the scanner made of its quotation marks.
        while case .string(isMultiline: false, _)? = contexts.last { contexts.removeLast() }
        return (String(decoding: code, as: UTF8.self), String(decoding: comment, as: UTF8.self))
    }

    private mutating func step() {
        switch contexts.last {
        case .block: stepInBlock()
        case .string(let isMultiline, let hashes): stepInString(isMultiline, hashes)
        case .interpolation, nil: stepInCode()
        }
    }

    private mutating func stepInBlock() {
        if take("*/") {
            contexts.removeLast()
        } else if take("/*") {
            contexts.append(.block)
        } else {
            comment.append(rest.removeFirst())
        }
    }

    private mutating func stepInString(_ isMultiline: Bool, _ hashes: Int) {
        if take(isMultiline ? "\"\"\"" : "\"", hashes: hashes) {
            contexts.removeLast()
            code.append(Self.quote)
        } else if take("\\", hashes: hashes) {
            if take("(") {
                contexts.append(.interpolation(open: 0))
            } else {
                rest = rest.dropFirst()
            }
        } else {
            rest.removeFirst()
        }
    }

    private mutating func stepInCode() {
        if take("//") {
            comment += Array("//".utf8) + rest
            rest = []
        } else if take("/*") {
            contexts.append(.block)
        } else if let hashes = hashesOfString {
            rest = rest.dropFirst(hashes)
            let isMultiline = take("\"\"\"")
            if !isMultiline { rest = rest.dropFirst() }
            contexts.append(.string(isMultiline: isMultiline, hashes: hashes))
            code.append(Self.quote)
        } else {
            keep(rest.removeFirst())
        }
    }

    private static let quote = UInt8(ascii: "\"")

    /// How many `#` stand before the quotation mark that comes next; nil where none comes.
    private var hashesOfString: Int? {
        guard rest.first == Self.quote || rest.first == UInt8(ascii: "#") else { return nil }
        let hashes = rest.prefix { $0 == UInt8(ascii: "#") }.count
        return rest.dropFirst(hashes).first == Self.quote ? hashes : nil
    }

    private mutating func keep(_ letter: UInt8) {
        guard case .interpolation(let open)? = contexts.last else { return code.append(letter) }
        switch letter {
        case UInt8(ascii: ")") where open == 0:
            contexts.removeLast()
            return code.append(UInt8(ascii: " "))
        case UInt8(ascii: "("): contexts[contexts.count - 1] = .interpolation(open: open + 1)
        case UInt8(ascii: ")"): contexts[contexts.count - 1] = .interpolation(open: open - 1)
        default: break
        }
        code.append(letter)
    }

    private mutating func take(_ mark: StaticString, hashes: Int = 0) -> Bool {
        let bytes = UnsafeBufferPointer(start: mark.utf8Start, count: mark.utf8CodeUnitCount)
        guard rest.first == bytes.first, rest.starts(with: bytes),
            rest.dropFirst(bytes.count).prefix(hashes).count(where: { $0 == UInt8(ascii: "#") })
                == hashes
        else { return false }
        rest = rest.dropFirst(bytes.count + hashes)
        return true
    }
}
