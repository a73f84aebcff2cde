import Testing

@Suite("Imports")
struct ImportTests {
    private let rules = ImportRules(table: .house)

    @Test("a target imports what its row allows, and a row holds nothing else")
    func tableHolds() {
        let violations = rules.table.rows.flatMap { row in
            let files = Project.sources.filter { $0.path.hasPrefix(row.folder + "/") }
            return files.flatMap { rules.check($0, of: row) } + rules.unused(row, in: files)
        }.filter { !$0.file.hasPrefix("Sources/C/") }
        #expect(violations.isEmpty, "\(violations.report)")
    }

    @Test("every folder of a target has its row, and every row its folder")
    func rowsAreFolders() {
        let floors = ImportTable.Floor.allCases.filter { $0 != .program }
        let folders = floors.flatMap { floor in
            Project.children(of: "Sources/\(floor.rawValue)").map {
                "Sources/\(floor.rawValue)/\($0)"
            }
        }
        let rows = rules.table.rows.map(\.folder)
        #expect(Set(rows) == Set(folders + ["Sources/clara"]))
        #expect(Set(Project.children(of: "Sources")) == Set(floors.map(\.rawValue) + ["clara"]))
    }

    @Test("imports go down a floor or stay on it, and a C module has one adapter")
    func floorsHold() {
        #expect(rules.misplaced == [])
    }

    @Test("Package.swift has the arrows of the table and no other")
    func packageAgrees() {
        let arrows = PackageArrows(Project.text(of: "Package.swift")).dependencies
        for row in rules.table.rows {
            let expected = row.targets.union(row.packages)
            let found = arrows[row.target] ?? []
            let missing = expected.subtracting(found).sorted()
            let surplus = found.subtracting(expected).sorted()
            #expect(
                missing.isEmpty && surplus.isEmpty,
                "Package.swift, target \(row.target): add \(missing), take out \(surplus)"
            )
        }
    }

    // MARK: The rules catch what they are for

    private static let row = ImportTable.Row(
        target: "Planted",
        floor: .adapters,
        targets: ["CYAML"],
        platform: ["Foundation"],
        onlyIn: ["Foundation": ["Clock.swift"]]
    )

    @Test(
        "a planted import is caught",
        arguments: [
            ("import GRDB", "may not import GRDB"),
            ("@testable import Diffing", "may not import Diffing"),
            ("internal import struct Diffing.Diff", "may not import Diffing"),
            ("    import Darwin", "may not import Darwin"),
            ("import CYAML", "internal import CYAML"),
            ("public import CYAML", "internal import CYAML"),
            ("import Foundation", "only Clock.swift"),
        ]
    )
    func plantedImport(code: String, message: String) {
        let file = SwiftFile(path: "Sources/Adapters/Planted/Planted.swift", content: code)
        let found = rules.check(file, of: Self.row)
        #expect(found.count == 1 && found.allSatisfy { $0.message.contains(message) })
    }

    @Test("what only looks like an import is let through")
    func harmlessImports() {
        let code = """
            internal import CYAML
            // import GRDB
            let text = "import GRDB"
            func `import`(_ x: Int) {}
            """
        let file = SwiftFile(path: "Sources/Adapters/Planted/Planted.swift", content: code)
        #expect(rules.check(file, of: Self.row) == [])
    }

    @Test("a row that promises more than is used is caught")
    func unusedRow() {
        let file = SwiftFile(
            path: "Sources/Adapters/Planted/Planted.swift",
            content: "internal import CYAML"
        )
        let found = rules.unused(Self.row, in: [file]).map(\.message)
        #expect(found.count == 2 && found.allSatisfy { $0.contains("Foundation") })
    }

    @Test("an arrow that goes up, and a C module above the adapters, are caught")
    func upwardArrow() {
        let table = ImportTable(rows: [
            .init(target: "CFoo", floor: .c), .init(target: "Low", floor: .core, targets: ["High"]),
            .init(target: "High", floor: .runtime, targets: ["CFoo"]),
        ])
        #expect(ImportRules(table: table).misplaced.count == 2)
    }
}
