import Foundation

/// A folder of its own for one test, removed when the test lets it go.
final class Scratch: Sendable {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "clara-git-\(UUID().uuidString)").resolvingSymlinksInPath()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
    }

    deinit {
        // What cannot be removed is the system's to clear; the test has its result.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of a name in the folder.
    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file, making the folders it needs.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).writeMakingFolders(to: self(name))
        return self(name)
    }
}

extension Data {
    func writeMakingFolders(to path: String) throws {
        let url = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try write(to: url)
    }
}
