/// Finds the functions of a file and how many lines each takes, by counting braces.
struct FunctionLengths {
    /// A function, an initialiser, a subscript or a computed property.
    struct Function: Equatable {
        let name: String
        /// The line of its first word.
        let line: Int
        /// From that line to the one with its closing brace.
        var length: Int
    }

    /// The functions that a file holds, also those inside others.
    static func of(_ file: SwiftFile) -> [Function] {
        var counter = FunctionLengths()
        for line in file.lines { counter.read(line) }
        return counter.functions
    }

    private var functions: [Function] = []
    /// The functions whose closing brace is to come, with the depth outside their braces.
    private var open: [(position: Int, depth: Int)] = []
    /// A function whose opening brace is to come.
    private var announced: Function?
    private var depth = 0
    /// How many parentheses and brackets are open: a brace within them is a closure's.
    private var nesting = 0

    private mutating func read(_ line: SwiftFile.Line) {
        if nesting == 0 { announce(line) }
        for letter in line.code.utf8 {
            switch letter {
            case UInt8(ascii: "("), UInt8(ascii: "["): nesting += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"): nesting -= 1
            case UInt8(ascii: "{"): enter()
            case UInt8(ascii: "}"): leave(line.number)
            default: break
            }
        }
        // A stored property ends with its line; only a function may open its brace on a later one.
        if announced?.name.hasPrefix("var ") == true { announced = nil }
    }

    private mutating func announce(_ line: SwiftFile.Line) {
        let words = line.code.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "@") }
        guard let position = words.firstIndex(where: { !Self.modifiers.contains(String($0)) })
        else {
            return
        }
        let word = String(words[position])
        if Self.functions.contains(word) {
            let name = words.dropFirst(position + 1).first.map(String.init) ?? ""
            announced = Function(
                name: word == "func" || word == "var" ? "\(word) \(name)" : word,
                line: line.number,
                length: 0
            )
        } else if Self.otherDeclarations.contains(word) {
            announced = nil
        }
    }

    private mutating func enter() {
        if nesting == 0, let function = announced {
            open.append((functions.count, depth))
            functions.append(function)
            announced = nil
        }
        depth += 1
    }

    private mutating func leave(_ line: Int) {
        depth -= 1
        guard let last = open.last, last.depth == depth else { return }
        functions[last.position].length = line - functions[last.position].line + 1
        open.removeLast()
    }

    private static let functions: Set = ["func", "init", "deinit", "subscript", "var"]
    private static let otherDeclarations: Set = [
        "let", "case", "struct", "class", "enum", "protocol", "extension", "actor", "typealias",
        "associatedtype",
    ]
    private static let modifiers: Set = [
        "public", "package", "internal", "fileprivate", "private", "open", "static", "class",
        "mutating", "nonmutating", "consuming", "borrowing", "override", "final", "convenience",
        "required", "nonisolated", "isolated", "lazy", "weak", "unowned", "unsafe", "set",
        "@discardableResult", "@inlinable", "@inline", "@Test", "@Sendable", "@MainActor",
        "__always", "never", "indirect", "@ViewBuilder", "@escaping", "@_silgen_name",
    ]
}
