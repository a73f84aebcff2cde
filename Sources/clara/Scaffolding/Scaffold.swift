import Foundation

/// Files to be written below one folder, none of which may exist yet.
struct Scaffold {
    /// The folder.
    let root: String
    /// Contents by path below it.
    let files: [(path: String, text: String)]

    /// Writes the files; nothing is written where any of them is there already.
    func write() throws {
        let existing = files.map { "\(root)/\($0.path)" }.first {
            FileManager.default.fileExists(atPath: $0)
        }
        if let existing {
            throw CommandFailure.error("\(existing) is there already; nothing was written")
        }
        for file in files { try write(file.text, to: "\(root)/\(file.path)") }
    }

    private func write(_ text: String, to path: String) throws {
        let folder = (path as NSString).deletingLastPathComponent
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
        } catch {
            throw CommandFailure.error("\(path) cannot be written: \(error.localizedDescription)")
        }
    }
}
