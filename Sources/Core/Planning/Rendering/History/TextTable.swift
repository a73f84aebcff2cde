import ManifestLoading

/// Lines in columns as wide as their widest cell.
struct TextTable {
    /// One cell and what it says.
    struct Cell {
        let text: String
        var ink = Ink.plain
    }

    let header: [String]
    let rows: [[Cell]]

    var lines: [Line] {
        let all = [header.map { Cell(text: $0, ink: .heading) }] + rows
        let widths = header.indices.map { column in all.map { $0[column].text.count }.max() ?? 0 }
        return all.map { Self.line($0, widths) }
    }

    private static func line(_ cells: [Cell], _ widths: [Int]) -> Line {
        let last = cells.lastIndex { !$0.text.isEmpty } ?? 0
        return cells[...last].indices.reduce(Line(0, "")) { line, column in
            let cell = cells[column]
            let gap = column == last ? 0 : widths[column] - cell.text.count + 2
            return line.then(cell.text, cell.ink).then(String(repeating: " ", count: gap))
        }
    }
}
