/// Holds what files import against the import table.
struct ImportRules {
    let table: ImportTable

    /// One import.
    struct Import {
        let module: String
        let line: Int
        /// Whether it is `internal import`, so that no public declaration can show its types.
        let isInternal: Bool
    }

    /// Imports that a row does not have, C modules that could show in a public declaration, and
    /// modules outside the files that they are for.
    func check(_ file: SwiftFile, of row: ImportTable.Row) -> [Violation] {
        Self.imports(of: file).compactMap { found in
            problem(found, file, row).map { file.violation(found.line, $0) }
        }
    }

    private func problem(_ found: Import, _ file: SwiftFile, _ row: ImportTable.Row) -> String? {
        let module = found.module
        guard row.modules.contains(module) else {
            return "\(row.target) may not import \(module); call a target that may, or add the "
                + "arrow to ImportTable.swift, Package.swift and docs/architecture.md"
        }
        if cModules.contains(module), !found.isInternal {
            return "a C type must not show in an adapter's API; write `internal import \(module)`"
        }
        if let files = row.onlyIn[module], !files.contains(file.name) {
            return "only \(files.sorted().joined(separator: ", ")) may import \(module) in "
                + "\(row.target); take what is needed as an argument"
        }
        return nil
    }

    /// Entries of a row that no file of the target uses.
    func unused(_ row: ImportTable.Row, in files: [SwiftFile]) -> [Violation] {
        let used = Set(files.flatMap { Self.imports(of: $0).map(\.module) })
        let named = row.onlyIn.flatMap { module, names in
            names.filter { name in
                !files.contains { file in
                    file.name == name && Self.imports(of: file).contains { $0.module == module }
                }
            }.map { "\(module) in \($0)" }
        }
        return (row.modules.subtracting(used).sorted() + named).map { entry in
            Violation(
                file: row.folder,
                line: 1,
                message:
                    "nothing in \(row.target) imports \(entry); take it out of ImportTable.swift"
            )
        }
    }

    /// Arrows that go up a floor, and adapters that share a C module.
    var misplaced: [String] {
        let floors = Dictionary(uniqueKeysWithValues: table.rows.map { ($0.target, $0.floor) })
        let upward = table.rows.flatMap { row in
            row.targets.sorted().compactMap { target -> String? in
                guard let floor = floors[target] else {
                    return "\(row.target) → \(target): no such target"
                }
                if floor == .c, row.floor != .adapters {
                    return "\(row.target) → \(target): only an adapter imports a C module"
                }
                return floor <= row.floor ? nil : "\(row.target) → \(target): imports go down"
            }
        }
        let shared = cModules.filter { module in
            table.rows.count { $0.targets.contains(module) } != 1
        }.map { "\($0): a C module has one adapter" }
        return upward + shared.sorted()
    }

    private var cModules: Set<String> {
        Set(table.rows.filter { $0.floor == .c }.map(\.target))
    }

    /// The imports of a file.
    static func imports(of file: SwiftFile) -> [Import] {
        file.lines.compactMap { line in
            let words = line.code.split(separator: " ").filter { !$0.hasPrefix("@") }
            guard let position = words.firstIndex(of: "import"),
                words[..<position].allSatisfy({ accessLevels.contains(String($0)) }),
                let module = words[(position + 1)...].first(where: {
                    !symbolKinds.contains(String($0))
                })
            else { return nil }
            return Import(
                module: String(module.prefix { $0 != "." }),
                line: line.number,
                isInternal: words[..<position].contains("internal")
            )
        }
    }

    private static let accessLevels: Set = [
        "public", "package", "internal", "fileprivate", "private",
    ]
    private static let symbolKinds: Set = [
        "class", "enum", "func", "let", "protocol", "struct", "typealias", "var",
    ]
}
