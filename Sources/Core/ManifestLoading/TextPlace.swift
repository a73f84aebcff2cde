import YAMLSyntax

extension Manifest {
    /// The place of a line in a field that holds text of several lines, such as a program.
    ///
    /// Each line of a literal block (`|`) is a line of the file below the indicator. Of text that
    /// is written otherwise only the beginning is known.
    ///
    /// - Parameters:
    ///   - line: counted from 1 in the text.
    ///   - part: what to point at in that line; nil, or what is not there, means its beginning.
    public func place(of path: [String], textLine line: Int, part: String? = nil) -> Place {
        guard let node = source.find(path), node.location.beginsLiteralBlock else {
            return place(of: path)
        }
        let start = node.location
        let number = start.line + max(1, line)
        guard let text = start.file.line(number) else { return place(of: path) }
        let column = text.firstColumn(of: part)
        return place(SourceLocation(file: start.file, line: number, column: column))
    }
}

extension SourceLocation {
    /// Whether the indicator of a literal block stands here.
    fileprivate var beginsLiteralBlock: Bool {
        guard let text = file.line(line) else { return false }
        return text.unicodeScalars.dropFirst(column - 1).first == "|"
    }
}

extension String {
    /// Where the part begins, or else the first character that is no space; counted from 1 in
    /// Unicode scalars.
    fileprivate func firstColumn(of part: String?) -> Int {
        let found = part.flatMap { $0.isEmpty ? nil : ranges(of: $0).first?.lowerBound }
        let start = found ?? firstIndex { !$0.isWhitespace } ?? startIndex
        return unicodeScalars.distance(from: startIndex, to: start) + 1
    }
}
