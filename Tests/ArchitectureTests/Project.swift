import Foundation

/// The project on disk, found from where this file was compiled.
enum Project {
    /// The folder that holds `Package.swift`.
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Every Swift file below `Sources/`.
    static let sources: [SwiftFile] = swiftFiles(below: "Sources")
    /// Every Swift file below `Tests/`.
    static let tests: [SwiftFile] = swiftFiles(below: "Tests")
    /// The package's manifest.
    static let manifest = SwiftFile(path: "Package.swift", content: text(of: "Package.swift"))

    /// The text of a file; empty where there is none, which every rule that needs it reports.
    static func text(of path: String) -> String {
        guard let data = FileManager.default.contents(atPath: root.path + "/" + path) else {
            return ""
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// Whether there is a file or folder at a path below the root.
    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.path + "/" + path)
    }

    /// Every file below a folder whose name ends so, sorted; hidden ones and builds left out.
    static func paths(below folder: String, suffix: String) -> [String] {
        let files = FileManager.default.enumerator(atPath: root.path + "/" + folder)
        let names = (files?.allObjects ?? []).compactMap { $0 as? String }
        return names.filter { name in
            name.hasSuffix(suffix) && !name.split(separator: "/").contains { $0.hasPrefix(".") }
        }.map { folder.isEmpty ? $0 : "\(folder)/\($0)" }.sorted()
    }

    /// The names in a folder, sorted.
    static func children(of folder: String) -> [String] {
        // A folder that is not there holds nothing; the rules report what they miss in it.
        let names = try? FileManager.default.contentsOfDirectory(atPath: root.path + "/" + folder)
        return (names ?? []).filter { !$0.hasPrefix(".") }.sorted()
    }

    private static func swiftFiles(below folder: String) -> [SwiftFile] {
        paths(below: folder, suffix: ".swift").map { SwiftFile(path: $0, content: text(of: $0)) }
    }
}
